/** 督办: who hears of it, where, and how the answer comes back. */
import { describe, expect, it } from "vitest";
import { address } from "../../../src/desk/lines/addressing.ts";
import type { Happening } from "../../../src/desk/ticket/event.ts";
import type { StoredTicket } from "../../../src/desk/ticket/ticket-record.ts";
import {
  type Given,
  given,
  type HAPPENINGS,
  isCommand,
  MINUTE,
  NOW,
  quoteOf,
  reading,
  said,
  sceneOf,
  setting,
  station,
  stepped,
} from "../scene-given.ts";

const open = given("017", ["matched"]);
const accepted = given("017", ["matched", "accepted"]);
const supervisedBy = (by: string, conversation = "wecom:wrLEADERS") =>
  ({ event: "supervised", text: "请抓紧", conversation, by }) as Happening;
const supervised = given("017", ["matched", "accepted", supervisedBy("l01")]);
const quote = quoteOf("017");
const leader: Given = { by: "li.si", chat: "wrLEADERS" };
const owner: Given = { by: "sun.san", chat: "wrGROUP01", quote };
const WORD = "督办 017 请抓紧，今天务必答复";

describe("a leader says 督办", () => {
  it("with a bare number of any group: an event, how it stands, owner and chief hear it in the leader's words", () => {
    const { events, ticket, answer, told } = said(WORD, { ...leader, tickets: [accepted] });
    expect(events).toEqual(["supervised"]);
    expect(ticket?.supervisors).toEqual([{ by: "l01", conversation: "wecom:wrLEADERS", at: NOW }]);
    expect(answer).toBe(
      [
        "【#1207-017 正在办理】活动场地协调",
        "诉求：周三下午借一间会议室",
        "帮办员：帮办员丙（南社区服务点）　承诺：今日 18:00 前",
        "督办中：领导丁",
        "督办意见已转承办人帮办员丙、首席帮办员甲，办理情况将单独报您",
      ].join("\n"),
    );
    expect(told.map(({ to }) => to)).toEqual(["h02*", "chief*"]);
    expect(told[0]?.text).toBe(
      [
        "【#1207-017 领导督办】活动场地协调　恒通汽配有限公司",
        "领导丁：请抓紧，今天务必答复",
        "承诺：今日 18:00 前。请引用本条并@小帮手 回复：进展 内容 / 办结 结果，将同时报领导丁；不便告知企业的，请回复：内部 内容",
      ].join("\n"),
    );
    expect(told[1]?.text).toContain("承办：帮办员丙。请督促");
  });
  it("by a quote, one-to-one, by a full number, and by free words beside a number", () => {
    for (const how of [
      { ...leader, quote },
      { ...leader, chat: null, quote },
    ] satisfies Given[]) {
      expect(said("督办 请抓紧", { ...how, tickets: [open] }).events).toEqual(["supervised"]);
    }
    expect(said("督办 1207-017", { ...leader, tickets: [open] }).told[0]?.text).toContain("领导丁：请抓紧办理");
    expect(said("督办一下", { ...leader, quote, tickets: [open] }).events).toEqual(["supervised"]);
    const text = "这件我盯着，明天给我结果";
    const means = { [text]: isCommand("supervise", 0.7) };
    expect(said(text, { ...leader, quote, tickets: [open], means }).events).toEqual(["supervised"]);
  });
  it("the owner is away: whoever stands in hears of it; nobody is responsible yet: the chief does", () => {
    const away = new Map([["h02", { away: [{ from: "2026-12-07", to: "2026-12-08", deputy: "h03" }], back: [] }]]);
    expect(said(WORD, { ...leader, tickets: [open], leaves: away }).told.map(({ to }) => to)).toEqual([
      "h03*",
      "chief*",
    ]);
    expect(said(WORD, { ...leader, tickets: [given("017")] }).told.map(({ to }) => to)).toEqual(["chief*"]);
    const chiefs = given("017", ["matched"], { owner: "chief" });
    expect(said(WORD, { ...leader, tickets: [chiefs] }).told.map(({ to }) => to)).toEqual(["chief*"]);
  });
  it("in a company's group: what they said and that they did is repeated to nobody there", () => {
    const { answer, events } = said("督办 请抓紧", { by: "li.si", quote, tickets: [open] });
    expect(events).toEqual(["supervised"]);
    expect(answer).toBe("【#1207-017 已督办】督办意见已转承办人帮办员丙、首席帮办员甲，办理情况将单独报您");
  });
  it("of two that fit: they are asked which", () => {
    const older = given("017", ["matched", "accepted"], {
      id: "T-old",
      number: "20261204-017",
      received: NOW - 3 * 86_400_000,
    });
    const { answer, asks, events } = said(WORD, { ...leader, tickets: [open, older] });
    expect(events).toEqual([]);
    expect(asks).toEqual(["which"]);
    expect(answer).toContain("1 #1207-017");
    expect(answer).toContain("2 #1204-017");
  });
  it("of none: they are told how, or that there is no such number", () => {
    expect(said("督办 请抓紧", leader).answer).toContain(
      "请写明督办哪一件：引用那一件的消息并@小帮手 回复，或写上编号",
    );
    expect(said(WORD, leader).answer).toContain("没有查到编号为 017 的工单");
  });
  it("twice: the second word goes out as well, and they stand there once", () => {
    const { ticket, told } = said(WORD, { ...leader, tickets: [supervised] });
    expect(told).toHaveLength(2);
    expect(ticket?.supervisors).toHaveLength(1);
  });
});

