import { readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextStep } from "../../../src/desk/clock/next-step.ts";
import { recomputed } from "../../../src/desk/clock/recomputed.ts";
import { DESK, type Happening, type TicketEvent } from "../../../src/desk/ticket/event.ts";
import { fromStoryLine, toStoryLine } from "../../../src/desk/ticket/story-record.ts";
import {
  evolve,
  isActive,
  isEnded,
  mayHappen,
  openTicket,
  replay,
  type Ticket,
} from "../../../src/desk/ticket/ticket.ts";
import type { StoredTicket } from "../../../src/desk/ticket/ticket-record.ts";
import { quietUntil } from "../../../src/pledge/quiet.ts";
import {
  given,
  isCommand,
  isItem,
  MINUTE,
  NOW,
  OPENED,
  quoteOf,
  type reading,
  said,
  setting,
  stepped,
  TIMES,
} from "../scene-given.ts";
import { withDrawing } from "./state-drawing.ts";

const PAGE = new URL("../../../ARCHITECTURE.md", import.meta.url);

describe("the drawing of the states in ARCHITECTURE.md", () => {
  it("is what the code does (DRAW=1 writes it)", () => {
    const page = readFileSync(PAGE, "utf8");
    const drawn = withDrawing(page);
    if (process.env["DRAW"]) writeFileSync(PAGE, drawn);
    else expect(page).toBe(drawn);
  });
  it("has a place of its own", () => {
    expect(() => withDrawing("# no place")).toThrow(/has no/u);
  });
});

/** Everybody who could say something about the ticket, and the places where they say it. */
const PEOPLE = [
  "wang.min",
  "xu.da",
  "liu.fang",
  "sun.san",
  "wang.ba",
  "zheng.qi",
  "qian.er",
  "zhou.wu",
  "zhao.yi",
  "li.si",
];
const TEXTS = [
  ...["接单", "进展 在联系场地", "办结 三楼会议室已留座", "办结", "搞定了"],
  ...["转办 庚 企业迁址", "转办 辛 忙不过来", "转办 组织 归他们", "转办", "退回 不是本片企业"],
  ...["等待 请提供名单", "名单在前台，一共三十人", "延期 周五 场地未定", "延期 两个工作日 未定", "延期"],
  ...["同意", "不同意 不行", "不属受理范围 属劳动仲裁", "派 丙", "归 场地", "转 工会"],
  ...[
    "协办 庚",
    "内部 说话客气点",
    "拆分 请一位老师",
    "合并 016",
    "撤销",
    "补充 改到周四",
    "催办",
    "改 党费收缴",
    "撤回",
  ],
  ...["5", "2", "未解决", "查", "好的", "算了", "企业迁址了", "1"],
];
/** What somebody would say who may: chance alone seldom gets further than a refusal. */
const LIKELY: readonly (readonly [by: string, text: string])[] = [
  ...[
    "接单",
    "转办 庚 企业迁址",
    "等待 请提供名单",
    "延期 周五 场地未定",
    "协办 庚",
    "退回 不是本片企业",
    "合并 016",
  ].map((text) => ["sun.san", text] as const),
  ...["转办 丙 企业又迁回", "接单"].map((text) => ["zheng.qi", text] as const),
  ...["同意", "不同意 不行", "不属受理范围 属劳动仲裁", "派 丙"].map((text) => ["zhao.yi", text] as const),
  // The desk passes on what is not accepted: who refuses has to speak soon.
  ...["延期 周五 场地未定", "接单"].map((text) => ["sun.san", text] as const),
  ...["不同意 不行", "不同意 不行"].map((text) => ["zhao.yi", text] as const),
  ...["同意", "不同意 再想想"].map((text) => ["qian.er", text] as const),
  ...["补充 名单在前台", "催办", "5", "未解决"].map((text) => ["wang.min", text] as const),
];
const acts = fc.array(
  fc.record({
    said: fc.oneof(fc.constantFrom(...LIKELY), fc.tuple(fc.constantFrom(...PEOPLE), fc.constantFrom(...TEXTS))),
    here: fc.boolean(),
    /** How long after the one before, minutes; the clock has its turn in between. */
    after: fc.constantFrom(1, 2, 10, 40, 600, 3 * 1440),
  }),
  { maxLength: 25 },
);

