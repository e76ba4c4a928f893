import { describe, expect, it } from "vitest";
import { openStation } from "../../src/station/station.ts";
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
  said,
  station,
} from "./scene-given.ts";

const DAY = 86_400_000;
const open = given("017", ["matched"]);
const other = given("018", ["matched"]);
const accepted = given("017", ["matched", "accepted"]);
const resolved = given("017", ["matched", "accepted", "resolved"]);
const closed = given("017", ["matched", "accepted", "resolved", "rated", "closed"]);
const asking = given("017");
const quote = quoteOf("017");
const helper = "sun.san";

describe("a request", () => {
  it("is received with the point's telephone, where one is published, and nobody's mobile", () => {
    const points = station.points.map((point) => ({ ...point, phone: "0574-87654321" }));
    const at = openStation({ ...station, points, webhooks: new Map() });
    const { answer } = said("借会议室", { station: at, means: { 借会议室: isItem("venue") } });
    expect(answer).toContain("帮办员：帮办员丙（南社区服务点，电话 0574-87654321）");
    expect(answer).not.toMatch(/138/);
  });

  it("is received, and its helper is sent for", () => {
    const { answer, told, events, ticket } = said("借会议室", { means: { 借会议室: isItem("venue") } });
    expect(answer).toContain(
      "已受理】活动场地协调\n诉求：借会议室\n承诺：今日 18:00 前答复　帮办员：帮办员丙（南社区服务点）",
    );
    expect(answer).toContain("依据：“借”　不对请引用本条并@小帮手 回复：改");
    expect(told.map(({ to }) => to)).toEqual(["h02"]);
    expect(told[0]?.text).toContain(
      "请于 09:42 前接单，今日 18:00 前办结。引用本条并@小帮手 回复：接单 / 办结 结果 / 转办 谁 原因",
    );
    expect(events).toEqual(["opened", "matched"]);
    expect(ticket).toMatchObject({ owner: "h02", first: "h02", enterprise: "恒通汽配有限公司", point: "nan" });
  });

  it("for two items is two tickets in one answer", () => {
    const { answer, decision } = said("借会议室，请老师", {
      means: { "借会议室，请老师": isItem("venue", "lecturer") },
    });
    expect(decision.changes).toHaveLength(2);
    expect(answer).toContain("活动场地协调");
    expect(answer).toContain("师资课程对接");
  });

  it("of an item with a route has the invited officer beside the helper", () => {
    const { told, ticket } = said("转关系", { means: { 转关系: isItem("transfer") } });
    expect(ticket).toMatchObject({ owner: "h02", invited: "org" });
    expect(told.map(({ to }) => to)).toEqual(["h02", "org*"]);
    expect(told[1]?.text).toContain("承办：帮办员丙");
  });

  it("that no item covers goes to the chief, outside the company's group", () => {
    const { answer, told, ticket } = said("讨薪", { means: { 讨薪: isOther } });
    expect(ticket).toMatchObject({ item: "other", size: "big", owner: "chief" });
    expect(answer).toContain("已请首席帮办员甲研究办理");
    expect(told.map(({ to }) => to)).toEqual(["chief*"]);
  });

  it("that is unclear is a ticket at once, and asked about; nobody is sent for", () => {
    const { answer, told, asks, ticket } = said("办活动", { means: { 办活动: isUnclear("theme-day", "partnership") } });
    expect(answer).toContain("已收到】请问您要办的是哪一项？");
    expect(answer).toContain("1 主题党日策划\n2 结对共建与志愿服务\n0 都不是");
    expect(told).toEqual([]);
    expect(asks).toEqual(["item"]);
    expect(ticket).toMatchObject({ item: null, owner: null, state: "open" });
  });

  it("whose words are hardly a command is taken for unclear", () => {
    const means = { 我们有点事: isCommand("transfer", 0.3) };
    expect(said("我们有点事", { means }).ticket).toMatchObject({ item: null });
    expect(said("我们有点事", { means: { 我们有点事: isCommand("transfer", 0.9) } }).answer).toBe("");
    expect(said("我们有点事", { means: { 我们有点事: { ...isTalk, confidence: 0.5 } } }).ticket).toMatchObject({
      item: null,
    });
  });

  it("with pictures keeps that there were some", () => {
    const { ticket } = said("借会议室", { means: { 借会议室: isItem("venue") }, attachments: ["图片", "图片"] });
    expect(ticket?.text).toBe("借会议室 [图片×2]");
  });

  it("that begins with a word of the staff is still a request", () => {
    expect(said("走访 能来一趟吗", { means: { "走访 能来一趟吗": isItem("care") } }).events).toContain("opened");
    expect(
      said("17号下午想借会议室", { tickets: [open], means: { "17号下午想借会议室": isItem("venue") } }).events,
    ).toContain("opened");
  });

  it("quoted with nothing typed is the request", () => {
    expect(said("", { quote: "借会议室", means: { 借会议室: isItem("venue") } }).events).toContain("opened");
  });
});

