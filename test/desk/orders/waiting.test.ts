import { describe, expect, it } from "vitest";
import { nextStep } from "../../../src/desk/clock/next-step.ts";
import {
  given,
  isCommand,
  isItem,
  isUnclear,
  MINUTE,
  NOW,
  OPENED,
  quoteOf,
  reading,
  said,
  setting,
  stepped,
  TIMES,
} from "../scene-given.ts";

const accepted = given("017", ["matched", "accepted"]);
const since = NOW - 60 * MINUTE;
/** Waiting since 08:42, which is 30 minutes of the working day at NOW. */
const paused = given("017", ["matched", "accepted", "paused"], {
  pause: { since: NOW - 30 * MINUTE, until: NOW + 3 * 24 * 60 * MINUTE, reason: "等名单" },
});
const quote = quoteOf("017");
const by = { by: "sun.san", tickets: [accepted], quote };
const waiting = { tickets: [paused], ask: { kind: "waiting" as const, ticket: "T017" } };

describe("what a company is asked for", () => {
  it.each([
    ["等人数", "需请您补充：人数"],
    ["等企业提供参会名单", "需请您补充：参会名单"],
    ["缺营业执照", "需请您补充：营业执照"],
    ["请告知人数", "请告知人数"],
  ])("%s", (reason, asked) => {
    const { told } = said(`等待 ${reason}`, {
      by: "sun.san",
      tickets: [given("017", ["matched", "accepted"])],
      quote: quoteOf("017"),
    });
    expect(told[0]?.text).toContain(`【#1207-017 等待补充】${asked}\n`);
  });
});

describe("等待 原因", () => {
  it("stops the clock, and the asker is told what is needed", () => {
    const { answer, told, events, ticket, decision } = said("等待 请提供参会名单", by);
    expect(events).toEqual(["paused"]);
    // Thursday, the same time: three working days later.
    const until = NOW + 3 * 24 * 60 * MINUTE;
    expect(ticket).toMatchObject({ state: "paused", due: OPENED.due, pause: { since: NOW, until } });
    expect(told).toEqual([
      {
        to: "wecom:wang.min",
        text: "【#1207-017 等待补充】请提供参会名单\n等待期间计时暂停，至迟 12月10日（周四）09:12 恢复。请引用本条并@小帮手 回复，收到即继续办理",
      },
    ]);
    expect(answer).toContain("计时暂停，至迟 12月10日（周四）09:12 恢复。已告知诉求人");
    expect(decision.talks.at(-1)).toMatchObject({ who: "wecom:wang.min", ask: { ask: { kind: "waiting" } } });
    expect(nextStep(ticket ?? accepted.ticket, TIMES)).toEqual({ at: until, step: "pause-over" });
  });

  it("accepts an open one first, in free words too", () => {
    const text = "缺身份证复印件，等您补";
    const means = { [text]: isCommand("wait") };
    expect(said(text, { ...by, tickets: [given("017", ["matched"])], means }).events).toEqual(["accepted", "paused"]);
  });

  it("needs a reason", () => {
    const { answer, asks, events } = said("等待", by);
    expect(answer).toContain("请写明原因");
    expect(asks).toEqual(["words"]);
    expect(events).toEqual([]);
    const ask = { kind: "words" as const, ticket: "T017", act: "wait" as const, said: "", whom: null };
    expect(said("请提供参会名单", { ...by, ask }).ticket).toMatchObject({ state: "paused" });
  });

  it("is refused twice, to anybody else, and at the end", () => {
    expect(said("等待 名单", { ...by, tickets: [paused] }).answer).toContain("已在等待诉求人答复");
    expect(said("等待 名单", { ...by, by: "zheng.qi" }).answer).toContain(
      "由承办人帮办员丙或首席帮办员办理，本次未生效",
    );
    const done = given("017", ["matched", "accepted", "resolved"]);
    expect(said("等待 名单", { ...by, tickets: [done] }).answer).toContain("已办结，不能办理“等待”");
  });
});

