import { describe, expect, it } from "vitest";
import type { TicketEvent } from "../../src/desk/ticket/event.ts";
import { evolve, openTicket, type Ticket } from "../../src/desk/ticket/ticket.ts";
import { detailOf, rowOf } from "../../src/web/ticket-view.ts";
import { MATCH, MORNING, matched, opened } from "./tickets-given.ts";

const first = { ...opened(MORNING), at: MORNING, by: "wecom:zhou", message: "wecom:m1" };
const fresh = openTicket("01J", "20261123-017", first);

function after(...happenings: Parameters<typeof evolve>[1][]): Ticket {
  return happenings.reduce(evolve, fresh);
}

const by = (name: string, minutes: number) => ({ by: name, at: MORNING + minutes * 60_000, message: null });

describe("a row", () => {
  it("has every key, in the order of the contract", () => {
    expect(rowOf(after({ ...matched(MORNING), ...by("desk", 0) }))).toStrictEqual({
      number: "20261123-017",
      state: "open",
      item: "venue",
      size: "small",
      text: "周三下午借一间能坐30人的会议室",
      enterprise: "恒通汽配有限公司",
      point: "nan",
      owner: "h02",
      first: "h02",
      asker: "wecom:zhou",
      group: "wrGROUP01",
      received: "2026-11-23T09:12:30+08:00",
      due: "2026-11-23T17:12:30+08:00",
      light: null,
      rating: null,
      result: null,
      match: MATCH,
    });
    expect(Object.keys(rowOf(fresh)).join()).toBe(
      "number,state,item,size,text,enterprise,point,owner,first,asker,group,received,due,light,rating,result,match",
    );
  });

  it("has the same keys, null, where nothing is known yet", () => {
    const bare: Ticket = {
      ...fresh,
      item: null,
      enterprise: null,
      point: null,
      match: null,
      conversation: "wecom:@zhou",
    };
    expect(rowOf(bare)).toMatchObject({ item: null, enterprise: null, point: null, owner: null, first: null });
    expect(rowOf(bare)).toMatchObject({ group: null, light: null, rating: null, result: null, match: null });
    expect(Object.keys(rowOf(bare))).toEqual(Object.keys(rowOf(fresh)));
  });

  it("keeps a chat id that has colons of its own", () => {
    expect(rowOf({ ...fresh, conversation: "dingtalk:cid:x==" }).group).toBe("cid:x==");
  });

  it("hides personal numbers in what people wrote", () => {
    const row = rowOf({
      ...fresh,
      text: "打我电话13812345678",
      result: "已联系 13812345678",
      match: { ...MATCH, because: ["13812345678"] },
      asker: "wecom:13812345678",
    });
    expect(row.text).toBe("打我电话138****5678");
    expect(row.result).toBe("已联系 138****5678");
    expect(row.match?.because).toEqual(["138****5678"]);
    // An account is a name: what is shown must be what it is.
    expect(row.asker).toBe("wecom:13812345678");
  });
});

describe("the detail", () => {
  it("is the row with its story", () => {
    const { story, ...row } = detailOf(fresh, [first]);
    expect(row).toStrictEqual(rowOf(fresh));
    expect(story).toHaveLength(1);
  });

  it("tells each event flat, its moments as times", () => {
    const events: TicketEvent[] = [
      first,
      { ...matched(MORNING), ...by("desk", 0) },
      { event: "noted", kind: "progress", text: "已联系 13812345678", ...by("h02", 5) },
      { event: "resolved", result: "三楼，找 13812345678", rateBy: 0, ...by("h02", 6) },
      { event: "rated", rating: 5, callBackBy: null, ...by("wecom:zhou", 7) },
      {
        event: "reopened",
        reason: "钥匙不对",
        due: MORNING,
        provisional: true,
        acceptBy: MORNING,
        ...by("wecom:zhou", 8),
      },
    ];
    const { story } = detailOf(fresh, events);
    expect(story[0]).toStrictEqual({
      ...opened(MORNING),
      received: "2026-11-23T09:12:30+08:00",
      due: "2026-11-23T17:12:30+08:00",
      acceptBy: "2026-11-23T09:42:30+08:00",
      by: "wecom:zhou",
      at: "2026-11-23T09:12:30+08:00",
      message: "wecom:m1",
    });
    expect(Object.keys(story[0] ?? {}).slice(0, 3)).toEqual(["event", "by", "at"]);
    expect(story[1]).toMatchObject({ event: "matched", owner: "h02", match: null });
    expect(story[2]).toStrictEqual({
      event: "noted",
      by: "h02",
      at: "2026-11-23T09:17:30+08:00",
      message: null,
      kind: "progress",
      text: "已联系 138****5678",
    });
    expect(story[3]).toMatchObject({ result: "三楼，找 138****5678" });
    expect(story[4]).toMatchObject({ rating: 5 });
    expect(story[5]).toMatchObject({ due: "2026-11-23T09:12:30+08:00", provisional: true, reason: "钥匙不对" });
  });

  it("tells moments as times also where an act was undone", () => {
    const pause = { since: MORNING, until: MORNING, reason: "等材料" };
    const merged = { into: "20261123-018", was: "open", at: MORNING } as const;
    const undone: TicketEvent = { event: "undone", act: "waiting", back: { pause, merged }, ...by("h02", 1) };
    expect(detailOf(fresh, [first, undone]).story[1]).toMatchObject({
      back: {
        pause: { since: "2026-11-23T09:12:30+08:00", until: "2026-11-23T09:12:30+08:00" },
        merged: { at: "2026-11-23T09:12:30+08:00" },
      },
    });
  });
});

it("a leader's 督办 is told with who, when and where; personal numbers in it are masked", () => {
  const supervised: TicketEvent = {
    ...{ event: "supervised", text: "请联系企业 13812345678", conversation: "wecom:wrLEADERS" },
    ...by("l01", 30),
  };
  const { story } = detailOf(after({ ...matched(MORNING), ...by("desk", 0) }, supervised), [supervised]);
  expect(story).toEqual([
    {
      ...{ event: "supervised", by: "l01", at: "2026-11-23T09:42:30+08:00", message: null },
      ...{ text: "请联系企业 138****5678", conversation: "wecom:wrLEADERS" },
    },
  ]);
});
