import { describe, expect, it } from "vitest";
import { readOnBehalf } from "../../../src/desk/on-behalf/on-behalf-words.ts";
import { given, isCommand, isItem, isTalk, isUnclear, MINUTE, NOW, quoteOf, said, setting } from "../scene-given.ts";

const HENGTONG = "恒通汽配有限公司";
const LIYUAN = "丽园食品有限公司";
const means = { 想借会议室: isItem("venue"), 讨论换届: isTalk };
const inHelpers = { by: "zheng.qi", chat: "wrHELPERS", means };

describe("who is registered for, and how it came", () => {
  const { enterprises } = setting();
  it.each([
    ["恒通汽配 想借会议室", HENGTONG, null, "想借会议室"],
    ["来电 恒通汽配，想借会议室", HENGTONG, "来电", "想借会议室"],
    ["走访：丽园食品有限公司 党费怎么交", LIYUAN, "走访", "党费怎么交"],
    ["恒通汽配想借会议室", HENGTONG, null, "恒通汽配想借会议室"],
    ["刚才恒通汽配的书记打电话来，想借个会议室", HENGTONG, "来电", "刚才恒通汽配的书记打电话来，想借个会议室"],
    ["窗口来了恒通汽配的老同志问转关系", HENGTONG, "来访", "窗口来了恒通汽配的老同志问转关系"],
    ["阿里巴巴 想借会议室", null, null, "想借会议室"],
  ])("%s", (text, enterprise, via, request) => {
    expect(readOnBehalf(enterprises, text)).toMatchObject({ enterprise, via, request });
  });
});