describe("what waits for the asker", () => {
  it.each([
    ["quoted", { quote }],
    ["by the next words of the asker", {}],
  ])("goes on %s, and a promise of today stays one where there is time left for it", (_, how) => {
    const { events, ticket, told, answer } = said("名单放前台了，一共三十人", { ...waiting, ...how });
    expect(events.slice(0, 1)).toEqual(["noted"]);
    expect(events.at(-1)).toBe("resumed");
    expect(ticket).toMatchObject({ state: "accepted", pause: null, due: OPENED.due });
    expect(answer).toContain("【#1207-017 继续办理】已收到您的回复，继续办理，今日 18:00 前答复您");
    expect(told.at(-1)).toEqual({
      to: "h02",
      text: "【#1207-017 继续办理】诉求人已答复，计时恢复，今日 18:00 前答复",
    });
  });

  it("of a promise of today goes on to the close of the next day where it has waited today away", () => {
    const late = { ...waiting, now: NOW + 500 * MINUTE };
    const { answer, ticket } = said("名单放前台了", late);
    expect(ticket?.due).toBe(OPENED.due + 24 * 60 * MINUTE);
    expect(answer).toContain("12月8日（周二）18:00 前答复您");
  });

  it("goes on by 补充, by 催办, and by a colleague of the same company", () => {
    expect(said("补充 名单在前台", { ...waiting, quote }).events).toContain("resumed");
    expect(said("催办", { ...waiting, quote }).events).toEqual(["urged", "resumed"]);
    expect(said("补充 名单在前台", { ...waiting, quote, by: "xu.da" }).events).toContain("resumed");
  });

  it("goes on by the asker's next word, whatever else the desk has asked in between", () => {
    const open = given("018", ["matched"], { item: "dues" });
    const options = ["20261207-018", "20261207-017"];
    const asked = { tickets: [open, paused], ask: { kind: "which" as const, options, text: "催办" } };
    const { ticket, events } = said("发你了", asked);
    expect(events).toEqual(["noted", "resumed"]);
    expect(ticket?.number).toBe("20261207-017");
    expect(said("35", { tickets: [open, paused] }).events).toContain("resumed");
    expect(said("1", asked).ticket?.number).toBe("20261207-018");
  });

  it("goes on by a colleague's plain word, where it is the only one of theirs that waits here", () => {
    const means = { "35个人": isUnclear("venue"), 想借会议室: isItem("venue"), 在哪里交: isUnclear("dues") };
    const colleague = { by: "xu.da", tickets: [paused], means };
    expect(said("35个人", colleague).events).toContain("resumed");
    expect(said("想借会议室", colleague).events).toContain("opened");
    expect(said("在哪里交？", colleague).decision.changes.some(({ after }) => after.id === "T017")).toBe(false);
    const second = given("018", ["matched", "accepted", "paused"]);
    expect(said("35个人", { ...colleague, tickets: [paused, second] }).events).toContain("opened");
    const own = given("019", ["matched"], { asker: "wecom:xu.da" });
    expect(said("35个人", { ...colleague, tickets: [paused, own] }).asks).toEqual(["which"]);
    expect(said("35个人", { ...colleague, chat: "wrGROUP02" }).events).not.toContain("resumed");
  });

  it("is still told what it asked for, when a colleague's word has ended the wait", () => {
    const { ask } = waiting;
    expect(said("会议室最好在一楼", { tickets: [accepted], ask }).events).toEqual(["noted"]);
    expect(said("哈哈", { tickets: [accepted], ask }).events).toEqual([]);
  });

  it("of two that wait for the same asker is asked which", () => {
    const second = given("018", ["matched", "accepted", "paused"]);
    const { answer, asks } = said("发你了", { tickets: [paused, second] });
    expect(answer).toContain("请问是哪一件？");
    expect(asks).toEqual(["which"]);
  });

  it("does not go on by thanks, by asking how it stands, or by a request of its own", () => {
    expect(said("好的，谢谢", waiting).events).toEqual([]);
    expect(said("查", { ...waiting, quote }).events).toEqual([]);
    const means = { 想请老师讲课: isItem("lecturer") };
    const { events, decision } = said("想请老师讲课", { ...waiting, means });
    expect(events).toContain("opened");
    expect(decision.changes.some(({ after }) => after.id === "T017")).toBe(false);
  });

  it("goes on when its owner accepts it again or finishes it; the time that it waited is no lateness", () => {
    expect(said("接单", { ...by, tickets: [paused] }).ticket).toMatchObject({ state: "accepted", pause: null });
    const long = given("017", ["matched", "accepted", "paused"], {
      due: since,
      pause: { since: NOW - 24 * 60 * MINUTE, until: NOW + 1, reason: "" },
    });
    const { events, told } = said("办结 三楼会议室，已留座", { ...by, tickets: [long] });
    expect(events).toEqual(["resumed", "resolved"]);
    expect(told[0]?.text).toContain("按时");
  });

  it("keeps the light it had where as little time is left, and tells nobody of it twice", () => {
    const blue = given("017", ["matched", "accepted", "paused"], {
      ...{ light: "blue", due: NOW },
      pause: { since: NOW - 30 * MINUTE, until: NOW + 1, reason: "" },
    });
    const { ticket, reminded } = said("补充 名单在前台", { tickets: [blue], quote });
    expect(ticket).toMatchObject({ light: "blue", due: NOW + 30 * MINUTE });
    expect(reminded).toEqual([]);
  });

  it("what its owner tells of it does not end it", () => {
    const { events, ticket } = said("进展 已电话提醒", { ...by, tickets: [paused] });
    expect(events).toEqual(["noted"]);
    expect(ticket?.state).toBe("paused");
  });

  it("goes on by the clock after three working days: both sides hear so", () => {
    const until = paused.ticket.pause?.until ?? 0;
    const { events, told, ticket } = reading(stepped(setting(), paused, until));
    expect(events).toEqual(["resumed"]);
    expect(ticket?.state).toBe("accepted");
    expect(told.map(({ to }) => to)).toEqual(["h02", "wecom:wang.min"]);
    expect(told[0]?.text).toContain("已等待三个工作日（等待：等名单），计时恢复，请继续办理");
    expect(told[1]?.text).toContain("尚未收到您的答复，现按已有情况继续办理");
  });
});

