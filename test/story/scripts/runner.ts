/** Plays scripts (`script.ts`) on both platforms, each on a desk of its own, for a group takes so many lines a minute. */
import { describe, expect, it, vi } from "vitest";
import type { Shown } from "../../../src/sandbox/history.ts";
import { connected } from "../../conformance/places.ts";
import { BOT, oneHelper, openTestDesk, ROBOT, type TestDesk, type TestDeskOptions } from "../../doubles/desk.ts";
import { readLine, type Script, type Step } from "./script.ts";

type Platform = "wecom" | "dingtalk";
type Line<Kind> = Extract<Step, { readonly kind: Kind }>;

const PEOPLE: Readonly<Record<string, Readonly<Record<Platform, string>> & { readonly id: string | null }>> = {
  王敏: { wecom: "wang.min", dingtalk: "user-9001", id: null },
  刘芳: { wecom: "liu.fang", dingtalk: "user-9002", id: null },
  孙三: { wecom: "sun.san", dingtalk: "user-1012", id: "h02" },
  王八: { wecom: "wang.ba", dingtalk: "user-1013", id: "h03" },
  郑七: { wecom: "zheng.qi", dingtalk: "user-1011", id: "h01" },
  赵一: { wecom: "zhao.yi", dingtalk: "user-1001", id: "chief" },
  李四: { wecom: "li.si", dingtalk: "user-1021", id: "l01" },
};
/** As they stand in the tests' station. */
const NAMES = { 帮办员丙: "孙三", 帮办员辛: "王八", 帮办员庚: "郑七", 首席帮办员甲: "赵一", 领导丁: "李四" };
const ROOMS: Readonly<Record<string, Readonly<Record<Platform, string>>>> = {
  企业群: { wecom: "wrGROUP01", dingtalk: "cidGROUP01==" },
  片区群: { wecom: "wrGROUP02", dingtalk: "cidGROUP02==" },
  帮办群: { wecom: "wrHELPERS", dingtalk: "cidHELPERS==" },
  领导群: { wecom: "wrLEADERS", dingtalk: "cidLEADERS==" },
};
const STATES: Readonly<Record<string, string>> = {
  ...{ 待接单: "open", 办理中: "accepted", 等待: "paused", 已办结: "resolved", 已归档: "closed" },
  ...{ 已撤回: "withdrawn", 不予受理: "declined", 已合并: "merged" },
};
const TROUBLES: Readonly<Record<string, (desk: TestDesk, platform: Platform) => void>> = {
  /** The first way of an answer, once. */
  回复被拒: (desk, platform) =>
    platform === "wecom"
      ? desk.wecom.trouble("response", "removed", { count: 1 })
      : desk.dingtalk.trouble("session", "expired", { count: 1 }),
  /** The group's own robot, by which telephones ring, is busy once. */
  群机器人繁忙: (desk, platform) => desk[platform].trouble("webhook", "busy", { count: 1 }),
  /** Somebody has taken it out of the company's group. */
  群机器人被移除: (desk, platform) => desk[platform].removeWebhook(of(ROOMS, "企业群")[platform]),
};
/** How long a line may take to become true, ms. */
const PATIENCE_MS = 10_000;

interface Row {
  readonly state: string;
  readonly owner: string | null;
  readonly rating: number | null;
  readonly story: readonly { readonly event: string }[];
}

/** One `it` for each script, on each platform; they run side by side, as each mostly waits. */
export function play(scripts: readonly Script[]): void {
  describe.each(["wecom", "dingtalk"] as const)("on %s", (platform) => {
    it.concurrent.for(scripts)("$title", { timeout: 60_000 }, async ({ lines, twoHelpers = false }) => {
      const station = (text: string) => named(twoHelpers ? text : oneHelper(text));
      const desk = await openInTurn(
        platform === "wecom"
          ? { station }
          : { station, wecom: null, dingtalk: "stream", dingtalkServer: { redeliverAfterMs: 2000 } },
      );
      try {
        if (platform === "dingtalk") await connected(() => desk.dingtalk.connections());
        await perform(desk, platform, lines);
      } finally {
        await desk.close();
      }
    });
  });
}

let opening: Promise<unknown> = Promise.resolve();

/** Opening is half a second of pure reckoning: five at once would starve each other's connections. */
function openInTurn(options: TestDeskOptions): Promise<TestDesk> {
  const desk = opening.then(() => openTestDesk(options));
  opening = desk.catch(() => {});
  return desk;
}

/** Throws at the first line that does not come true, with all that was seen; the first line sets the clock. */
export async function perform(
  desk: TestDesk,
  platform: Platform,
  lines: readonly string[],
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const stage = openStage(desk, platform, patienceMs);
  const day = /^@ (\d\d)-(\d\d)/u
    .exec(lines[0] ?? "")
    ?.slice(1)
    .join("");
  if (day === undefined) throw new Error("a script begins with its clock");
  let at = 0;
  try {
    const steps = lines.map((line) => readLine(line, day));
    while (at < steps.length) {
      const together = [steps[at], ...steps.slice(at + 1).slice(0, countTogether(steps, at + 1))];
      await Promise.all(together.map((step) => step && stage.perform(step)));
      at += together.length;
    }
    expect(desk[platform].violations).toEqual([]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`“${lines[at] ?? "the end"}”: ${reason}\n\n${stage.transcript()}`, { cause: error });
  }
}

function countTogether(steps: readonly Step[], from: number): number {
  const end = steps.findIndex((step, i) => i >= from && !(step.kind === "say" && step.together));
  return (end === -1 ? steps.length : end) - from;
}