describe("代录", () => {
  it("lives in the company's group, which reads the receipt; the helper of its point is sent for there", () => {
    const { answer, decision, told, ticket } = said("代录 来电 恒通汽配 想借会议室", inHelpers);
    expect(ticket).toMatchObject({
      enterprise: HENGTONG,
      point: "nan",
      owner: "h02",
      asker: "h01",
      recorder: "h01",
      via: "来电",
      conversation: "wecom:wrGROUP01",
      received: NOW,
      item: "venue",
      text: "想借会议室",
    });
    expect(answer).toBe(
      "【#short-number-NEW001 已代录】活动场地协调　恒通汽配有限公司（来电）\n承诺：今日 18:00 前答复　帮办员：帮办员丙（南社区服务点）\n回执已发至企业群",
    );
    expect(told[0]).toMatchObject({ to: "" });
    expect(told[0]?.text).toContain(
      "帮办员庚已代您单位登记（来电）：\n【#short-number-NEW001 已受理】活动场地协调\n诉求：想借会议室",
    );
    expect(told[1]).toMatchObject({ to: "h02" });
    expect(decision.lines[1]?.audience).toMatchObject({ kind: "group", mention: [] });
  });

  it("keeps the same pledge as what the company types itself", () => {
    const own = said("想借会议室", { means });
    const recorded = said("代录 恒通汽配 想借会议室", inHelpers);
    expect(recorded.ticket?.due).toBe(own.ticket?.due);
    expect(recorded.ticket?.acceptBy).toBe(own.ticket?.acceptBy);
  });

  it("of a company without a group lives with the recorder, who is asked to call", () => {
    const { answer, ticket, told } = said("代录 丽园食品 想借会议室", { ...inHelpers, by: "sun.san" });
    expect(ticket).toMatchObject({ conversation: "wecom:@sun.san", enterprise: LIYUAN, owner: "h01" });
    expect(answer).toContain("该企业没有已开通的群，请电话告知");
    expect(told.map(({ to }) => to)).toEqual(["h01"]);
  });

  it("in another company's group shows number and item alone", () => {
    const { answer } = said("代录 恒通汽配 想借会议室", { ...inHelpers, chat: "wrGROUP02" });
    expect(answer).toBe("【#short-number-NEW001 已代录】活动场地协调");
  });

  it("in the company's own group is a receipt as ever", () => {
    const { answer, ticket } = said("代录 恒通汽配 想借会议室", { ...inHelpers, chat: "wrGROUP01" });
    expect(answer).toContain("已受理】活动场地协调");
    expect(ticket).toMatchObject({ recorder: "h01", conversation: "wecom:wrGROUP01" });
    expect(said("代录 想借会议室", { ...inHelpers, chat: "wrGROUP01" }).ticket?.enterprise).toBe(HENGTONG);
  });

  it("of a name that is only nearly right asks by number", () => {
    const { answer, asks, decision } = said("代录 明洲服饰 想借会议室", inHelpers);
    expect(answer).toContain("请问“明洲服饰”是哪一家？\n1 明州服饰有限公司\n0 都不是");
    expect(asks).toEqual(["on-behalf"]);
    const ask = decision.talks[0]?.ask?.ask;
    if (ask?.kind !== "on-behalf") throw new Error("it asks whose it is");
    expect(said("1", { ...inHelpers, ask }).ticket).toMatchObject({ enterprise: "明州服饰有限公司" });
    expect(said("恒通汽配", { ...inHelpers, ask }).ticket).toMatchObject({ enterprise: HENGTONG });
    const none = said("0", { ...inHelpers, ask });
    expect(none.ticket).toMatchObject({ enterprise: null, owner: "h01" });
    expect(none.answer).toContain("名册中没有“明洲服饰”，不影响办理");
    expect(said("大家辛苦了", { ...inHelpers, ask }).events).toEqual([]);
  });

  it("of a company that nobody knows is a ticket all the same, at the main station", () => {
    const { ticket, answer, events } = said("代录 阿里巴巴 想借会议室", {
      ...inHelpers,
      means: { "阿里巴巴 想借会议室": isItem("venue") },
    });
    expect(events).toEqual(["opened", "matched", "passed"]);
    expect(ticket).toMatchObject({ enterprise: null, owner: "h01", text: "阿里巴巴 想借会议室" });
    expect(answer).toContain("名册中没有“阿里巴巴”");
  });

  it("of unclear words asks the recorder which item it is", () => {
    const { answer, asks, ticket } = said("代录 恒通汽配 讨论换届", inHelpers);
    expect(answer).toContain("请问您要办的是哪一项？");
    expect(asks).toContain("item");
    expect(ticket).toMatchObject({ item: null, conversation: "wecom:wrGROUP01" });
  });

  it("in free words", () => {
    const text = "刚才恒通汽配的书记打电话来，想借会议室，帮他们登记一下";
    const words = { ...means, [text]: isCommand("on-behalf") };
    expect(said(text, { ...inHelpers, means: words }).ticket).toMatchObject({ item: "venue", via: "来电", text });
  });

  it("wants a company and a request, and is the team's", () => {
    expect(said("代录", inHelpers).answer).toContain("请写明企业和诉求");
    expect(said("代录 恒通汽配 想借会议室", { ...inHelpers, by: "li.si" }).answer).toContain("须由服务站的帮办员");
    expect(said("代录 恒通汽配 想借会议室", { means: { "代录 恒通汽配 想借会议室": isItem("venue") } }).events).toEqual(
      ["opened", "matched"],
    );
  });
});

