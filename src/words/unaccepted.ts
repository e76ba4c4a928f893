/** What is said while nobody accepts a ticket. */
import { head, type Named, type Prompts, quoting } from "./line.ts";
import type { CaseFacts } from "./staff.ts";

/** `by`: until when it has to be accepted; null where it is passed to nobody after that, or no time is left. */
export function reminder({ item, enterprise, ...named }: CaseFacts, by: string | null, prompts: Prompts): string {
  const please = by === null ? "请即接单" : `请于 ${by} 前接单，逾时转由他人承办`;
  return head(named, "尚未接单", `${item}　${enterprise}　${please}。${quoting(prompts)}：接单`);
}

/** Its short form, should it share one message with others. */
export function reminderBrief({ item, ...named }: CaseFacts, by: string | null): string {
  return head(named, "尚未接单", `${item}　${by === null ? "请即接单" : `${by} 前接单`}`);
}

/** Pressed instead of typed. */
export function acceptButton({ number }: Named): { label: string; says: string }[] {
  return [{ label: "接单", says: `接单 ${number}` }];
}

/** The reason, as the story keeps it. */
export function notAccepted(owner: string): string {
  return `${owner}未在规定时间内接单`;
}

export function passedForFormer(named: Named, owner: string): string {
  return head(named, "已转办", `未在规定时间内接单，本件现由${owner}办理，您不必再办`);
}

export interface PassedFacts extends Named {
  readonly item: string;
  readonly from: string;
  readonly to: string;
}

/** Where other companies' names may be read by all helpers: number and item only. */
export function passedForHelpers({ item, from, to, ...named }: PassedFacts): string {
  return head(named, "已转办", `${item}　${from}未接单，转由${to}办理`);
}

export function severalPassedForHelpers(told: readonly PassedFacts[], count: number): string {
  const more = count - told.length;
  return [
    `【已转办】${count} 件未在规定时间内接单`,
    ...told.map(({ number, item, from, to }) => `${number} ${item}　${from}未接单，转由${to}办理`),
    ...(more > 0 ? [`……另有 ${more} 件，发送“今日”可看各服务点情况`] : []),
  ].join("\n");
}
