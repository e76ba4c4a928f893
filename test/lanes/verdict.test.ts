/** Each row of design.md's table of the out-lane. */
import { describe, expect, test } from "vitest";
import type { SendOutcome, Way } from "../../src/chat/outgoing.ts";
import type { Begun } from "../../src/lanes/outbox.ts";
import { backOffMs, judge, judgeBefore } from "../../src/lanes/verdict.ts";
import { able, ableOf, aLine, answer, NOON, pushed, thread, webhook } from "./samples.ts";

const ANSWER = answer("wecom:group", NOON + 3_600_000);
const GROUP = webhook("nan");
const PERSON = webhook("person");

const RECEIPT_BY_ANSWER = begun([ANSWER, GROUP]);
const RECEIPT_BY_WEBHOOK = begun([GROUP, PERSON]);
const MENTION = begun([GROUP, PERSON], { pings: true });
const DIGEST = begun([GROUP]);
const NOWHERE = begun([]);
const IN_THREAD = begun([thread("wecom:group", NOON + 300_000), pushed("wecom:group")]);

function begun(ways: readonly Way[], { pings = false, ...over }: Partial<Begun> & { pings?: boolean } = {}): Begun {
  return { line: aLine("L1", "", { ways, pings }), way: 0, attempts: 1, doubts: 0, maybeSent: false, ...over };
}

const again = (entry: Begun, doubts: number): Begun => ({ ...entry, attempts: doubts + 1, doubts, maybeSent: true });
const cleanly = (entry: Begun, doubts: number): Begun => ({ ...entry, attempts: doubts + 2, doubts, maybeSent: false });

const busyAfterDoubt = (entry: Begun, attempts: number): Begun => ({ ...entry, attempts, doubts: 1 });
const MAYBE = { outcome: "failed", reason: expect.stringContaining("可能已经送出") };

const sent: SendOutcome = { kind: "sent" };
const busy: SendOutcome = { kind: "busy", reason: "-1" };
const paced: SendOutcome = { kind: "pace", restMs: 60_000, reason: "45009" };
const banned: SendOutcome = { kind: "pace", restMs: 600_000, reason: "410100" };
const refused: SendOutcome = { kind: "refused", reason: "93000" };
const doubt: SendOutcome = { kind: "doubt", reason: "超时" };

const ON_SECOND = { channel: GROUP.channel, way: 1 };

test("what the way itself keeps from doubling is sent again", () => {
  const ableToDedupe = able({ dedupes: true });
  expect(judge(DIGEST, ableToDedupe, doubt).verdict.outcome).toBe("doubt");
  expect(judge(again(DIGEST, 8), ableToDedupe, doubt).verdict.outcome).toBe("failed");
});

