import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Ask } from "../../../src/desk/known.ts";
import type { StoredTicket } from "../../../src/desk/ticket/ticket-record.ts";
import type { Understanding } from "../../../src/understanding/understanding.ts";
import {
  given,
  isCommand,
  isItem,
  isOther,
  isTalk,
  isUnclear,
  MINUTE,
  NOW,
  quoteOf,
  type Said,
  said,
} from "../scene-given.ts";

const venue = given("017", ["matched"], { text: "想借会议室" });
const lecturer = given("018", ["matched"], { text: "想请老师讲党课", item: "lecturer", size: "big" });
const ask: Ask = { kind: "details", ticket: "T017", also: [], slots: ["date", "people"] };
const asked = { tickets: [venue], ask, last: venue, lastAt: NOW - MINUTE };
const quote = quoteOf("017");

describe("a request", () => {
  it("that tells everything is shown it in one line, as is its helper, and is asked nothing", () => {
    const text = "周三下午想借一间能坐三十来人的会议室";
    const { answer, told, asks, events, ticket } = said(text, { means: { [text]: isItem("venue") } });
    expect(answer).toContain(`诉求：${text}\n需求：12月9日（周三）下午　约30人\n承诺：`);
    expect(told[0]?.text).toContain("需求：12月9日（周三）下午　约30人\n请于");
    expect(answer).not.toContain("请补充");
    expect(asks).toEqual([]);
    expect(events).toEqual(["opened", "matched", "detailed"]);
    expect(ticket?.slots).toEqual([
      ["date", "12月9日（周三）下午"],
      ["people", "约30人"],
    ]);
  });

  it("is asked for all that is missing and needed, once, behind everything else; its helper is sent for all the same", () => {
    const { answer, told, asks } = said("想借会议室", { means: { 想借会议室: isItem("venue") } });
    expect(answer.split("\n").at(-1)).toBe(
      "请补充：哪一天、什么时段使用？大概有多少人参加？引用本条并@小帮手 回复即可",
    );
    expect(told.map(({ to }) => to)).toEqual(["h02"]);
    expect(asks).toEqual(["details"]);
  });

  it("is asked only for what is missing", () => {
    const text = "周三下午想借会议室";
    expect(said(text, { means: { [text]: isItem("venue") } }).answer).toContain("\n请补充：大概有多少人参加？引用");
  });

  it("that wants to know how it is done is asked nothing", () => {
    const { answer, asks } = said("党费怎么交", { means: { 党费怎么交: isItem("dues") } });
    expect(answer).not.toMatch(/请补充|需求/u);
    expect(asks).toEqual([]);
  });

  it("hides the name of a private person in the group, and keeps it with the ticket", () => {
    const text = "党员张建国想转组织关系，电话13812345678";
    const { answer, told, ticket } = said(text, { means: { [text]: isItem("transfer") } });
    for (const shown of [answer, ...told.map((line) => line.text)]) {
      expect(shown).toContain("需求：张××");
      expect(shown).not.toMatch(/张建国|13812345678/u);
    }
    expect(ticket).toMatchObject({ text, slots: [["name", "张建国"]] });
  });

  it("whose item was asked for has its details from the first words and from the answer", () => {
    const unclear = said("下周三想办个活动", { means: { 下周三想办个活动: isUnclear("theme-day", "venue") } });
    expect(unclear.ticket?.slots).toEqual([["date", "12月16日（周三）"]]);
    const stored: StoredTicket = {
      ticket: { ...(unclear.ticket ?? venue.ticket), number: "20261207-017" },
      version: "1",
    };
    const { answer, ticket } = said("主题党日，三十人", {
      tickets: [stored],
      ask: { kind: "item", ticket: stored.ticket.id, options: ["theme-day"], misses: 0 },
      means: { "主题党日，三十人": isItem("theme-day") },
    });
    expect(ticket?.item).toBe("theme-day");
    expect(answer).toContain("需求：12月16日（周三）　30人");
    expect(answer).not.toContain("请补充");
  });
});