describe("what was recorded for a company that has a group", () => {
  const recorded = { asker: "h02", recorder: "h02", via: "来电" } as const;
  const worked = given("017", ["matched", "accepted"], recorded);
  const done = given("017", ["matched", "accepted", "resolved"], recorded);
  const about = (stored = done) => ({ tickets: [stored], quote: quoteOf("017") });

  it("is told to the group, where nobody is pinged, and the helper is not said to be the company", () => {
    const { answer, told, decision } = said("办结 三楼会议室，已留座", { ...about(worked), by: "sun.san" });
    expect(told).toEqual([{ to: "", text: expect.stringContaining("请评价，引用本条并@小帮手 回复数字") }]);
    expect(answer).toBe("【#1207-017 已办结】结果已发至企业群，并请企业评价");
    expect(decision.talks.some(({ ask }) => ask?.ask.kind === "rate")).toBe(false);
    const progress = said("进展 在联系", { ...about(worked), by: "sun.san" });
    expect(progress.told.map(({ to }) => to)).toEqual([""]);
    expect(progress.answer).toBe("【#1207-017 已记录】进展已发至企业群");
  });
  it("is graded by anybody of the company there, who may also say that it is not solved", () => {
    expect(said("5", about()).ticket).toMatchObject({ rating: 5, state: "closed" });
    expect(said("未解决", { ...about(), by: "xu.da" }).events).toEqual(["reopened"]);
    const theirs = given("017", ["matched", "accepted", "resolved"]);
    expect(said("5", { ...about(theirs), by: "xu.da" }).answer).toContain("“评价”由诉求人本人或代录人提出，本次未生效");
  });
  it("is never graded by whoever worked on it; by the helper who wrote it down for somebody else's work it is", () => {
    const { answer, events } = said("5", { ...about(), by: "sun.san" });
    expect(answer).toBe("【#1207-017 未办理】本件由您承办，不能由您评价，请企业在企业群内评价");
    expect(events).toEqual([]);
    expect(said("未解决", { ...about(), by: "sun.san" }).events).toEqual(["reopened"]);
    const others = given("017", ["matched", "accepted", "resolved"], { asker: "h01", recorder: "h01" });
    expect(said("5", { ...about(others), by: "zheng.qi" }).ticket).toMatchObject({ rating: 5 });
  });
  it("of a company without a group asks its recorder to call", () => {
    const alone = { ...recorded, conversation: "wecom:@sun.san" };
    const open = given("017", ["matched", "accepted"], alone);
    const call = said("办结 三楼会议室，已留座", { ...about(open), by: "sun.san", chat: null });
    expect(call.answer).toBe("【#1207-017 已办结】请电话告知企业结果");
    expect(call.told).toEqual([]);
    const resolved = given("017", ["matched", "accepted", "resolved"], alone);
    expect(said("5", { ...about(resolved), by: "sun.san", chat: null }).answer).toContain("企业未评价的按未评价归档");
    const others = given("017", ["matched", "accepted"], { ...alone, owner: "h03" });
    const told = said("进展 在联系", { ...about(others), by: "wang.ba", chat: "wrHELPERS" });
    expect(told.told.map(({ to }) => to)).toEqual(["h02"]);
    expect(told.answer).toBe("【#1207-017 已记录】进展已转告代录人，由其电话告知企业");
  });
});