describe("the enterprise", () => {
  const means = { 借会议室: isItem("venue") };
  const there = { chat: "wrGROUP02", by: "liu.fang" };
  const nameless = given("017", ["matched"], {
    conversation: "wecom:wrGROUP02",
    asker: "wecom:liu.fang",
    enterprise: null,
  });
  const ask = { kind: "enterprise" as const, ticket: "T017", options: [] as string[], misses: 0 };
  const asked = { ...there, tickets: [nameless], ask };

  it("is asked where group and memory do not tell it", () => {
    const { answer, asks, ticket } = said("借会议室", { ...there, means });
    expect(answer).toContain("请问您是哪家企业？请引用本条并@小帮手 回复企业名称");
    expect(asks).toEqual(["enterprise"]);
    expect(ticket).toMatchObject({ enterprise: null, owner: "h02" });
  });
  it("is not asked where it was remembered", () => {
    const { answer, ticket } = said("借会议室", { ...there, means, enterprise: "丽园食品有限公司" });
    expect(answer).not.toContain("哪家企业");
    expect(ticket).toMatchObject({ enterprise: "丽园食品有限公司", owner: "h01", point: "liyuan" });
  });
  it("said outright is remembered, and the helper hears it", () => {
    const { answer, told, decision } = said("明州服饰", asked);
    expect(answer).toContain("已登记】明州服饰有限公司");
    expect(told).toEqual([{ to: "h02", text: "【#1207-017 企业已确认】活动场地协调　明州服饰有限公司" }]);
    expect(decision.person).toMatchObject({ enterprise: "明州服饰有限公司" });
  });
  it("of another point calls that point's helper, and tells the first one", () => {
    const { told, ticket } = said("丽园食品", asked);
    expect(ticket).toMatchObject({ owner: "h01", first: "h02", point: "liyuan" });
    expect(told.map(({ to }) => to)).toEqual(["h01", "h02"]);
    expect(told[1]?.text).toContain("现由帮办员庚办理，您不必再办");
  });
  it("nearly said is offered by number", () => {
    const { answer, asks } = said("明洲服饰", asked);
    expect(answer).toContain("【#1207-017 确认企业】请问是这一家吗？\n1 明州服饰有限公司\n0 都不是");
    expect(asks).toEqual(["enterprise"]);
  });
  it("is taken by its number, also by quoting", () => {
    const options = { ...ask, options: ["明州服饰有限公司"] };
    expect(said("1", { ...asked, ask: options }).answer).toContain("已登记】明州服饰有限公司");
    expect(said("1", { ...asked, ask: options, quote }).answer).toContain("已登记】明州服饰有限公司");
    expect(said("0", { ...asked, ask: options }).answer).toContain("企业全称");
    expect(said("7", { ...asked, ask: options }).answer).toContain("企业全称");
  });
  it("that nobody knows is asked once more, then a person asks", () => {
    expect(said("阿里巴巴", asked).answer).toContain("没有查到“阿里巴巴”");
    const { answer, told, events } = said("阿里巴巴", { ...asked, ask: { ...ask, misses: 1 } });
    expect(answer).toContain("“阿里巴巴”不在名册中");
    expect(told).toEqual([{ to: "h02", text: "【#1207-017 请核实企业】诉求人自称“阿里巴巴”，不在名册中" }]);
    expect(events).toEqual(["noted"]);
  });
  it("where nobody is responsible then goes to the main station", () => {
    const pointless = given("017", ["matched"], { ...nameless.ticket, owner: null, point: null });
    const { ticket } = said("阿里巴巴", { ...asked, tickets: [pointless], ask: { ...ask, misses: 1 } });
    expect(ticket?.owner).toBe("h01");
  });
  it("is not what a courtesy or a new request says", () => {
    expect(said("谢谢", asked).answer).toBe("");
    expect(said("稍等一下", asked).answer).toBe("");
    expect(said("借会议室", { ...asked, means }).events).toContain("opened");
  });
  it("is answered by quoting also when another question has come since", () => {
    const { answer } = said("明州服饰", { ...asked, ask: { kind: "rate", ticket: "T018" }, quote });
    expect(answer).toContain("已登记】明州服饰有限公司");
  });
  it("can be changed, also by quoting anything; not that of a group", () => {
    expect(said("改企业 丽园食品", { ...there, quote, tickets: [accepted] }).decision.person?.enterprise).toBe(
      "丽园食品有限公司",
    );
    expect(said("改企业", there).asks).toEqual(["enterprise"]);
    expect(said("改企业 丽园食品").answer).toContain("本群登记的企业是恒通汽配有限公司");
  });
});