const MEANS = {
  请一位老师: isItem("lecturer"),
  搞定了: isCommand("resolve"),
  "名单在前台，一共三十人": isCommand("supplement", 0.4),
};

interface Lived {
  readonly ticket: Ticket;
  readonly story: readonly TicketEvent[];
}

/** Whoever says whatever, and the clock in between: the ticket that comes of it, and its story. */
function live(wishes: readonly { said: readonly [by: string, text: string]; here: boolean; after: number }[]): Lived {
  const opened: TicketEvent = { ...OPENED, at: OPENED.received, by: OPENED.asker, message: "m0" };
  const matched = given("017", ["matched"]);
  let stored: StoredTicket = matched;
  const story: TicketEvent[] = [opened, matchedEvent()];
  const other = given("016", ["matched"], { received: OPENED.received - MINUTE });
  const asks = new Map<string, { ask: never; at: number }>();
  let now = NOW;
  const take = (decision: ReturnType<typeof reading>["decision"]) => {
    for (const { before, after, events } of decision.changes) {
      if (before?.ticket.id !== "T017") continue;
      story.push(...events);
      stored = { ticket: after, version: String(Number(stored.version) + 1) };
    }
    for (const talk of decision.talks) {
      if (talk.ask) asks.set(talk.who, { ask: talk.ask.ask as never, at: talk.ask.at });
      else if (talk.ask === null) asks.delete(talk.who);
    }
  };
  for (const {
    said: [by, text],
    here,
    after,
  } of wishes) {
    now += after * MINUTE;
    for (let step = nextStep(stored.ticket, TIMES); step && step.at <= now; step = nextStep(stored.ticket, TIMES)) {
      const before = stored;
      take(stepped(setting(), stored, step.at));
      if (stored === before) throw new Error(`the step ${step.step} did nothing`);
    }
    const who = idOf(by);
    const asked = asks.get(who);
    const scene = {
      by,
      chat: here ? "wrGROUP01" : null,
      now,
      tickets: [stored, other],
      quote: quoteOf("017"),
      means: MEANS,
      ...(asked ? { ask: asked.ask, askedAt: asked.at } : {}),
    };
    take(said(text, scene).decision);
  }
  return { ticket: stored.ticket, story };
}

function matchedEvent(): TicketEvent {
  const event: Happening = {
    event: "matched",
    item: "venue",
    size: "small",
    owner: "h02",
    invited: null,
    why: "",
    match: null,
    due: OPENED.due,
    provisional: false,
    acceptBy: OPENED.acceptBy,
  };
  return { ...event, at: NOW - MINUTE, by: DESK, message: null };
}

function idOf(account: string): string {
  const { station } = setting();
  return station.person("wecom", account)?.id ?? `wecom:${account}`;
}

/** Every ticket on the way, as the story tells it. */
function* states({ story }: Lived): Generator<readonly [Ticket, TicketEvent, Ticket]> {
  const [first, ...rest] = story;
  if (first?.event !== "opened") throw new Error("a story begins with opened");
  let ticket = openTicket("T017", "20261207-017", first);
  for (const event of rest) {
    const next = evolve(ticket, event);
    yield [ticket, event, next];
    ticket = next;
  }
}