describe("走访", () => {
  const wish = "书记希望借一间会议室";
  const words = { [wish]: isItem("venue"), 想请老师: isItem("lecturer") };

  it("is kept, and what was wished for becomes a ticket of that company", () => {
    const text = `走访 恒通汽配，支部活动正常；${wish}`;
    const { decision, answer, ticket } = said(text, { ...inHelpers, means: words });
    expect(decision.visits).toEqual([
      { at: NOW, by: "h01", enterprise: HENGTONG, text: `恒通汽配，支部活动正常；${wish}` },
    ]);
    expect(answer).toContain("已记录走访：恒通汽配有限公司（12月7日（周一））");
    expect(answer).toContain("已代录】活动场地协调　恒通汽配有限公司（走访）");
    expect(ticket).toMatchObject({ via: "走访", enterprise: HENGTONG, text: wish });
  });
  it("with 诉求：several", () => {
    const { decision } = said("走访 恒通汽配 书记在。诉求：想借会议室；想请老师", {
      ...inHelpers,
      means: { ...words, ...means },
    });
    expect(decision.changes.map(({ after }) => after.item)).toEqual(["venue", "lecturer"]);
  });
  it("without a wish opens nothing", () => {
    const { answer, events } = said("走访 恒通汽配 书记在，无诉求", inHelpers);
    expect(events).toEqual([]);
    expect(answer).toContain("未登记诉求");
  });
  it("of a company that nobody knows is kept as it was typed", () => {
    expect(said("走访 张家铺子 三名党员", inHelpers).answer).toContain("未识别企业名称，已按原文保存");
  });
  it("loses no wish: what is surely one is registered, what may be one is offered by number", () => {
    const means = {
      想要一台投影仪: isItem("event-support"),
      缺党旗两面: isItem("event-support"),
      厂里有党员23人: isUnclear("care"),
    };
    const { answer, decision, asks } = said(
      "走访 丽园食品 厂里有党员23人，活动室漏水，想要一台投影仪，还想修一下宣传栏",
      { ...inHelpers, means },
    );
    expect(decision.changes.map(({ after }) => after.text)).toEqual(["想要一台投影仪"]);
    expect(answer).toContain(
      "以下 2 条可能是诉求，尚未登记：\n1 活动室漏水\n2 还想修一下宣传栏\n请引用本条并@小帮手 回复编号登记（可写多个），0 不登记",
    );
    expect(answer).not.toContain("未登记诉求");
    expect(asks).toContain("wishes");
    const both = said("走访 丽园食品 需要一个讲师，下周五，四十人，缺党旗两面", {
      ...inHelpers,
      means: { ...means, 需要一个讲师: isItem("lecturer") },
    });
    expect(both.decision.changes.map(({ after }) => after.text)).toEqual([
      "需要一个讲师，下周五，四十人",
      "缺党旗两面",
    ]);
  });
  it("registers what is chosen, one or several, and nothing by a no", () => {
    const ask = { kind: "wishes", options: ["活动室漏水", "修一下宣传栏", "换届怎么办"], enterprise: LIYUAN } as const;
    const texts = (text: string) => said(text, { ...inHelpers, ask }).decision.changes.map(({ after }) => after.text);
    expect(texts("1")).toEqual(["活动室漏水"]);
    expect(texts("1、3")).toEqual(["活动室漏水", "换届怎么办"]);
    expect(texts("全部登记")).toEqual(ask.options);
    expect(texts("0")).toEqual([]);
    expect(texts("7")).toEqual([]);
    expect(said("0", { ...inHelpers, ask }).answer).toBe("好的，未登记");
    const [opened] = said("2", { ...inHelpers, ask }).decision.changes;
    expect(opened?.after).toMatchObject({ enterprise: LIYUAN, via: "走访", recorder: "h01" });
    const receipt = given("017", ["matched"], { recorder: "h01", asker: "h01", via: "走访" });
    expect(said("1 2", { ...inHelpers, ask, tickets: [receipt], quote: quoteOf("017") }).decision.changes).toHaveLength(
      2,
    );
  });
  it("of a name that is only nearly right asks by number, and is kept already", () => {
    const text = "走访一下恒通，活动室漏水";
    const visiting = { ...inHelpers, means: { [text]: isCommand("visit") } };
    const { decision, answer, asks, events } = said(text, visiting);
    expect(answer).toBe(
      "已按原文保存。请问走访的“恒通”是哪一家？\n1 恒通汽配有限公司\n0 都不是\n请引用本条并@小帮手 回复数字",
    );
    expect(decision.visits).toEqual([{ at: NOW, by: "h01", enterprise: null, text }]);
    expect([events, asks]).toEqual([[], ["visit"]]);
    const ask = decision.talks[0]?.ask?.ask;
    if (ask?.kind !== "visit") throw new Error("it asks who was visited");
    const chosen = said("1", { ...inHelpers, ask, now: NOW + MINUTE });
    expect(chosen.decision.visits).toEqual([{ at: NOW, by: "h01", enterprise: HENGTONG, text }]);
    expect(chosen.answer).toContain("已记录走访：恒通汽配有限公司（12月7日（周一））\n\n以下 1 条可能是诉求");
    expect(said("0", { ...inHelpers, ask }).answer).toContain("未识别企业名称，已按原文保存");
    // What names a company and is an order or a request of its own says nothing of the visit.
    const own = "丽园食品想借会议室";
    const means = { [own]: isItem("venue"), 想借会议室: isItem("venue") };
    for (const other of ["代录 丽园食品 想借会议室", own]) {
      const { decision } = said(other, { ...inHelpers, ask, means });
      expect(decision.visits).toEqual([]);
    }
    expect(said("丽园食品", { ...inHelpers, ask }).decision.visits).toMatchObject([{ enterprise: LIYUAN }]);
  });
  it("is taken back within five minutes, with what was registered of it", () => {
    const text = `走访 恒通汽配；${wish}`;
    const { decision } = said(text, { ...inHelpers, means: words });
    const did = decision.talks.find(({ did }) => did)?.did;
    if (!did) throw new Error("it may be taken back");
    const opened = given("NEW001", ["matched"], { id: "NEW001" });
    const done = [{ ...opened, version: "1" }];
    const undone = said("撤销", { ...inHelpers, did, overview: { done }, now: NOW + MINUTE });
    expect(undone.answer).toContain("已撤销刚才的“走访”");
    expect(undone.events).toEqual(["withdrawn"]);
    expect(undone.decision.visits).toEqual([{ at: NOW, by: "h01", enterprise: null, text: "", undone: true }]);
  });
  it("wants words, and is the team's", () => {
    expect(said("走访", inHelpers).answer).toContain("请写明走访的企业和情况");
    expect(said("走访 恒通汽配 正常", { ...inHelpers, by: "li.si" }).answer).toContain("须由服务站的帮办员");
  });
});