describe("the question which item it is", () => {
  const ask = { kind: "item" as const, ticket: "T017", options: ["venue", "dues"], misses: 0 };
  const asked = { tickets: [asking], ask };

  it.each(["2", "２", "2.", "选2", "第二个", "二", "党费收缴"])("is answered by %s", (text) => {
    const { ticket, told } = said(text, asked);
    expect(ticket).toMatchObject({ item: "dues", owner: "h02" });
    expect(told.map(({ to }) => to)).toEqual(["h02"]);
  });
  it("is answered by quoting it, also by a colleague, and after a later question", () => {
    expect(said("2", { tickets: [asking], quote, by: "xu.da" }).ticket?.item).toBe("dues");
    expect(said("2", { tickets: [asking], quote, ask: { kind: "rate", ticket: "T018" } }).ticket?.item).toBe("dues");
  });
  it("is answered in free words", () => {
    expect(said("交党费", { ...asked, means: { 交党费: isItem("dues") } }).ticket?.item).toBe("dues");
    expect(said("讨薪", { ...asked, means: { 讨薪: isOther } }).ticket?.item).toBe("other");
  });
  it.each(["0", "都不是", "其他"])("is answered by %s: the chief sees to it", (text) => {
    expect(said(text, asked).ticket).toMatchObject({ item: "other", owner: "chief" });
  });
  it.each(["没事", "没事了", "不用了", "算了"])("is answered by %s: withdrawn", (text) => {
    expect(said(text, asked).ticket?.state).toBe("withdrawn");
  });
  it("is put again after a number that it did not offer, or unclear words; then the chief sees to it", () => {
    expect(said("9", asked).answer).toContain("请问您要办的是哪一项？");
    const means = { 活动: isUnclear("theme-day", "brand") };
    expect(said("活动", { ...asked, means }).answer).toContain("1 主题党日策划");
    expect(said("活动", { ...asked, means, ask: { ...ask, misses: 1 } }).ticket?.item).toBe("other");
  });
  it("is not answered by thanks, nor the day after", () => {
    expect(said("谢谢", asked).answer).toBe("");
    expect(said("2", { ...asked, askedAt: NOW - 25 * 3_600_000 }).answer).toBe("");
  });
  it("is over when the chief has the ticket: a request is a request, a number or what was offered an answer", () => {
    const withChief = given("017", ["matched"], { item: "other", owner: "chief", first: "chief", size: "big" });
    const over = { tickets: [withChief], ask: { ...ask, of: null }, askedAt: NOW - 18 * MINUTE };
    const means = { 宿舍空调坏了没人修: isOther, 想请老师来讲课: isItem("lecturer"), 交党费: isItem("dues") };
    for (const text of ["宿舍空调坏了没人修", "想请老师来讲课"]) {
      const { events, ticket } = said(text, { ...over, means });
      expect(events).toEqual(["opened", "matched"]);
      expect(ticket?.text).toBe(text);
    }
    for (const text of ["2", "交党费"]) expect(said(text, { ...over, means }).ticket?.item).toBe("dues");
    expect(said("2", { ...over, means }).ticket?.number).toBe("20261207-017");
  });
  it("held over night is answered in the morning by what was offered; another request is one of its own", () => {
    const evening = { ...asked, ask: { ...ask, of: null }, askedAt: NOW - 12 * 60 * MINUTE };
    const means = { 想请老师来讲课: isItem("lecturer"), 交党费: isItem("dues") };
    expect(said("想请老师来讲课", { ...evening, means }).events).toEqual(["opened", "matched"]);
    expect(said("交党费", { ...evening, means }).ticket).toMatchObject({ id: "T017", item: "dues" });
    expect(said("没事了", evening).ticket?.state).toBe("withdrawn");
  });
  it("is put again to whoever urges", () => {
    expect(said("催办", { tickets: [asking] }).answer).toContain("请问您要办的是哪一项？");
  });
});

describe("改", () => {
  const asker = { tickets: [open], quote };
  it("alone offers the runners-up", () => {
    const { answer, asks } = said("改", asker);
    expect(answer).toContain("1 党费收缴\n2 党员教育与关怀\n3 积分亮灯处理");
    expect(asks).toEqual(["item"]);
  });
  it("with an item, its number or its name changes to it, and the helper hears so", () => {
    for (const text of ["改 交党费", "改 1", "改：党费收缴"]) {
      const { ticket, told } = said(text, { ...asker, means: { 交党费: isItem("dues") } });
      expect(ticket?.item).toBe("dues");
      expect(told[0]?.text).toContain("诉求人更正为：党费收缴");
    }
  });
  it("with a time or a number of people is a supplement", () => {
    const { events, told } = said("改到周四下午", { ...asker, means: { 改到周四下午: isCommand("leave", 0.5) } });
    expect(events).toEqual(["noted", "detailed"]);
    expect(told[0]?.text).toBe("【#1207-017 诉求人补充】改到周四下午\n需求：12月10日（周四）下午");
  });
  it("leaves an accepted ticket with whoever accepted it, unless the chief has to see to it", () => {
    const means = { 讨薪: isOther, 交党费: isItem("dues") };
    expect(said("改 交党费", { tickets: [accepted], quote, means }).ticket).toMatchObject({ owner: "h02" });
    const { ticket, told } = said("改 讨薪", { tickets: [accepted], quote, means });
    expect(ticket?.owner).toBe("chief");
    expect(told.map(({ to }) => to)).toEqual(["chief*", "h02"]);
  });
});