describe("who may not, and what cannot be supervised", () => {
  it.each(["sun.san", "qian.er"])("%s is told who may", (by) => {
    expect(said("督办 快点", { by, quote, tickets: [open] }).answer).toContain(
      "“督办”由领导或首席帮办员提出，本次未生效",
    );
  });
  it("the chief may, by its own word alone", () => {
    expect(said(WORD, { by: "zhao.yi", chat: null, tickets: [open] }).told.map(({ to }) => to)).toEqual(["h02*"]);
    const text = "要盯紧";
    const free = said(text, { by: "zhao.yi", quote, tickets: [open], means: { [text]: isCommand("supervise", 0.9) } });
    expect(free.events).not.toContain("supervised");
  });
  it.each<[string, readonly (keyof typeof HAPPENINGS)[], string]>([
    ["is resolved", ["matched", "accepted", "resolved"], "办结，未作督办"],
    ["is closed", ["matched", "accepted", "resolved", "closed"], "结果：三楼会议室，已留座"],
    ["was withdrawn", ["matched", "withdrawn"], "本件已撤回，不再办理，不能督办"],
    ["was declined", ["matched", "accepted", "declined"], "本件不予受理，不再办理"],
    ["was merged", ["matched", "accepted", "merged"], "请督办那一件：@小帮手 督办 1207-016"],
  ])("what %s is told with how it ended", (_, story, words) => {
    const { answer, events, told } = said("督办 1207-017 请抓紧", { ...leader, tickets: [given("017", story)] });
    expect(events).toEqual([]);
    expect(told).toEqual([]);
    expect(answer).toContain(words);
  });
  it("what was rated low may be, until it is called back", () => {
    const low = given("017", ["matched", "accepted", "resolved", { event: "rated", rating: 1, callBackBy: NOW + 1 }]);
    expect(said(WORD, { ...leader, tickets: [low] }).events).toEqual(["supervised"]);
  });
});