describe("whoever says whatever in whatever order", () => {
  it("the story gives the ticket, also through what Redis keeps", () => {
    fc.assert(
      fc.property(acts, (wishes) => {
        const { ticket, story } = live(wishes);
        const kept = story.map((event) => fromStoryLine(toStoryLine(event)));
        expect(kept).toEqual(story);
        expect(replay("T017", "20261207-017", kept)).toEqual(ticket);
      }),
      { numRuns: 150 },
    );
  });

  it("an open case has one owner, who can be found, and the first helper stays named", () => {
    fc.assert(
      fc.property(acts, (wishes) => {
        for (const [, , ticket] of states(live(wishes))) {
          if (isActive(ticket)) expect(setting().station.personById(ticket.owner ?? "")).not.toBeNull();
          expect(ticket.first).toBe("h02");
        }
      }),
      { numRuns: 150 },
    );
  });

  it("an open case that nobody accepted always has a next step, until the chief has it", () => {
    const isNight = (at: number) => quietUntil(at, setting().calendar, setting().station.hours) !== null;
    fc.assert(
      fc.property(acts, (wishes) => {
        for (const [, event, ticket] of states(live(wishes))) {
          if (ticket.state === "open" && ticket.owner !== "chief") expect(nextStep(ticket, TIMES)).not.toBeNull();
          if (event.event === "reminded" || (event.event === "passed" && event.by === DESK)) {
            expect(isNight(event.at)).toBe(false);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it("a promise is never lost: it moves only by what was said to move it, and never to an earlier time", () => {
    const MOVERS = ["resumed", "extended", "reopened", "matched", "absorbed"];
    fc.assert(
      fc.property(acts, (wishes) => {
        for (const [before, { event }, after] of states(live(wishes))) {
          if (event === "resumed" || event === "extended") expect(after.due).toBeGreaterThanOrEqual(before.due);
          if (!MOVERS.includes(event)) expect(after.due).toBe(before.due);
          if (isActive(after)) expect(after.due).toBeGreaterThan(0);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("each light comes once for one promise, in its order and not before its time", () => {
    const ORDER = [null, "blue", "yellow", "red"];
    fc.assert(
      fc.property(acts, (wishes) => {
        const lit = new Set<string>();
        for (const [before, event, after] of states(live(wishes))) {
          if (event.event !== "light") continue;
          const name = `${after.broken} ${after.due} ${event.light}`;
          expect(lit.has(name)).toBe(false);
          lit.add(name);
          expect(ORDER.indexOf(event.light)).toBe(ORDER.indexOf(before.light) + 1);
          if (event.light === "yellow") expect(event.at).toBeGreaterThanOrEqual(after.due);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("computed anew by the same hours nothing moves; by others and back again everything stands where it stood", () => {
    const here = setting();
    const { hours } = here.station;
    const later = { ...here, station: { ...here.station, hours: { ...hours, close: hours.close + 30 } } };
    fc.assert(
      fc.property(acts, (wishes) => {
        const { ticket, story } = live(wishes);
        expect(recomputed(ticket, story, here)).toBeNull();
        if (!isActive(ticket)) return;
        const pledge = recomputed(ticket, story, later);
        const event = { event: "recomputed", ...ticket, ...pledge } as const;
        const { due, provisional, acceptBy } = event;
        const moved = { event: "recomputed", due, provisional, acceptBy, at: NOW, by: DESK, message: null } as const;
        const back = recomputed(evolve(ticket, moved), [...story, moved], here);
        expect(back === null ? due : back.due).toBe(ticket.due);
      }),
      { numRuns: 200 },
    );
  });

  it("what is finished has a result, what waits has a reason and an end, what is over waits for nothing", () => {
    fc.assert(
      fc.property(acts, (wishes) => {
        for (const [, , ticket] of states(live(wishes))) {
          const finished = ticket.state === "resolved" || ticket.state === "closed";
          expect(ticket.result !== null).toBe(finished);
          if (ticket.state !== "merged") expect(ticket.pause !== null).toBe(ticket.state === "paused");
          if (ticket.state === "resolved" || ticket.state === "closed" || ticket.state === "declined") {
            expect(ticket.proposal).toBeNull();
          }
          if (isEnded(ticket)) expect(nextStep(ticket, TIMES)).toBeNull();
        }
      }),
      { numRuns: 150 },
    );
  });

  it("nobody declines a case alone, and a third hand-over is the chief's word", () => {
    fc.assert(
      fc.property(acts, (wishes) => {
        for (const [before, event, after] of states(live(wishes))) {
          if (event.event === "declined") expect(event.by).not.toBe(before.proposal?.by);
          if (event.event === "handed-over") expect(before.handOvers).toBeLessThan(2);
          if (event.event === "extended" && event.by !== "chief") throw new Error("only the chief gives more time");
          expect(mayHappen(before, event.event)).toBe(true);
          expect(after.handOvers).toBeLessThanOrEqual(2);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("and the acts are tried: most of what can happen does", () => {
    const happened = new Set<string>();
    fc.assert(
      fc.property(acts, (wishes) => {
        for (const { event } of live(wishes).story) happened.add(event);
      }),
      { numRuns: 600, seed: 7 },
    );
    const wanted = ["accepted", "handed-over", "assigned", "returned", "assisted", "paused", "resumed", "proposed"];
    for (const event of [...wanted, "refused", "lapsed", "declined", "extended", "merged", "resolved", "withdrawn"])
      expect(happened).toContain(event);
  });
});