describe("a helper", () => {
  it.each([
    ["接单", { quote }],
    ["#1207-017 接单", {}],
    ["1207-017 接单", {}],
    ["017接单", {}],
    ["17号 接单", {}],
    ["接单", {}],
    ["这单我来", { quote, means: { 这单我来: isCommand("accept") } }],
    ["这单我来", { means: { 这单我来: isCommand("accept") } }],
  ])("accepts by %s %o", (text, how) => {
    const { answer, ticket, events } = said(text, { by: helper, tickets: [open], ...how });
    expect(answer).toBe("【#1207-017 正在办理】帮办员丙已接单，今日 18:00 前答复");
    expect(events).toEqual(["accepted"]);
    expect(ticket?.owner).toBe("h02");
  });
  it("of the same point who accepts looks after it from now on, and the first one hears so", () => {
    const { ticket, told } = said("接单", { by: "wang.ba", tickets: [open], quote });
    expect(ticket).toMatchObject({ state: "accepted", owner: "h03", first: "h02" });
    expect(told).toEqual([{ to: "h02", text: "【#1207-017 已由他人承办】本件现由帮办员辛办理，您不必再办" }]);
  });
  it("who accepts in another group: the company hears it in its own", () => {
    const { told } = said("#1207-017 接单", { by: helper, chat: "wrHELPERS", tickets: [open] });
    expect(told.map(({ to }) => to)).toEqual(["wecom:wang.min"]);
  });
  it("cannot accept what somebody has", () => {
    const { answer, events } = said("接单", { by: "wang.ba", tickets: [accepted], quote });
    expect(answer).toBe("【#1207-017 未办理】本件已由帮办员丙（南社区服务点）办理，不能办理“接单”");
    expect(events).toEqual([]);
  });
  it("tells progress, which accepts what is open", () => {
    const { events, told } = said("进展 在联系三楼", { by: helper, tickets: [open], quote });
    expect(events).toEqual(["accepted", "noted"]);
    expect(told).toEqual([{ to: "wecom:wang.min", text: "【#1207-017 正在办理】帮办员丙：在联系三楼" }]);
  });
  it("tells progress in any words, by quote or on the only ticket here", () => {
    expect(said("三楼会议室可以用", { by: helper, tickets: [accepted], quote }).events).toEqual(["noted"]);
    const means = { 三楼可以用: isUnclear("venue") };
    expect(said("三楼可以用", { by: helper, tickets: [accepted], means }).events).toEqual(["noted"]);
    expect(said("好的", { by: helper, tickets: [accepted], quote }).answer).toBe("");
  });
  it("sends a picture as progress", () => {
    const { told } = said("", { by: helper, tickets: [accepted], quote, attachments: ["图片"] });
    expect(told[0]?.text).toContain("［图片×1］");
  });
  it("resolves with a result; an open ticket is accepted first", () => {
    const { events, told, answer, decision } = said("办结 三楼会议室，已留座", { by: helper, tickets: [open], quote });
    expect(events).toEqual(["accepted", "resolved"]);
    expect(answer).toBe("【#1207-017 已办结】结果已转告诉求人，并请其评价");
    expect(told[0]?.text).toContain("用时 10 分，按时\n结果：三楼会议室，已留座\n请评价，引用本条并@小帮手 回复数字");
    expect(decision.talks[0]).toMatchObject({ who: "wecom:wang.min", ask: { ask: { kind: "rate", ticket: "T017" } } });
  });
  it.each(["办结 已重置", "办结 已寄出"])("%s is a short result", (text) => {
    expect(said(text, { by: helper, tickets: [accepted], quote }).events).toEqual(["resolved"]);
  });
  it.each(["办结", "办结 好了", "办结 已经弄好了", "办结：搞定", "办结 好了谢谢大家"])("%s is no result", (text) => {
    const { answer, events, asks } = said(text, { by: helper, tickets: [accepted], quote });
    expect(answer).toContain("请写明办理结果，引用本条并@小帮手 回复：办结 结果");
    expect(events).toEqual([]);
    expect(asks).toEqual(["result"]);
  });
  it("gives the result that was missing without saying 办结 again", () => {
    const ask = { kind: "result" as const, ticket: "T017" };
    for (const how of [{ quote }, {}]) {
      expect(said("三楼会议室，已留座", { by: helper, tickets: [accepted], ask, ...how }).events).toEqual(["resolved"]);
    }
    expect(said("进展 还在联系", { by: helper, tickets: [accepted], ask, quote }).events).toEqual(["noted"]);
  });
  it("who is late says so to the company, with an apology", () => {
    const { told } = said("办结 三楼会议室", { by: helper, tickets: [accepted], quote, now: NOW + DAY });
    expect(told[0]?.text).toContain("超过承诺的 12月7日（周一）18:00，让您久等了，抱歉");
  });
  it("cannot do what belongs to another, and is told who can", () => {
    const { answer } = said("办结 三楼会议室", { by: "wang.ba", tickets: [accepted], quote });
    expect(answer).toBe("【#1207-017 未办理】“办结”由承办人帮办员丙或首席帮办员办理，本次未生效");
    expect(said("撤回", { by: helper, tickets: [open], quote }).answer).toContain("由诉求人本人");
  });
  it("acts on no other ticket than the one that was numbered", () => {
    for (const text of ["018 接单", "18号 接单", "1207-018 接单", "#1207-018 接单"]) {
      const { answer, events } = said(text, { by: helper, tickets: [open] });
      expect(answer).toContain("没有查到编号为");
      expect(events).toEqual([]);
    }
  });
  it("with several is asked which, by number; the words are kept", () => {
    const two = { by: helper, tickets: [open, other] };
    const asked = said("接单", two);
    expect(asked.answer).toContain("请问是哪一件？\n1 #1207-017 活动场地协调　周三下午借一间会议室\n2 #1207-018");
    const ask = { kind: "which" as const, options: ["20261207-017", "20261207-018"], text: "接单" };
    for (const how of [{}, { quote: asked.answer }]) {
      const { events, ticket } = said("2", { ...two, ask, ...how });
      expect(events).toEqual(["accepted"]);
      expect(ticket?.number).toBe("20261207-018");
    }
    expect(said("018 接单", { ...two, quote: asked.answer }).ticket?.number).toBe("20261207-018");
  });
  it("asks how it stands with 办结了吗, and does not resolve", () => {
    for (const by of [helper, "zhao.yi", "wang.min"]) {
      const { answer, events } = said("办结了吗", { by, tickets: [accepted], quote });
      expect(answer).toContain("【#1207-017 正在办理】活动场地协调");
      expect(events).toEqual([]);
    }
    expect(said("进展", { by: "wang.min", tickets: [accepted], quote }).answer).toContain("承诺：");
    expect(said("进展", { by: helper, tickets: [accepted], quote }).answer).toContain("请写明进展");
  });
  it("who types what reads like a request is asked whether to register it", () => {
    const means = { 恒通要借会议室: isItem("venue") };
    expect(said("恒通要借会议室", { by: "zheng.qi", means }).asks).toEqual(["on-behalf"]);
    const ask = { kind: "on-behalf" as const, text: "恒通要借会议室" };
    const { ticket, events } = said("1", { by: "zheng.qi", means, ask });
    expect(events).toEqual(["opened", "matched"]);
    expect(ticket).toMatchObject({ recorder: "h01", enterprise: "恒通汽配有限公司" });
    expect(said("不用", { by: "zheng.qi", means, ask }).answer).toBe("好的，未登记");
    expect(said("大家辛苦了", { by: "zheng.qi", ask }).answer).toBe("");
  });
  it("hears who may where it is not for helpers", () => {
    expect(said("督办 尽快", { by: helper, tickets: [open], quote }).answer).toBe(
      "【#1207-017 未办理】“督办”由领导或首席帮办员提出，本次未生效",
    );
    expect(said("督办 这件", { by: helper }).answer).toBe("“督办”由领导或首席帮办员提出，本次未生效");
  });
});