describe("what was late before it waited", () => {
  const at = (text: string) => Date.parse(`${text}+08:00`);
  const pausedAt = at("2026-12-08T09:00");
  const now = at("2026-12-09T10:00");
  const late = given("017", ["matched", "accepted", "light"]);
  const waits = given(
    "017",
    ["matched", "accepted", "light", { event: "paused", reason: "等名单", until: at("2026-12-11T09:00") }],
    { pause: { since: pausedAt, until: at("2026-12-11T09:00"), reason: "等名单" } },
  );

  it("is told so, and that the clock goes on", () => {
    const { answer, told } = said("等待 请提供参会名单", { ...by, tickets: [late], now: pausedAt });
    expect(told[0]?.text).toContain("请提供参会名单\n本件已超过承诺的时间，让您久等了，抱歉。请引用本条");
    expect(answer).toContain("本件已逾期，等待期间照常计时，至迟 12月11日（周五）09:00 继续办理。已告知诉求人");
  });

  it("stays due when it was, and the company hears an apology and a time that is still to come", () => {
    const { answer, told, ticket } = said("补充 名单在前台", { tickets: [waits], quote, now });
    expect(ticket).toMatchObject({ state: "accepted", due: OPENED.due, light: "yellow", broken: 1 });
    expect(answer).toContain(
      "【#1207-017 继续办理】已收到您的回复，继续办理。本件已超过承诺的时间，让您久等了，抱歉，最迟 12月10日（周四）18:00 前答复您",
    );
    expect(told.at(-1)?.text).toBe(
      "【#1207-017 继续办理】诉求人已答复，原应于 12月7日（周一）18:00 前答复，已逾期，请尽快办理",
    );
  });

  it("finished while it waits it is late all the same", () => {
    const { told } = said("办结 三楼会议室，已留座", { ...by, tickets: [waits], now });
    expect(told[0]?.text).toContain("超过承诺的 12月7日（周一）18:00");
  });

  it("is red one working day past due, whatever is waited for", () => {
    const red = at("2026-12-08T18:00");
    expect(nextStep(waits.ticket, TIMES)).toEqual({ at: red, step: "light" });
    const { ticket, reminded } = reading(stepped(setting(), waits, red));
    expect(ticket).toMatchObject({ state: "paused", light: "red" });
    expect(reminded).toContain("leaders red");
  });

  it("by the clock goes on with no time that is past", () => {
    const over = at("2026-12-11T09:00");
    const lit = { ...waits, ticket: { ...waits.ticket, light: "red" as const } };
    const { ticket, told } = reading(stepped(setting(), lit, over));
    expect(ticket?.due).toBe(OPENED.due);
    expect(told.map(({ text }) => text)).toEqual([
      "【#1207-017 继续办理】已等待三个工作日（等待：等名单），原应于 12月7日（周一）18:00 前答复，已逾期，请尽快办理",
      "【#1207-017 继续办理】尚未收到您的答复，现按已有情况继续办理。本件已超过承诺的时间，让您久等了，抱歉，最迟 12月14日（周一）18:00 前答复您",
    ]);
  });
});
