import { describe, expect, it } from "vitest";
import { given, isCommand, isItem, isTalk, isUnclear, NOW, quoteOf, said } from "../scene-given.ts";

const accepted = given("017", ["matched", "accepted"]);
const resolved = given("017", ["matched", "accepted", "resolved"]);
const late = { ...resolved, ticket: { ...resolved.ticket, resolvedAt: NOW - 10 * 86_400_000 } };
const rate = { kind: "rate" as const, ticket: "T017" };
const quote = quoteOf("017");

describe("somebody who is not content with what was done", () => {
  it.each(["不太行，空调是坏的", "老师没来", "照片糊了"])("%s is told to the helper, and asked about", (text) => {
    for (const given of [
      { tickets: [resolved], quote },
      { tickets: [resolved], ask: rate },
    ]) {
      const { answer, told, events } = said(text, given);
      expect(events).toEqual(["noted"]);
      expect(told[0]).toMatchObject({ to: "h02" });
      expect(told[0]?.text).toContain(text);
      expect(answer).toContain("是否需要重新办理？\n1 需要，重新办理\n0 不用");
    }
  });

  it("says by a number that it is to be done again", () => {
    const ask = said("空调是坏的", { tickets: [resolved], quote }).decision.talks[0]?.ask?.ask;
    const { events, told } = said("1", { tickets: [resolved], ...(ask ? { ask } : {}) });
    expect(events).toEqual(["reopened"]);
    expect(told[0]?.text).toContain("诉求人：空调是坏的");
  });

  it.each(["谢谢孙老师", "会场布置得不错", "没问题", "今天天气不错", "好的收到"])("%s is talk", (text) => {
    expect(said(text, { tickets: [resolved], ask: rate }).answer).toBe("");
    expect(said(text, { tickets: [resolved], quote }).answer).toBe("");
  });

  it("a request of its own is one", () => {
    const text = "会议室没空调，换一间";
    expect(said(text, { tickets: [resolved], ask: rate, means: { [text]: isItem("venue") } }).events).toContain(
      "opened",
    );
  });

  it("after the rating time is told what to do", () => {
    expect(said("老师没来", { tickets: [late], quote }).events).toEqual([]);
  });
});

describe("what a company says by number", () => {
  it.each(["017 没拍好，照片糊了", "017 门卫不让进"])("%s is a supplement", (text) => {
    expect(said(text, { tickets: [accepted] }).answer).toBe("【#1207-017 已补充】已转告帮办员");
  });
  it("save thanks", () => {
    expect(said("017 谢谢王老师", { tickets: [accepted] }).answer).toBe("");
  });
});

describe("nothing is heard of it", () => {
  it.each([
    ["真是服了，说好的答复呢", isTalk],
    ["怎么还没消息", isTalk],
    ["等了半天了，人呢", isTalk],
    ["到底有没有人管啊", isUnclear("venue")],
  ])("%s urges", (text, meant) => {
    const { events, answer } = said(text, { tickets: [accepted], means: { [text]: meant } });
    expect(events).toEqual(["urged"]);
    expect(answer).toContain("已催办");
  });
  it("of nothing open is talk", () => {
    expect(said("说好的答复呢", { tickets: [] }).answer).toBe("");
  });
});

describe("未解决 of what is still worked on", () => {
  it.each(["没解决", "017 未解决", "未解决"])("%s urges", (text) => {
    const { events, answer, told } = said(text, { tickets: [accepted], means: { 没解决: isCommand("reopen", 1) } });
    expect(events).toEqual(["urged"]);
    expect(answer).toBe("【#1207-017 已催办】本件仍在办理，已为您催帮办员丙（南社区服务点），今日 18:00 前答复您");
    expect(told[0]).toMatchObject({ to: "h02" });
  });

  it("keeps what is said with it", () => {
    const { events, told } = said("未解决 还是登不上去，提示账号停用", { tickets: [accepted], quote });
    expect(events).toEqual(["noted", "urged"]);
    expect(told[0]?.text).toContain("诉求人：还是登不上去，提示账号停用");
  });

  it("接单 of the only one, which is taken already, says so", () => {
    expect(said("接单", { by: "sun.san", tickets: [accepted] }).answer).toContain(
      "【#1207-017 未办理】本件已由帮办员丙",
    );
  });
});

describe("how it stands", () => {
  const withdrawn = given("017", ["matched", "withdrawn"]);
  const merged = given("017", ["matched", "merged"]);
  it.each([
    ["017 怎么样了", withdrawn, "【#1207-017 已撤回】"],
    ["017 什么情况", merged, "【#1207-017 已合并】"],
    ["017 情况怎样", resolved, "结果：三楼会议室，已留座"],
    ["017 有结果吗", resolved, "结果：三楼会议室，已留座"],
    ["017 什么情况", accepted, "【#1207-017 正在办理】"],
    ["017 催办", withdrawn, "【#1207-017 已撤回】"],
  ])("%s of %#", (text, stored, answer) => {
    expect(said(text, { tickets: [stored], means: { 怎么样了: isCommand("urge", 0.48) } }).answer).toContain(answer);
  });

  it("is told to staff as well", () => {
    expect(said("现在什么情况？", { by: "sun.san", tickets: [accepted], quote }).answer).toContain("正在办理】活动");
  });

  it("where it goes on is told of what was merged", () => {
    expect(said("017 什么情况", { tickets: [merged] }).answer).toContain("#1207-016");
  });
});

describe("a company's clerk in the words of staff", () => {
  it("asks for what stands behind them", () => {
    const text = "我们要借会议室";
    const { events, told } = said(`代录 ${text}`, { means: { [text]: isItem("venue") } });
    expect(events).toContain("opened");
    expect(told[0]?.text).toContain("待接单");
  });
  it("or is asked what", () => {
    const text = "走访一下我们公司吧";
    expect(said(text, { means: { [text]: { ...isCommand("visit"), candidates: [] } } }).events).toContain("opened");
  });
});

describe("what comes a moment after a request", () => {
  const just = { last: accepted, lastAt: NOW - 60_000, tickets: [accepted] };
  it.each(["他电话是13812345678", "会议室门口能停车最好"])("%s belongs to it", (text) => {
    expect(said(text, just).answer).toContain("【#1207-017 已补充】");
  });
  it.each(["哈哈哈哈哈", "大家辛苦了", "晚上一起吃饭吗"])("%s does not", (text) => {
    expect(said(text, just).answer).toBe("");
  });
});