describe("a ticket of a single chat or a group without a webhook", () => {
  const single = given("017", ["matched", "accepted"], { conversation: "wecom:@wang.min" });
  const unlisted = given("017", ["matched", "accepted"], { conversation: "wecom:wrX" });
  it("is answered where it was opened", () => {
    const { answer, told } = said("办结 三楼会议室", {
      by: helper,
      chat: "wrX",
      toldPlace: true,
      tickets: [unlisted],
      quote,
    });
    expect(answer).toContain("结果：三楼会议室");
    expect(told).toEqual([]);
  });
  it("cannot be spoken to from elsewhere, and the helper is told", () => {
    const { answer, told } = said("办结 三楼会议室", { by: helper, chat: "wrHELPERS", tickets: [single], quote });
    expect(answer).toContain("请电话告知结果");
    expect(told).toEqual([]);
  });
});

describe("the asker", () => {
  const asker = { tickets: [open], quote };
  it("supplements, by word, in free words, with a picture", () => {
    expect(said("补充 要投影仪", asker).told).toEqual([{ to: "h02", text: "【#1207-017 诉求人补充】要投影仪" }]);
    expect(said("还要投影仪", { ...asker, means: { 还要投影仪: isUnclear("venue") } }).events).toEqual(["noted"]);
    expect(said("", { ...asker, attachments: ["图片"] }).told[0]?.text).toContain("［图片×1］");
    expect(said("补充 如图", { ...asker, attachments: ["图片"] }).told[0]?.text).toContain("如图 ［图片×1］");
    expect(said("补充", asker).answer).toContain("请引用本条并@小帮手 回复：补充 内容");
  });
  it("says thanks, and nothing happens", () => {
    for (const tickets of [[open], [resolved]])
      expect(said("谢谢", { tickets, quote, means: { 谢谢: isTalk } }).answer).toBe("");
  });
  it("urges: the helper, and once late the chief too", () => {
    expect(said("催办", asker).told.map(({ to }) => to)).toEqual(["h02"]);
    expect(said("催办", { ...asker, now: NOW + DAY }).told.map(({ to }) => to)).toEqual(["h02", "chief*"]);
  });
  it("withdraws", () => {
    const { ticket, told } = said("撤回", asker);
    expect(ticket?.state).toBe("withdrawn");
    expect(told).toEqual([{ to: "h02", text: "【#1207-017 诉求人撤回】本件不必再办" }]);
  });
  it("asks how it stands, with 查, with the number alone, with the quote alone", () => {
    for (const [text, how] of [
      ["查", {}],
      ["017", {}],
      ["", { quote }],
    ] as const) {
      expect(said(text, { tickets: [open], ...how }).answer).toContain("【#1207-017 待接单】活动场地协调\n诉求：");
    }
    expect(said("查", { tickets: [open, other] }).answer.split("\n")).toHaveLength(2);
    expect(said("查").answer).toContain("没有正在办理的工单");
  });
  it("a colleague may urge, not withdraw; a stranger may nothing", () => {
    expect(said("催办", { ...asker, by: "xu.da" }).events).toEqual(["urged"]);
    expect(said("撤回", { ...asker, by: "xu.da" }).answer).toContain("由诉求人本人或代录人");
    const stranger = { by: "liu.fang", chat: "wrGROUP02", tickets: [open] };
    expect(said("#1207-017 查", stranger).answer).toContain("由诉求人或同企业的同事");
    // Without its mark it is text there.
    expect(said("1207-017 谢谢", stranger).answer).toBe("");
  });
  it("with nothing open hears so, instead of silence", () => {
    expect(said("不办了吧", { means: { 不办了吧: isCommand("withdraw") } }).answer).toContain("没有正在办理的工单");
  });
});

