/** A platform in trouble, way by way: design.md 2, "The two lanes", seen from outside. What cannot arrive, a person sees. */
import { describe, it } from "vitest";
import type { Shown } from "../../src/sandbox/history.ts";
import type { TroubleKind, TroubleScope } from "../../src/sandbox/trouble.ts";
import { BOT, openTestDesk, ROBOT, type TestDesk, type TestDeskOptions } from "../doubles/desk.ts";
import { connected } from "./places.ts";

interface Outbox {
  readonly replies: { readonly reason: string | null; readonly text: string; readonly state: string }[];
}

/** A request is made once the trouble is on; `line` is what its way was in trouble with. */
interface Case {
  readonly scope: TroubleScope;
  readonly kind: TroubleKind;
  readonly line: "receipt" | "task" | "chief";
  /** `once`: shown once where it belongs. `twice`: at most twice, for a mention is worth it. `elsewhere`: by the next way, once. */
  readonly ends: "once" | "twice" | "elsewhere" | "given up";
  readonly count?: number;
}

const REQUEST = "下周三下午想借一间能坐三十人的会议室";
const OTHER = "厂门口的路灯坏了半个月，能帮忙反映吗";
const WORDS = { receipt: "已受理", task: "待接单", chief: "其他诉求" } as const;

interface Where {
  readonly name: string;
  readonly options: TestDeskOptions;
  readonly group: string;
  readonly helpers: string;
  readonly chiefAlone: string;
  readonly cases: readonly Case[];
}

const passing = (scope: TroubleScope, line: Case["line"], kinds: readonly TroubleKind[], ends: Case["ends"]): Case[] =>
  kinds.map((kind) => ({ scope, kind, line, ends, count: 1 }));

const WHERES: readonly Where[] = [
  {
    name: "WeCom by callback",
    options: { wecom: "callback", app: true },
    group: "wrGROUP01",
    helpers: "wrHELPERS",
    chiefAlone: "@zhao.yi",
    cases: [
      ...passing("response", "receipt", ["busy", "http500", "reset-before", "html", "stall"], "once"),
      // Shown, and nobody told us: an address that is used up says so the second time.
      ...passing("response", "receipt", ["reset-after", "timeout-after"], "once"),
      ...passing("response", "receipt", ["removed"], "elsewhere"),
      ...passing("webhook", "task", ["busy", "http500", "html", "reset-before", "stall"], "once"),
      ...passing("webhook", "task", ["reset-after", "timeout-after"], "twice"),
      ...passing("app", "chief", ["busy", "http500", "html", "reset-before", "reset-after", "timeout-after"], "once"),
      ...passing("token", "chief", ["busy", "http500"], "once"),
      { scope: "app", kind: "untrusted-ip", line: "chief", ends: "elsewhere" },
    ],
  },
  {
    name: "WeCom over the long connection",
    options: { wecom: "socket" },
    group: "wrGROUP01",
    helpers: "wrHELPERS",
    chiefAlone: "@zhao.yi",
    cases: [
      ...passing("socket", "receipt", ["busy", "no-ack", "no-ack-unshown", "ack-late", "reset"], "once"),
      ...passing("socket", "receipt", ["invalid-req", "expired"], "elsewhere"),
    ],
  },
  {
    name: "DingTalk",
    options: { wecom: null, dingtalk: "stream" },
    group: "cidGROUP01==",
    helpers: "cidHELPERS==",
    chiefAlone: "@user-1001",
    cases: [
      ...passing("session", "receipt", ["busy", "http500"], "once"),
      ...passing("session", "receipt", ["expired", "removed"], "elsewhere"),
      // Not said twice, and not lost without a word: the chief hears that nobody knows.
      ...passing("session", "receipt", ["timeout-after", "html"], "given up"),
      ...passing("person", "chief", ["busy", "http500"], "once"),
      ...passing("token", "chief", ["busy"], "once"),
      ...passing("person", "chief", ["expired"], "once"),
      { scope: "person", kind: "permission", line: "chief", ends: "elsewhere" },
      { scope: "person", kind: "quota", line: "chief", ends: "elsewhere" },
    ],
  },
];