describe("after a send", () => {
  test.each([
    ["what was taken is sent", DIGEST, sent, { outcome: "sent" }, 0],
    ["a busy platform is tried again after half a second", DIGEST, busy, { outcome: "again", reason: "-1" }, 500],
    ["and after one", { ...DIGEST, attempts: 2 }, busy, { outcome: "again" }, 1000],
    ["and after a minute at most", { ...DIGEST, attempts: 99 }, busy, { outcome: "again" }, 60_000],
    ["busy for a day: the next way", { ...MENTION, attempts: 1500 }, busy, { outcome: "next" }, 0],
    ["45009 rests the key for a minute", DIGEST, paced, { outcome: "again", reason: "45009" }, 60_000],
    ["410100 for ten", DIGEST, banned, { outcome: "again", reason: "410100" }, 600_000],
    ["busy for ten minutes: the next way too", { ...MENTION, attempts: 15 }, busy, { outcome: "next" }, 0],
    ["but not where there is none", { ...DIGEST, attempts: 15 }, busy, { outcome: "again" }, 60_000],
    ["paced for a day: the next way", { ...MENTION, attempts: 1500 }, paced, { outcome: "next" }, 0],
    [
      "a refusal goes the next way",
      RECEIPT_BY_ANSWER,
      refused,
      { outcome: "next", reason: "93000", next: ON_SECOND },
      0,
    ],
    ["a refusal on the last way is given up", DIGEST, refused, { outcome: "failed", reason: "93000" }, 0],
    ["refused as used after a doubt: it had arrived", again(RECEIPT_BY_ANSWER, 1), refused, { outcome: "sent" }, 0],
    [
      "where the way drops repetitions, it may have: not by another way",
      again(IN_THREAD, 1),
      refused,
      { outcome: "failed" },
      0,
    ],
    ["save where it says that it was used", again(IN_THREAD, 1), { ...refused, used: true }, { outcome: "sent" }, 0],
    ["save for a mention", again(MENTION, 1), refused, { outcome: "next" }, 0],
    ["also where a busy moment came between", cleanly(RECEIPT_BY_ANSWER, 1), refused, { outcome: "sent" }, 0],
    ["busy for ten minutes after a doubt: not by another way", busyAfterDoubt(IN_THREAD, 15), busy, MAYBE, 0],
    ["nor paced for a day", busyAfterDoubt(IN_THREAD, 1500), paced, MAYBE, 0],
    ["save for a mention, after either", busyAfterDoubt(MENTION, 1500), busy, { outcome: "next" }, 0],
    ["a doubtful answer is sent again", RECEIPT_BY_ANSWER, doubt, { outcome: "doubt", reason: "超时" }, 500],
    ["a few times", again(RECEIPT_BY_ANSWER, 8), doubt, { outcome: "failed" }, 0],
    ["a doubtful mention is sent again", MENTION, doubt, { outcome: "doubt" }, 500],
    ["once", again(MENTION, 1), doubt, { outcome: "failed", reason: "可能已经送出，未再重发（超时）" }, 0],
    ["a doubtful receipt by webhook is not", RECEIPT_BY_WEBHOOK, doubt, { outcome: "failed" }, 0],
    ["nor is a digest", DIGEST, doubt, { outcome: "failed" }, 0],
  ] as const)("%s", (_, entry, outcome, verdict, restMs) => {
    expect(judge(entry, ableOf(entry), outcome)).toMatchObject({ verdict: { id: "L1", ...verdict }, restMs });
  });
});

describe("before a send", () => {
  test.each([
    ["an answer is used until it expires", RECEIPT_BY_ANSWER, NOON, null],
    ["then the next way", RECEIPT_BY_ANSWER, NOON + 3_600_000, { outcome: "next", next: ON_SECOND }],
    [
      "but not where it may have been read already",
      again(RECEIPT_BY_ANSWER, 1),
      NOON + 3_600_000,
      { outcome: "failed", reason: "可能已经送出，未再重发（这条消息的回复时限已过）" },
    ],
    ["a line without any way is given up", NOWHERE, NOON, { outcome: "failed", reason: "没有可以送达的途径" }],
    ["a mention whose sender died goes again", again(MENTION, 1), NOON, null],
    ["once for each death", again(MENTION, 8), NOON, null],
    ["but not without end", again(MENTION, 9), NOON, { outcome: "failed" }],
    ["an answer whose sender died goes again", again(RECEIPT_BY_ANSWER, 1), NOON, null],
    ["any other receipt does not", again(RECEIPT_BY_WEBHOOK, 1), NOON, { outcome: "failed" }],
    ["nor does a digest", again(DIGEST, 1), NOON, { outcome: "failed" }],
    ["what was cleanly refused for now goes again", cleanly(DIGEST, 0), NOON, null],
  ] as const)("%s", (_, entry, now, verdict) => {
    const judgement = judgeBefore(entry, ableOf(entry), now);
    if (verdict === null) expect(judgement).toBeNull();
    else expect(judgement).toMatchObject({ verdict: { id: "L1", ...verdict }, restMs: 0 });
  });
});

test("the back-off doubles from half a second to a minute", () => {
  const steps = Array.from({ length: 9 }, (_, i) => backOffMs(i + 1) / 1000);
  expect(steps).toEqual([0.5, 1, 2, 4, 8, 16, 32, 60, 60]);
});