describe("the answer to what was missing", () => {
  const filled = ({ events, ticket, answer, told }: Said) => {
    expect(events).toEqual(["noted", "detailed"]);
    expect(new Map(ticket?.slots).get("date")).toBe("12月9日（周三）下午");
    expect(answer).toBe("【#1207-017 已补充】已转告帮办员\n需求：12月9日（周三）下午　30人");
    expect(told).toHaveLength(1);
    expect(told[0]?.text).toMatch(/^【#1207-017 诉求人补充】.*\n需求：12月9日（周三）下午　30人$/u);
  };
  const text = "周三下午，三十人";

  it.each([isTalk, isUnclear("dues"), isCommand("leave"), isOther, isItem("venue"), isItem("care")])(
    "is the next message, whatever it reads like",
    (meaning) => filled(said(text, { ...asked, means: { [text]: meaning } })),
  );
  it("is recognised by a quote and by its number, also without the question", () => {
    filled(said(text, { ...asked, quote }));
    filled(said(text, { tickets: [venue, lecturer], quote }));
    filled(said("017 周三下午，三十人", { tickets: [venue, lecturer] }));
    filled(said("补充 周三下午，三十人", { ...asked, tickets: [venue, lecturer] }));
    expect(said("补充 30", { ...asked, quote }).ticket?.slots).toEqual([["people", "30人"]]);
    const pictured = said(text, { ...asked, quote, attachments: ["图片"] }).decision.changes[0]?.events[0];
    expect(pictured).toMatchObject({ event: "noted", text: "周三下午，三十人 [图片×1]" });
  });
  it("comes hours later as well", () => {
    filled(said(text, { ...asked, lastAt: NOW - 300 * MINUTE, askedAt: NOW - 300 * MINUTE }));
  });
  it("may be a bare number, or a day that could be a ticket's number", () => {
    expect(said("30", asked).ticket?.slots).toEqual([["people", "30人"]]);
    const third = given("003", ["matched"]);
    expect(said("3号", { ...asked, tickets: [venue, third] }).ticket?.slots).toEqual([
      ["date", "2027年1月3日（周日）"],
    ]);
  });
  it("in a sentence that speaks of the same item is still one", () => {
    const sentence = "会议室周三下午用，三十人，最好有投影";
    const { events } = said(sentence, { ...asked, means: { [sentence]: isItem("venue") } });
    expect(events).toEqual(["noted", "detailed"]);
  });
  it("is not asked for again where only a part of it came", () => {
    const { answer, asks } = said("三十人", asked);
    expect(answer).not.toContain("请补充");
    expect(asks).toEqual([null]);
  });
  it("is not a request of its own, an order, or talk", () => {
    const another = "周三下午再借一间二十人的会议室";
    expect(said(another, { ...asked, means: { [another]: isItem("venue") } }).events).toContain("opened");
    const dues = "周三去哪交党费";
    expect(said(dues, { ...asked, means: { [dues]: isItem("dues") } }).events).toContain("opened");
    expect(said("撤回", asked).ticket?.state).toBe("withdrawn");
    expect(said("谢谢", asked).events).toEqual([]);
  });
  it("may be the time of a day that is known", () => {
    const day = given("017", ["matched", { event: "detailed", slots: [["date", "12月9日（周三）"]] }], {
      text: "想借会议室",
    });
    const how = { tickets: [day], last: day, lastAt: NOW - MINUTE };
    expect(said("下午两点开始", how).ticket?.slots).toEqual([["date", "12月9日（周三）14:00"]]);
    expect(said("上午", { tickets: [day], quote }).ticket?.slots).toEqual([["date", "12月9日（周三）上午"]]);
    expect(said("改到上午", { tickets: [day], quote }).ticket?.slots).toEqual([["date", "12月9日（周三）上午"]]);
  });
  it("is, the later it comes, the less anything that is not only details", () => {
    const sentence = "明天我们厂里要停电";
    const slots = (meaning: Understanding, minutes: number) => {
      const { events } = said(sentence, {
        ...asked,
        lastAt: 0,
        askedAt: NOW - minutes * MINUTE,
        means: { [sentence]: meaning },
      });
      return events;
    };
    expect(slots(isTalk, 5)).toContain("detailed");
    expect(slots(isTalk, 11)).toEqual([]);
    expect(slots(isUnclear("dues"), 1)).toContain("detailed");
    expect(slots(isUnclear("dues"), 3)).toEqual(["opened", "detailed"]);
    expect(slots(isUnclear("venue"), 3)).toEqual(["noted", "detailed"]);
  });
  it("corrects what was known only where it says so", () => {
    const known = given("017", ["matched", "detailed"], { text: "想借会议室" });
    const how = { tickets: [known], quote };
    for (const text of ["改到周四下午", "改 周四下午"]) {
      expect(said(text, how).ticket?.slots).toEqual([["date", "12月10日（周四）下午"]]);
    }
    const { ticket, events } = said("补充 今天能给答复吗", how);
    expect(events).toEqual(["noted"]);
    expect(ticket?.slots).toEqual(known.ticket.slots);
  });
  it("of a helper's is progress, not an answer", () => {
    expect(said("周三下午三楼可以用", { by: "sun.san", tickets: [venue], quote }).ticket?.slots).toEqual([]);
  });
});

describe("whatever is typed to the question for details", () => {
  it("is decided, and changes no other ticket", () => {
    const words = fc.constantFrom(
      ..."周三|下午|3号|30|人|张建国|会议室|改|017|，|好|不|再借|#1207-018|时间|前|？".split("|"),
    );
    const typed = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 40 }),
      fc.array(words, { maxLength: 8 }).map((all) => all.join("")),
    );
    const meanings = fc.constantFrom(
      isTalk,
      isOther,
      isUnclear("venue", "dues"),
      isItem("venue"),
      isItem("dues"),
      isCommand("leave"),
    );
    fc.assert(
      fc.property(typed, meanings, fc.boolean(), (text, meaning, quoted) => {
        fc.pre(!/018|__proto__/u.test(text));
        const { decision } = said(text, {
          ...asked,
          tickets: [venue, lecturer],
          means: { [text]: meaning },
          quote: quoted ? quote : null,
        });
        expect(decision.changes.map(({ after }) => after.id)).not.toContain("T018");
      }),
      { numRuns: 400 },
    );
  });
});