describe("a rating", () => {
  const by = { tickets: [resolved], quote };
  it.each([
    ["5", 5],
    ["５", 5],
    ["5 非常满意", 5],
    ["5分，办得快", 5],
    ["给四星", 4],
    ["满意", 4],
    ["谢谢，很满意", 5],
    ["基本满意", 3],
    ["没有不满意的", 4],
    ["没什么不满意，挺好", 4],
  ])("%s closes", (text, rating) => {
    const { ticket, told } = said(text, by);
    expect(ticket).toMatchObject({ state: "closed", rating });
    expect(told).toEqual([]);
  });
  it.each([
    ["2", 2],
    ["不满意", 2],
    ["1", 1],
    ["非常不满意，拖了三天", 1],
  ])("%s stays resolved, and the chief is told", (text, rating) => {
    const { ticket, told } = said(text, by);
    expect(ticket).toMatchObject({ state: "resolved", rating });
    expect(told.map(({ to }) => to)).toEqual(["chief*"]);
  });
  it("answers the question without a quote; without either it is talk", () => {
    expect(said("5", { tickets: [resolved], ask: { kind: "rate", ticket: "T017" } }).events).toEqual([
      "rated",
      "closed",
    ]);
    expect(said("5", { tickets: [resolved] }).answer).toBe("");
    expect(said("谢谢", { tickets: [resolved], ask: { kind: "rate", ticket: "T017" } }).answer).toBe("");
  });
  it("keeps the words beside it, and is corrected once more", () => {
    expect(said("5分，孙老师特别耐心", by).events).toEqual(["rated", "noted", "closed"]);
    expect(said("2", { tickets: [closed], quote }).ticket).toMatchObject({ state: "resolved", rating: 2 });
    expect(said("5", { tickets: [closed], quote }).events).toEqual([]);
  });
  it("and what came of it hide people's names where others read along", () => {
    const text = "办结 钥匙找张建国13812345678，三楼会议室";
    const { told } = said(text, { by: helper, tickets: [given("017", ["matched", "accepted"])], quote });
    expect(told[0]?.text).toContain("结果：钥匙找张××138****5678，三楼会议室");
  });
  it("belongs to the asker", () => {
    expect(said("5", { ...by, by: "xu.da" }).answer).toContain("“评价”由诉求人本人");
    expect(said("5", { ...by, by: helper }).answer).toContain("本件由您承办，不能由您评价，请诉求人评价");
  });
  it("comes after 办结", () =>
    expect(said("满意", { tickets: [open], quote }).answer).toContain("尚未办结，不能办理“评价”"));
  it.each(["未解决", "没解决", "还没有解决，不满意", "5分但是没解决"])("%s reopens with a new pledge", (text) => {
    const { ticket, told, answer } = said(text, by);
    expect(ticket).toMatchObject({ state: "open", rating: null, result: null });
    expect(answer).toContain("重新办理】没有解决您的问题，抱歉");
    expect(told.map(({ to }) => to)).toEqual(["h02"]);
  });
  it("and reopening are possible for three working days", () => {
    // Resolved on Monday: Thursday is the third.
    expect(said("未解决", { ...by, now: NOW + 3 * DAY }).ticket?.state).toBe("open");
    expect(said("未解决", { ...by, now: NOW + 4 * DAY }).answer).toContain("办结已超过三个工作日");
    expect(said("2", { ...by, now: NOW + 4 * DAY }).answer).toContain("不能办理“评价”");
  });
});

