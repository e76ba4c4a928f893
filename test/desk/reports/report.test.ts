/** Who is told figures, and where. */
import { describe, expect, it } from "vitest";
import { reportWanted } from "../../../src/desk/reports/report.ts";
import { type Given, isCommand, quoteOf, said, sceneOf, given as ticket } from "../scene-given.ts";

const LETTER = "【帮办日报】段塘街道党务帮办服务站";
const leader: Given = { by: "li.si", chat: "wrLEADERS", report: LETTER };

describe("a report is asked for", () => {
  it("in the leaders' group and one-to-one, by leaders and the chief: it is the answer", () => {
    for (const by of ["li.si", "zhao.yi"]) {
      for (const chat of ["wrLEADERS", null]) {
        expect(said("今日日报", { ...leader, by, chat }).answer).toBe(LETTER);
        expect(reportWanted(sceneOf("上周周报", { ...leader, by, chat }))).toMatchObject({ kind: "week" });
      }
    }
  });
  it("by anybody else: they are told who may, and nothing is read", () => {
    for (const by of ["sun.san", "qian.er", "wang.min"]) {
      for (const chat of ["wrLEADERS", "wrGROUP01", null]) {
        expect(said("月报", { by, chat, report: LETTER }).answer).toContain("须由领导或首席帮办员查看");
        expect(reportWanted(sceneOf("月报", { by, chat }))).toBeNull();
      }
    }
  });
  it("where a company or helpers read along: they are told where it is to be had", () => {
    for (const chat of ["wrGROUP01", "wrHELPERS", "unlisted"]) {
      expect(said("今日日报", { ...leader, chat }).answer).toContain("请在领导群@小帮手，或单独向小帮手发送");
      expect(reportWanted(sceneOf("今日日报", { ...leader, chat }))).toBeNull();
    }
  });
  it("by free words, where they surely mean it", () => {
    const text = "这个月办了多少件";
    expect(said(text, { ...leader, means: { [text]: isCommand("report") } }).answer).toBe(LETTER);
    expect(reportWanted(sceneOf(text, { ...leader, means: { [text]: isCommand("report") } }))?.kind).toBe("month");
    expect(said(text, { ...leader, means: { [text]: isCommand("report", 0.4) } }).answer).toBe("");
    const clerk = said(text, { means: { [text]: isCommand("report") } });
    expect(clerk.answer).not.toContain("须由领导");
  });
  it("and could not be worked out in time: that is said, nobody waits in silence", () => {
    expect(said("周报", { by: "li.si", chat: "wrLEADERS" }).answer).toContain("请过一分钟再发一次");
  });
  it("of what is not there: the asker is told what there is", () => {
    expect(said("东湖 本月", leader).answer).toContain("可查的服务点：丽园商圈服务站、南社区服务点");
    expect(said("2027年12月月报", leader).answer).toContain("尚未开始");
    expect(said("明日日报", leader).answer).toContain("尚未开始");
    expect(said("2026-02-30日报", leader).answer).toBe(
      "所写的日期不存在，请核对后再发，例如：11月23日日报、11月的月报、上周周报",
    );
    for (const text of ["年报", "本年"]) expect(said(text, leader).answer).toContain("请由首席帮办员导出台账");
  });
  it("beside a quoted ticket 本月 is no report", () => {
    const quoted = said("本月", { ...leader, quote: quoteOf("017"), tickets: [ticket("017", ["matched"])] });
    expect(quoted.answer).not.toContain(LETTER);
  });
  it("a company's own report is a request like any other", () => {
    const text = "月报系统登不上去，帮忙看看";
    expect(said(text, { means: { [text]: isCommand("report", 0.5) } }).answer).not.toContain("须由领导");
  });
});