async function opened(options: TestDeskOptions): Promise<TestDesk & AsyncDisposable> {
  const desk = await openTestDesk(options);
  return Object.assign(desk, { [Symbol.asyncDispose]: () => desk.close() });
}

describe.each(WHERES)("$name", ({ options, group, helpers, chiefAlone, cases }) => {
  // Side by side: each has a desk of its own, and most of its time it waits for one that does not answer.
  it.concurrent.for(cases)(
    "$line, $scope in trouble ($kind): $ends",
    async ({ scope, kind, line, ends, count }, { expect }) => {
      await using desk = await opened(options);
      await desk.setClock("2026-12-07T09:12:00+08:00");
      const onWecom = options.wecom !== null;
      const server = onWecom ? desk.wecom : desk.dingtalk;
      if (options.wecom === "socket") await connected(() => desk.wecom.connections());
      if (options.dingtalk === "stream") await connected(() => desk.dingtalk.connections());
      server.trouble(scope, kind, count === undefined ? {} : { count });

      const text = line === "chief" ? OTHER : REQUEST;
      if (onWecom) await desk.wecom.say({ chat: group, by: "wang.min", text: `@${BOT.name} ${text}` });
      else await desk.dingtalk.say({ chat: group, by: "user-9001", text: `@${ROBOT.name} ${text}` });

      const fits = (message: Shown) => message.text.includes("#1207-001") && message.text.includes(WORDS[line]);
      const room = line !== "chief" ? group : ends === "elsewhere" ? helpers : chiefAlone;
      const outbox = (state: string) => desk.api<Outbox>(`/outbox?state=${state}`);
      if (ends === "given up") {
        await expect.poll(async () => (await outbox("failed")).replies.length, { timeout: 10_000 }).toBe(1);
        await server.waitFor(chiefAlone, (message) => message.text.includes("未能送达"), 10_000);
        expect((await outbox("failed")).replies[0]?.reason).toContain("可能已经送出");
      } else {
        await server.waitFor(room, fits, 15_000);
        await expect.poll(async () => (await outbox("waiting")).replies, { timeout: 15_000 }).toEqual([]);
        const shown = server.sent(room).filter(fits).length;
        expect(shown).toBeGreaterThanOrEqual(1);
        expect(shown).toBeLessThanOrEqual(ends === "twice" ? 2 : 1);
        expect((await outbox("failed")).replies).toEqual([]);
      }
      expect(server.violations).toEqual([]);
      expect((await desk.api<{ tickets: unknown[] }>("/tickets")).tickets).toHaveLength(1);
    },
  );

  it.concurrent("too fast: the key rests, and what waits can be seen", async ({ expect }) => {
    await using desk = await opened(options);
    const onWecom = options.wecom !== null;
    const server = onWecom ? desk.wecom : desk.dingtalk;
    if (options.wecom === "socket") await connected(() => desk.wecom.connections());
    if (options.dingtalk === "stream") await connected(() => desk.dingtalk.connections());
    const scope = onWecom ? (options.wecom === "socket" ? "socket" : "response") : "session";
    server.trouble(scope, "rate", { count: 1 });
    if (onWecom) await desk.wecom.say({ chat: group, by: "wang.min", text: `@${BOT.name} ${REQUEST}` });
    else await desk.dingtalk.say({ chat: group, by: "user-9001", text: `@${ROBOT.name} ${REQUEST}` });
    await expect
      .poll(
        async () => (await desk.api<Outbox>("/outbox?state=waiting")).replies.filter(({ reason }) => reason !== null),
        { timeout: 10_000 },
      )
      .toMatchObject([{ text: expect.stringContaining("已受理"), reason: expect.stringMatching(/45009|130101|429/) }]);
  });
});
