import { describe, expect, it } from "vitest";
import { given, isCommand, isItem, MINUTE, NOW, OPENED, quoteOf, said } from "../scene-given.ts";

const first = given("017", ["matched", "accepted"], { received: NOW - 20 * MINUTE });
const second = given("018", ["matched"], { due: OPENED.due - 60 * MINUTE, asker: "wecom:xu.da" });
const by = { by: "sun.san", tickets: [second, first] };

describe("合并 017 018", () => {
  it("one case under the number that came first, with the earlier promise", () => {
    const { answer, told, events, decision } = said("合并 017 018", by);
    expect(events).toEqual(["merged", "absorbed"]);
    const [gone, kept] = decision.changes.map(({ after }) => after);
    expect(gone).toMatchObject({ id: "T018", state: "merged", merged: { into: "20261207-017", was: "open", at: NOW } });
    expect(kept).toMatchObject({ id: "T017", state: "accepted", due: OPENED.due - 60 * MINUTE });
    expect(answer).toBe("【#1207-018 已合并】并入 #1207-017。如有误，当日引用本条并@小帮手 回复：撤销");
    expect(told).toEqual([
      {
        to: "wecom:xu.da",
        text: "【#1207-018 已合并】与 #1207-017 为同一诉求，合并办理，进展和结果在 #1207-017 中告知您",
      },
    ]);
  });

  it("by full numbers, a quote and a number, or free words", () => {
    expect(said("合并 #1207-018 #1207-017", by).events).toEqual(["merged", "absorbed"]);
    expect(said("合并 017", { ...by, quote: quoteOf("018") }).events).toEqual(["merged", "absorbed"]);
    const text = "017和018是同一个诉求";
    expect(said(text, { ...by, means: { [text]: isCommand("merge") } }).events).toEqual(["merged", "absorbed"]);
  });

  it("only of one enterprise or one asker", () => {
    const foreign = given("018", ["matched"], { enterprise: "明州服饰有限公司", asker: "wecom:liu.fang" });
    const { answer, events } = said("合并 017 018", { ...by, tickets: [first, foreign] });
    expect(answer).toContain("不是同一企业或同一诉求人，不能合并");
    expect(events).toEqual([]);
    const same = given("018", ["matched"], { enterprise: "明州服饰有限公司" });
    expect(said("合并 017 018", { ...by, tickets: [first, same] }).events).toHaveLength(2);
    const nameless = { enterprise: null };
    const strangers = [
      given("017", ["matched"], nameless),
      given("018", ["matched"], { ...nameless, asker: "wecom:liu.fang" }),
    ];
    expect(said("合并 017 018", { ...by, tickets: strangers }).events).toEqual([]);
  });

  it("only by whoever has both in hand, only while both are open, and never one alone", () => {
    expect(said("合并 017 018", { ...by, by: "wang.ba" }).answer).toContain(
      "由承办人帮办员丙或首席帮办员办理，本次未生效",
    );
    expect(said("合并 017 018", { ...by, by: "wang.min" }).events).toEqual([]);
    const done = given("018", ["matched", "accepted", "resolved"]);
    expect(said("合并 017 018", { ...by, tickets: [first, done] }).answer).toContain("已办结，不能办理“合并”");
    expect(said("合并 017", by).answer).toContain("请写明两件的编号");
  });

  const theirs018 = given("018", ["matched"], { owner: "h03", asker: "wecom:xu.da" });
  const hint = { by: "wang.ba", chat: "wrHELPERS", enterprise: "恒通汽配有限公司", tickets: [first, theirs018] };

  it("by 合并 alone about the one whose line says that it may be the other", () => {
    const { answer, told, events } = said("合并", { ...hint, quote: quoteOf("018") });
    expect(events).toEqual(["merged", "absorbed"]);
    expect(answer).toBe("【#1207-018 已合并】并入 #1207-017。如有误，当日引用本条并@小帮手 回复：撤销");
    expect(told.map(({ to }) => to)).toEqual(["wecom:xu.da", "h02"]);
    const third = given("019", ["matched"], { asker: "wecom:xu.da" });
    const { answer: asked, events: none } = said("合并", {
      ...hint,
      tickets: [first, theirs018, third],
      quote: quoteOf("018"),
    });
    expect(asked).toContain("同企业同事项的有 #1207-017、#1207-019。请写明两件的编号");
    expect(none).toEqual([]);
  });
  it("by either owner, also by bare numbers; of two things only by whoever has both", () => {
    expect(said("合并 017 018", hint).events).toEqual(["merged", "absorbed"]);
    expect(said("合并 017 018", { ...hint, by: "sun.san" }).events).toEqual(["merged", "absorbed"]);
    const another = given("017", ["matched", "accepted"], { item: "lecturer" });
    const { answer, events } = said("合并 #1207-017 #1207-018", { ...hint, tickets: [another, theirs018] });
    expect(answer).toContain("由承办人帮办员丙或首席帮办员办理，本次未生效");
    expect(events).toEqual([]);
  });
  it("says which number it cannot find", () => {
    expect(said("合并 018 099", hint).answer).toBe(
      "【#1207-018 未合并】没有查到 099，请写全编号，@小帮手 回复：合并 1207-017 1207-018",
    );
  });

  it("tells the other helpers, where there are any", () => {
    const theirs = given("018", ["matched"], { owner: "h03" });
    const { told } = said("合并 017 018", { by: "zhao.yi", tickets: [first, theirs] });
    expect(told.map(({ to }) => to)).toEqual(["wecom:wang.min", "h03", "h02"]);
  });

  it("asks for full numbers where a bare one fits two", () => {
    const yesterday = given("018", ["matched"], { id: "T918", number: "20261206-018" });
    const { answer, events } = said("合并 017 018", { ...by, tickets: [first, second, yesterday] });
    expect(answer).toContain("请写全编号");
    expect(events).toEqual([]);
  });
});