describe("beside the question for the enterprise", () => {
  const nameless = given("017", ["matched"], {
    text: "想借会议室",
    conversation: "wecom:wrGROUP02",
    asker: "wecom:liu.fang",
    enterprise: null,
  });
  const there = {
    chat: "wrGROUP02",
    by: "liu.fang",
    tickets: [nameless],
    ask: { kind: "enterprise", ticket: "T017", options: [], misses: 0 } as const,
  };
  it("the receipt asks for both, and the details may come first", () => {
    const { answer, asks } = said("想借会议室", {
      chat: "wrGROUP02",
      by: "liu.fang",
      means: { 想借会议室: isItem("venue") },
    });
    expect(answer).toMatch(/请补充：.*\n\n.*请问您是哪家企业/su);
    expect(asks).toEqual(["enterprise"]);
    const first = said("周三下午，三十人", there);
    expect(first.events).toEqual(["noted", "detailed"]);
    // The enterprise is still asked for.
    expect(first.asks).toEqual([]);
  });
  it("the enterprise may come first, and the details after it", () => {
    const { events, asks } = said("明州服饰", there);
    expect(events).toEqual(["located"]);
    expect(asks).toEqual(["details"]);
  });
  it("both may come in one message", () => {
    const { events, ticket, told, asks } = said("明州服饰，周三下午，三十人", there);
    expect(events).toEqual(["located", "detailed"]);
    expect(told.at(-1)?.text).toContain("需求：12月9日（周三）下午　30人");
    expect(asks).toEqual([null]);
    expect(ticket).toMatchObject({ enterprise: "明州服饰有限公司" });
  });
});