function openStage(desk: TestDesk, platform: Platform, patienceMs: number) {
  const within = { timeout: patienceMs, interval: 40 };
  const server = desk[platform];
  const people = new Set(Object.values(PEOPLE).map((person) => person[platform]));
  const alone = [...people].map((account) => `@${account}`);
  const rooms = [...Object.values(ROOMS).map((room) => room[platform]), ...alone];
  const all = () => rooms.flatMap((room) => server.sent(room)).sort((a, b) => (a.id < b.id ? -1 : 1));
  /** The last thing that was done: what is expected next was shown after it. */
  let since = "";
  let said: Shown | null = null;
  const lastIds = new Map<string, string>();
  let serial = 0;

  const fromDesk = ({ from }: Shown) => !people.has(from);
  const contains = (words: readonly string[]) => (shown: Shown) =>
    words.every((word) => word.split("|").some((either) => shown.text.includes(either)));
  const later = () => all().filter((shown) => fromDesk(shown) && shown.id > since);
  const seen = (fits: (shown: Shown) => boolean) => until(() => later().find(fits), patienceMs);

  async function say({ by, room, quoting, again, together, text }: Line<"say">): Promise<void> {
    const account = of(PEOPLE, by)[platform];
    const sees = (shown: Shown) => !shown.chat.startsWith("@") || shown.chat === `@${account}`;
    const quote = quoting === null ? null : await newest((shown) => sees(shown) && contains([quoting])(shown));
    const chat = quote?.chat ?? of(ROOMS, room ?? "企业群")[platform];
    const id = again ? (lastIds.get(by) ?? "") : `m${process.pid}-${Date.now()}-${++serial}-${by.codePointAt(0)}`;
    lastIds.set(by, id);
    const before = all().at(-1)?.id ?? "";
    const outcome =
      platform === "wecom"
        ? await desk.wecom.say({ chat, by: account, text: `@${BOT.name} ${text}`, quote: quote?.id ?? null, msgid: id })
        : await desk.dingtalk.say({
            chat: chat.startsWith("@") ? null : chat,
            by: account,
            text: chat.startsWith("@") ? text : `@${ROBOT.name} ${text}`,
            quote: quote?.id ?? null,
            msgId: `${id}==`,
          });
    if (!outcome.delivered) throw new Error(`the desk did not take it: ${String(outcome.reason)}`);
    if (together) return;
    since = before;
    said = outcome.message;
  }

  const newest = (fits: (shown: Shown) => boolean) =>
    until(() => all().findLast((shown) => fromDesk(shown) && fits(shown)), patienceMs);

  /** Until nothing waits on its way in or out. */
  async function settled(): Promise<void> {
    await vi.waitFor(async () => {
      expect((await desk.api<{ messages: unknown[] }>("/inbox?state=waiting")).messages).toEqual([]);
      expect((await desk.api<{ replies: unknown[] }>("/outbox?state=waiting")).replies).toEqual([]);
    }, within);
  }

  async function performStep(step: Step): Promise<unknown> {
    switch (step.kind) {
      case "say":
        return say(step);
      case "answered": {
        const to = said;
        const answers = (shown: Shown) => shown.chat === to?.chat && [null, to.id].includes(shown.quoting);
        return seen((shown) => answers(shown) && contains(step.words)(shown));
      }
      case "rings": {
        const account = of(PEOPLE, step.whom)[platform];
        const rings = ({ mentions, chat }: Shown) => mentions.includes(account) || chat === `@${account}`;
        return seen((shown) => rings(shown) && contains(step.words)(shown));
      }
      case "shown": {
        const here = step.rooms.map((room) => of(ROOMS, room)[platform]);
        return seen((shown) => here.includes(shown.chat) && contains(step.words)(shown));
      }
      case "silence":
        await settled();
        return expect(later().map(({ text }) => text)).toEqual([]);
      case "once":
      case "never": {
        await settled();
        const here = step.rooms.map((room) => of(ROOMS, room)[platform]);
        const there = all().filter((shown) => fromDesk(shown) && here.includes(shown.chat));
        const texts = there.filter(contains(step.words)).map(({ text }) => text);
        return step.kind === "once" ? expect(texts).toHaveLength(1) : expect(texts).toEqual([]);
      }
      case "clock":
        since = all().at(-1)?.id ?? "";
        return desk.setClock(step.at);
      case "trouble":
        return of(TROUBLES, step.which)(desk, platform);
      case "stands":
        return vi.waitFor(async () => {
          const { state, owner, rating } = await desk.api<Row>(`/tickets/${step.number}`);
          expect({ state, rating }).toEqual({ state: of(STATES, step.state), rating: step.rating });
          expect(step.owners.map((name) => of(PEOPLE, name).id)).toContain(owner);
        }, within);
      case "story": {
        await settled();
        const { story } = await desk.api<Row>(`/tickets/${step.number}`);
        return expect(story.filter(({ event }) => event === step.event)).toHaveLength(step.times);
      }
    }
  }

  return {
    perform: performStep,
    /** All that was seen, for whoever reads why a script failed. */
    transcript: () =>
      all()
        .map(({ chat, from, mentions, text }) => `[${chat}] ${from}${mentions.map((one) => ` @${one}`)}: ${text}`)
        .join("\n"),
  };
}

/** Looks often, for it costs nothing: the screens are in this process. */
async function until<T>(find: () => T | undefined, patienceMs: number): Promise<T> {
  const from = performance.now();
  for (;;) {
    const found = find();
    if (found !== undefined) return found;
    if (performance.now() - from > patienceMs) throw new Error("nobody is shown this");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function named(text: string): string {
  return Object.entries(NAMES).reduce((now, [old, name]) => now.replaceAll(old, name), text);
}

function of<T>(table: Readonly<Record<string, T>>, key: string): T {
  const found = table[key];
  if (found === undefined) throw new Error(`unknown in scripts: ${key}`);
  return found;
}