describe("a merge by a slip", () => {
  const merged = given("018", ["matched", "accepted", "merged"], {
    merged: { into: "20261207-017", was: "accepted", at: NOW - MINUTE },
  });
  const undoing = { by: "sun.san", tickets: [merged, first], quote: "【#1207-018 已合并】并入 #1207-017。" };
  it("is taken back the same day", () => {
    const { ticket, told, answer } = said("撤销", undoing);
    expect(ticket).toMatchObject({ id: "T018", state: "accepted", merged: null });
    expect(answer).toContain("已撤销合并");
    expect(told).toEqual([{ to: "wecom:wang.min", text: "【#1207-018 继续办理】本件恢复单独办理" }]);
  });
  it("leads whoever speaks of the old number to the new one", () => {
    const { answer } = said("补充 再加两把椅子", { tickets: [merged], quote: quoteOf("018") });
    expect(answer).toBe("【#1207-018 未办理】本件已并入 #1207-017，不能办理“补充”");
  });
  it("not the next day, and not by somebody else", () => {
    expect(said("撤销", { ...undoing, now: NOW + 86_400_000 }).answer).toContain("合并仅当日可以撤销");
    expect(said("撤销", { ...undoing, by: "wang.ba" }).answer).toContain(
      "由承办人帮办员丙或首席帮办员办理，本次未生效",
    );
  });
});

describe("拆分 诉求内容", () => {
  const quote = quoteOf("017");
  const means = { 请一位老师讲党课: isItem("lecturer"), 讨薪: isItem() };
  it("opens a second ticket of the same asker, promised as of when the first was received", () => {
    const { answer, told, decision } = said("拆分 请一位老师讲党课", { ...by, quote, means });
    const [opened, from] = decision.changes;
    expect(opened?.before).toBeNull();
    expect(opened?.after).toMatchObject({
      item: "lecturer",
      text: "请一位老师讲党课",
      asker: "wecom:wang.min",
      enterprise: "恒通汽配有限公司",
      received: first.ticket.received,
      owner: "h02",
    });
    expect(opened?.after.due).toBeGreaterThanOrEqual(first.ticket.due);
    expect(from?.events).toMatchObject([{ event: "noted", kind: "internal" }]);
    expect(from?.events[0]).toMatchObject({ text: expect.stringContaining("拆出 #short-number-") });
    expect(answer).toContain("已拆分】由 #1207-017 拆出：师资课程对接");
    expect(told.map(({ to }) => to)).toEqual(["wecom:wang.min", "h02"]);
    expect(told[0]?.text).toContain("由 #1207-017 拆分办理");
    expect(told[1]?.text).toContain("说明：由#1207-017 拆分");
  });
  it("of something that no item covers is the chief's", () => {
    const { decision } = said("拆分 讨薪", { ...by, quote, means: { 讨薪: { ...isItem(), kind: "other" } } });
    expect(decision.changes[0]?.after).toMatchObject({ item: "other", owner: "chief" });
  });
  it("needs to know the second request", () => {
    const free = "这里面其实是两件事，分开办";
    for (const given_ of [
      said("拆分", { ...by, quote }),
      said(free, { ...by, quote, means: { [free]: isCommand("split") } }),
    ]) {
      expect(given_.answer).toContain("请写明要另立的诉求");
      expect(given_.asks).toEqual(["words"]);
      expect(given_.events).toEqual([]);
    }
  });
  it("by anybody else is refused", () => {
    expect(said("拆分 讲课", { ...by, quote, by: "wang.ba" }).answer).toContain("由承办人");
  });
});

describe("a possible duplicate", () => {
  const means = { 借会议室: isItem("venue"), 请老师: isItem("lecturer") };
  it("of the same enterprise and item is pointed out to the helper, not to the company", () => {
    const { told, answer, events } = said("借会议室", { means, by: "xu.da", tickets: [first] });
    expect(events).toEqual(["opened", "matched"]);
    expect(told[0]?.text).toContain("可能与 #1207-017 重复（同企业同事项），如是可回复：合并");
    expect(answer).not.toContain("重复");
  });
  it("is none of another item, or at its end", () => {
    expect(said("请老师", { means, tickets: [first] }).told[0]?.text).not.toContain("重复");
    const done = given("017", ["matched", "accepted", "resolved"]);
    expect(said("借会议室", { means, tickets: [done] }).told[0]?.text).not.toContain("重复");
  });
});