describe("a moment after a request", () => {
  const after = { tickets: [venue], last: venue, lastAt: NOW - MINUTE };
  it.each([isTalk, isCommand("leave"), isOther, isItem("care"), isUnclear("care")])(
    "nothing but details joins it, whatever it reads like",
    (meaning) => {
      const { events, answer } = said("大概三十人吧", { ...after, means: { 大概三十人吧: meaning } });
      expect(events).toEqual(["noted", "detailed"]);
      expect(answer).toBe("【#1207-017 已补充】大概三十人吧\n需求：约30人");
    },
  );
  it("what goes on about it joins, though it reads like talk or an order that cannot be given", () => {
    for (const text of ["最好带投影的", "还要能放音乐", "周三要开到五点"]) {
      for (const meaning of [isTalk, isCommand("leave")]) {
        expect(said(text, { ...after, means: { [text]: meaning } }).events[0]).toBe("noted");
      }
    }
  });
  it("what tells something in answer to the question for details joins, though it fills nothing", () => {
    const just = { ...after, ask };
    const means = { 在我们厂三楼讲: isTalk, 会议室要安静一点的: isItem("venue"), 再借一间会议室: isItem("venue") };
    expect(said("在我们厂三楼讲", { ...just, means }).events).toEqual(["noted"]);
    expect(said("会议室要安静一点的", { ...just, means }).events).toEqual(["noted"]);
    expect(said("再借一间会议室", { ...just, means }).events).toContain("opened");
    for (const text of ["中午食堂吃什么", "你们几点下班", "好的，谢谢小帮手", "收到，辛苦各位老师了"]) {
      expect(said(text, just).events).toEqual([]);
    }
  });
  it("what goes on about the same item is one request with it; what asks for one more is not", () => {
    const login = given("017", ["matched"], { item: "account", text: "登不上锋领e家了" });
    const just = { tickets: [login], last: login, lastAt: NOW - MINUTE };
    const texts = ["提示密码错误", "李四的也登不上", "帮我们再开一个账号"];
    const means = Object.fromEntries(texts.map((text) => [text, isItem("account")]));
    expect(said("提示密码错误", { ...just, means }).events).toEqual(["noted"]);
    for (const text of texts.slice(1)) expect(said(text, { ...just, means }).events).toContain("opened");
    expect(said("提示密码错误", { ...just, means, lastAt: NOW - 3 * MINUTE }).events).toContain("opened");
  });
  it("what only tells when, or what for, joins, whatever it is taken for", () => {
    for (const text of ["周六志愿活动用", "给新党员过政治生日用"]) {
      expect(said(text, { ...after, means: { [text]: isItem("volunteer") } }).events[0]).toBe("noted");
    }
  });
  it("what nobody begins a request with joins, whatever it is taken for", () => {
    expect(said("用来开党员大会", { ...after, means: { 用来开党员大会: isItem("branch-meeting") } }).events).toEqual([
      "noted",
    ]);
  });
  it("thanks, greetings and talk do not", () => {
    for (const text of ["谢谢小帮手", "好的，辛苦了", "麻烦各位了", "大家早", "中午食堂吃什么"]) {
      expect(said(text, after).events).toEqual([]);
    }
  });
  it("an item or something that no item covers is a request of its own", () => {
    expect(said("还要交党费", { ...after, means: { 还要交党费: isItem("dues") } }).events).toContain("opened");
    const hardly = { ...isOther, confidence: 0.4 };
    expect(said("需要准备什么", { ...after, means: { 需要准备什么: hardly } }).events).toEqual(["noted"]);
    expect(said("还要讨薪", { ...after, means: { 还要讨薪: isOther } }).events).toContain("opened");
  });
  it("later it does not join, and a colleague's does not", () => {
    expect(said("最好带投影的", { ...after, lastAt: NOW - 3 * MINUTE }).events).toEqual([]);
    expect(said("最好带投影的", { tickets: [venue], by: "xu.da" }).events).toEqual([]);
  });
});