describe("words about what is over", () => {
  const by = { tickets: [resolved], quote };
  it("are a new request, if they read like one", () => {
    expect(said("再借一次", { ...by, means: { 再借一次: isItem("venue") } }).events).toEqual(["opened", "matched"]);
  });
  it("else say what can be done", () => {
    expect(said("那个呢", { ...by, means: { 那个呢: isUnclear("venue", "dues") } }).answer).toContain("另行说明");
  });
});

describe("the next message", () => {
  const means = { 要投影仪的: isUnclear("venue", "dues"), 借会议室: isItem("venue") };
  const after = { means, last: open, tickets: [open], lastAt: NOW - MINUTE };
  it("joins within two minutes if it is unclear", () => {
    const { events, told, answer } = said("要投影仪的", after);
    expect(events).toEqual(["noted"]);
    expect(answer).toBe("【#1207-017 已补充】要投影仪的");
    expect(told.map(({ to }) => to)).toEqual(["h02"]);
  });
  it("does not join later, nor as a request of its own, nor to what is over", () => {
    expect(said("要投影仪的", { ...after, lastAt: NOW - 3 * MINUTE }).events).toEqual(["opened"]);
    expect(said("借会议室", after).events).toEqual(["opened", "matched"]);
    expect(said("要投影仪的", { ...after, last: resolved }).events).toEqual(["opened"]);
  });
  it("that is the very same text is not taken twice within ten minutes", () => {
    const first = said("借会议室", { means });
    const lastText = first.decision.talks[0]?.last?.text ?? "";
    const again = said("借 会议室", {
      ...after,
      means: { "借 会议室": isItem("venue") },
      lastText,
      lastAt: NOW - 9 * MINUTE,
    });
    expect(again.events).toEqual([]);
    expect(again.answer).toContain("已经登记，无需重复提交");
    expect(said("借会议室", { ...after, lastText, lastAt: NOW - 11 * MINUTE }).events).toContain("opened");
  });
  it("that is a picture alone joins within two minutes, else it asks for words", () => {
    expect(said("", { ...after, attachments: ["图片"] }).events).toEqual(["noted"]);
    expect(said("", { attachments: ["图片"] }).answer).toBe("图片和文件无法识别，请@小帮手 用一句话说明要办什么");
  });
});

describe("talk", () => {
  it.each(["谢谢", "收到", "12", "５", "……"])("%s opens nothing", (text) => {
    const { answer, events } = said(text);
    expect([answer, events]).toEqual(["", []]);
  });
  it("one to one gets help", () => expect(said("你好", { chat: null }).answer).toContain("直接说要办的事"));
  it("that is near to a helper's list is no silence for a company", () => {
    const means = { 我有件事想办一下: isCommand("todo", 0.97) };
    const { answer, events } = said("我有件事想办一下", { means });
    expect(events).toEqual([]);
    expect(answer).toContain("直接说要办的事");
  });
  it("of thanks ends nothing, however near it is to 不麻烦你们了", () => {
    const means = { 麻烦大家了: isCommand("withdraw"), 不麻烦大家了: isCommand("withdraw") };
    expect(said("麻烦大家了", { tickets: [open], means })).toMatchObject({ events: [], answer: "" });
    expect(said("麻烦大家了", { tickets: [open], means, quote }).events).not.toContain("withdrawn");
    expect(said("不麻烦大家了", { tickets: [open], means }).events).toEqual(["withdrawn"]);
  });
  it("of an empty message gets help", () => expect(said("").answer).toContain("直接说要办的事"));
});

