/** What the desk says when words of emergency or somebody's identity number were typed. */
import { head, type Named } from "./line.ts";

const CALLS = { "119": "火警、被困 119", "120": "急救 120", "110": "报警 110" } as const;
type Call = keyof typeof CALLS;
const EVERY: readonly Call[] = ["119", "120", "110"];

/** What is meant comes first; the others stand behind it, since one accident is often two. */
export function callForHelp(rescues: readonly Call[]): string {
  const calls = [...rescues, ...EVERY.filter((call) => !rescues.includes(call))].map((call) => CALLS[call]);
  return `如遇紧急情况，请立即拨打：${calls.join("，")}，先确保人身安全。已同时报告首席帮办员`;
}

export interface UrgentFacts extends Named {
  readonly item: string;
  readonly enterprise: string;
  readonly text: string;
  readonly words: readonly string[];
  readonly owner: string | null;
}

export function urgentForStaff({ words, owner, ...facts }: UrgentFacts): string {
  return [
    head(facts, "紧急", `${facts.item}　${facts.enterprise}`),
    `原话：${facts.text}`,
    `其中有${words.map((word) => `“${word}”`).join("")}，已提示拨打 110、119、120。请立即电话核实${owner === null ? "" : `　承办：${owner}`}`,
  ].join("\n");
}

/** Who typed it, and in which group; null one-to-one. */
export interface Reporter {
  readonly name: string | null;
  readonly room: string | null;
}

/** No ticket came of it: a helper typed it, or it was said about something that is over. `where`: null where nothing says it. */
export function urgentWithoutTicket(
  where: string | null,
  text: string,
  { name, room }: Reporter,
  words: readonly string[],
): string {
  const seen = room === null ? "单独发来" : `发在${room.endsWith("群") ? room : `${room}的群`}`;
  return [
    `【紧急】${where ?? "地点待核实"}`,
    `原话：${text}`,
    `报告人：${name ?? "诉求人"}（${seen}）`,
    `其中有${words.map((word) => `“${word}”`).join("")}，已提示拨打 110、119、120。请立即${name === null ? "" : `与${name}联系`}核实`,
  ].join("\n");
}

/** Instead of a promise of days: nobody signs that to a fire. */
export function receiptOfEmergency(facts: Named & { readonly text: string | null; readonly chief: string }): string {
  return [
    head(facts, "紧急", `已报${facts.chief}，将立即电话与您联系。请先确保人身安全`),
    ...(facts.text === null ? [] : [`诉求：${facts.text}`]),
  ].join("\n");
}

export function identityWarning(): string {
  return "温馨提示：群内请勿发送身份证号、银行卡号，以免泄露。请长按刚才那条消息，在菜单中把它撤回或删除（不必回复本条）；办理确需时，帮办员会单独与您联系";
}