describe("what comes of it goes back to the leader", () => {
  const news = (text: string, how: Given, tickets: readonly StoredTicket[] = [supervised]) =>
    said(text, { ...how, tickets })
      .told.filter(({ to }) => to === "l01*")
      .map((line) => line.text);

  it.each<[string, Given, string]>([
    ["进展 已联系三楼，下午给答复", owner, "帮办员丙：已联系三楼，下午给答复"],
    ["内部 场地方在推诿", { ...owner, chat: "wrHELPERS" }, "帮办员丙：场地方在推诿"],
    ["办结 三楼会议室，已留座", owner, "已办结，用时 10 分，按时。结果：三楼会议室，已留座"],
    [
      "延期 周四下午三点 场地方开会",
      owner,
      "帮办员丙申请延至 12月10日（周四）15:00，待首席帮办员决定，原因：场地方开会",
    ],
    ["转办 帮办员辛 我出差", owner, "现由帮办员辛（南社区服务点）办理，原因：我出差"],
    ["退回 不是本片", owner, "现由首席帮办员甲办理，原因：不是本片"],
    ["等待 请提供名单", owner, "正在等待诉求人：请提供名单"],
    ["撤回", { by: "wang.min", quote }, "诉求人已撤回"],
    ["派 帮办员辛", { by: "zhao.yi", quote }, "现由帮办员辛"],
  ])("%s", (text, how, words) => {
    const [line, ...more] = news(text, how);
    expect(line).toContain("【#1207-017 督办反馈】活动场地协调　恒通汽配有限公司\n");
    expect(line).toContain(words);
    expect(more).toEqual([]);
  });
  it("also when it is rated low, called back, and opened again", () => {
    const done = given("017", ["matched", "accepted", supervisedBy("l01"), "resolved"]);
    expect(news("1", { by: "wang.min", quote }, [done])[0]).toContain("诉求人评价：非常不满意");
    expect(news("未解决", { by: "wang.min", quote }, [done])[0]).toContain("诉求人反映未解决，重新办理");
    expect(news("5", { by: "wang.min", quote }, [done])).toEqual([]);
  });
  it("also when the clock passes it on", () => {
    const stored = given("017", ["matched", supervisedBy("l01")], {
      awaited: { until: NOW - MINUTE / 2, next: "pass" },
    });
    const { told } = reading(stepped(setting(), stored, NOW));
    const [line] = told.filter(({ to }) => to === "l01*");
    expect(line?.text).toContain(
      "【#1207-017 督办反馈】活动场地协调　恒通汽配有限公司\n现由帮办员辛（南社区服务点）办理",
    );
  });
  it("not what the company says, nor what they did themselves", () => {
    expect(news("补充 要能投影", { by: "wang.min", quote })).toEqual([]);
    expect(news("催办", { by: "wang.min", quote })).toEqual([]);
    expect(said("督办 再抓紧", { ...leader, quote, tickets: [supervised] }).told.map(({ to }) => to)).not.toContain(
      "l01*",
    );
  });
  it("whoever did it hears that it was reported, where no company reads along", () => {
    expect(said("进展 在联系", { ...owner, chat: "wrHELPERS", tickets: [supervised] }).answer).toContain(
      "以上情况已同时报领导丁",
    );
    expect(said("进展 在联系", { ...owner, tickets: [supervised] }).answer).not.toContain("领导");
  });
  it("where they spoke: the leaders' group mentions them; one-to-one stays so, and no company's group is among the ways", () => {
    const waysOf = (conversation: string) => {
      const ticket = given("017", ["matched", "accepted", supervisedBy("l01", conversation)]);
      const scene = sceneOf("进展 在联系", { ...owner, tickets: [ticket] });
      const { decision } = said("进展 在联系", { ...owner, tickets: [ticket] });
      const line = decision.lines.find(({ audience }) => audience.kind === "staff" && audience.person === "l01");
      if (!line) throw new Error("the leader is told");
      return address(line, { ...setting(), message: scene.message }).ways;
    };
    for (const home of ["wecom:wrLEADERS", "wecom:@li.si", "wecom:wrGROUP01"]) {
      const [first, ...others] = waysOf(home);
      expect(first).toMatchObject({ kind: "webhook", channel: station.leadersGroups[0]?.channel, mention: ["li.si"] });
      expect(others).toEqual([]);
    }
  });
});

it("撤销 takes it back, and is told apart from the company", () => {
  const act = said(WORD, { ...leader, tickets: [accepted] });
  const did = act.decision.talks.find((talk) => talk.did)?.did;
  if (!did || !act.ticket) throw new Error("it is kept");
  const done = [{ ticket: act.ticket, version: "2" }];
  const back = said("撤销", { ...leader, did, overview: { done } });
  expect(back.events).toEqual(["undone"]);
  expect(back.ticket?.supervisors).toEqual([]);
  expect(back.answer).toContain("已撤销刚才的“督办”");
  expect(back.told.map(({ to }) => to)).toEqual(["h02*", "chief*"]);
});

it("that it is supervised is seen by the team, and by no company", () => {
  expect(said("查", { by: "zheng.qi", chat: "wrHELPERS", quote, tickets: [supervised] }).answer).toContain(
    "督办中：领导丁",
  );
  expect(said("查", { by: "wang.min", quote, tickets: [supervised] }).answer).not.toContain("督办");
  expect(said("查", { ...owner, tickets: [supervised] }).answer).not.toContain("督办");
});