describe("a quote", () => {
  it("beats the question that is open, and the number that is typed beside it", () => {
    const asked = {
      tickets: [asking, other],
      ask: { kind: "item" as const, ticket: "T017", options: ["venue"], misses: 0 },
    };
    expect(said("撤回", { ...asked, quote: quoteOf("018") }).ticket?.number).toBe("20261207-018");
    const both = said("补充 和 #1207-017 一样", { tickets: [open, other], quote: quoteOf("018") });
    expect(both.ticket?.number).toBe("20261207-018");
  });
  it("of a text that names another number means the ticket at its head", () => {
    const text = "【#1207-017 已受理】甲\n诉求：和 #1207-018 一样";
    expect(said("撤回", { tickets: [open, other], quote: text }).ticket?.number).toBe("20261207-017");
  });
  it("of several asks which", () => {
    const text = "【#1207-017 待接单】甲\n【#1207-018 待接单】乙";
    expect(said("接单", { by: helper, tickets: [open, other], quote: text }).asks).toEqual(["which"]);
  });
});

describe("staff elsewhere", () => {
  const elsewhere = { by: "zheng.qi", tickets: [open, other] };
  it("see number and item in another company's group, everything among themselves", () => {
    expect(said("#1207-017 查", { ...elsewhere, chat: "wrGROUP02" }).answer).toBe("【#1207-017】活动场地协调");
    expect(said("#1207-017 查", { ...elsewhere, chat: "wrHELPERS" }).answer).toContain("诉求：");
    expect(said("#1207-017 查", { ...elsewhere, chat: null }).answer).toContain("诉求：");
    expect(said("#1207-017 查", { ...elsewhere, by: "li.si", chat: "wrLEADERS" }).answer).toContain("诉求：");
  });
  it("are not told another company's words when asked which", () => {
    const { answer } = said("#1207-017 #1207-018 转办 帮办员辛 出差", { ...elsewhere, chat: "wrGROUP02" });
    expect(answer).toContain("1 #1207-017 活动场地协调\n");
  });
  it("a leader does not work on tickets", () => {
    expect(said("办结 三楼会议室", { by: "li.si", tickets: [open], quote }).answer).toContain("由承办人");
    const { answer, events } = said("抓紧办吧", {
      by: "li.si",
      tickets: [open],
      quote,
      means: { 抓紧办吧: isUnclear("venue") },
    });
    expect(events).toEqual([]);
    expect(answer).toContain("如需督办，请引用本条并@小帮手 回复：督办 内容");
  });
});

describe("an unlisted group", () => {
  it("is told its id once, with the first answer", () => {
    const means = { 借会议室: isItem("care") };
    const first = said("借会议室", { chat: "wrNEW", means });
    expect(first.answer).toContain("本群尚未登记，群编号：wrNEW，请告知管理员");
    expect(first.decision.toldPlace).toBe("wecom:wrNEW");
    expect(first.ticket).toMatchObject({ owner: null, invited: "uni" });
    expect(said("借会议室", { chat: "wrNEW", means, toldPlace: true }).answer).not.toContain("尚未登记");
    expect(said("谢谢", { chat: "wrNEW" }).answer).toBe("");
  });
});

describe("anybody", () => {
  it("sees menu, help and ids", () => {
    expect(said("菜单").answer).toContain("〔资源统筹〕\n· 活动场地协调（当日答复）");
    expect(said("菜单", { tickets: [open], quote }).answer).toContain("〔资源统筹〕");
    expect(said("帮助", { by: helper }).answer).toContain("办结 结果");
    expect(said("我是谁", { by: helper, chat: "wrGROUP02" }).answer).toContain("sun.san（帮办员丙）");
    expect(said("本群编号", { chat: "wrNEW" }).answer).toContain("本群编号：wrNEW（尚未登记，请告知管理员）");
    expect(said("本群编号", { chat: "wrNEW" }).answer.match(/wrNEW/gu)).toHaveLength(1);
    expect(said("本群编号", { chat: "wrHELPERS", by: helper }).answer).toContain("本群编号：wrHELPERS（帮办员群）");
    expect(said("都有啥", { means: { 都有啥: isCommand("menu") } }).answer).toContain("〔资源统筹〕");
  });
  it("is told when a number does not exist", () => {
    expect(said("#1207-099 查").answer).toContain("没有查到编号为 #1207-099 的工单");
  });
});
