/** Which ticket a bare number means when staff are among themselves, and whose word a proposal waits for. */
import { describe, expect, it } from "vitest";
import { fromLeaveLine, NO_LEAVE, takeLeave, toLeaveLine } from "../../../src/station/leave.ts";
import { given, isCommand, isTalk, NOW, said } from "../scene-given.ts";

const yesterday = (n: string) => `20261206-${n}`;
const elsewhere = { conversation: "wecom:wrGROUP02", enterprise: "明州服饰有限公司" };
/** 帮办员庚 has only this one. */
const own = given("002", ["matched", "accepted"], { ...elsewhere, owner: "h01", point: "liyuan" });
const others = given("001", ["matched", "accepted"]);
const among = { by: "zheng.qi", chat: "wrHELPERS", tickets: [own, others] };

describe("a bare number among staff", () => {
  it("that is somebody else's ticket does nothing to one's own, and says who may", () => {
    for (const text of ["001 办好了，会议室在二楼", "001 办结 会议室在二楼"]) {
      const { events, answer } = said(text, { ...among, means: { "办好了，会议室在二楼": isCommand("resolve") } });
      expect(events).toEqual([]);
      expect(answer).toContain("#1207-001");
      expect(answer).toContain("帮办员丙");
    }
    expect(said("001 打过电话了，企业没意见", among).events).toEqual([]);
  });

  it("that is nobody's does nothing to one's own, and says that it was not found", () => {
    const { events, answer } = said("013 打过电话了，企业没意见", among);
    expect(events).toEqual([]);
    expect(answer).toContain("没有查到编号为 013 的工单");
  });

  it("in the middle of a sentence may still be a count", () => {
    expect(said("已送去宣传册 120 本，企业签收了", { ...among, means: {} }).answer).not.toContain("没有查到");
  });

  it("is the case of whom one stands in for", () => {
    const leave = takeLeave(NO_LEAVE, { from: "2026-12-07", to: "2026-12-08", deputy: "h03" }, "2026-12-07");
    const leaves = new Map([["h02", fromLeaveLine(toLeaveLine(leave))]]);
    const { ticket, events } = said("001 接单", {
      ...{ by: "wang.ba", chat: null, leaves },
      tickets: [given("001", ["matched"])],
    });
    expect(events).toEqual(["passed", "accepted"]);
    expect(ticket).toMatchObject({ owner: "h03" });
  });

  it("is the case that one was asked to call back about", () => {
    const low = { event: "rated", rating: 2, callBackBy: NOW + 86_400_000 } as const;
    const rated = given("001", ["matched", "accepted", "resolved", low, "caller-named"]);
    const { events } = said("001 回访 已上门，企业认可", { by: "wang.ba", chat: "wrHELPERS", tickets: [rated] });
    expect(events).toContain("called-back");
  });

  it("of two days is the one to which the order can be done", () => {
    const proposed = given("001", ["matched", "accepted", "proposed"], { number: yesterday("001"), id: "Y1" });
    const { events, ticket } = said("001 同意", { by: "zhao.yi", chat: null, tickets: [others, proposed] });
    expect(events).toEqual(["extended"]);
    expect(ticket?.number).toBe(yesterday("001"));
  });

  it("of two days is the one that is the speaker's concern, else it is asked", () => {
    const invited = given("001", ["matched", "accepted"], { number: yesterday("001"), id: "Y1", invited: "uni" });
    const seen = { chat: null, tickets: [others, invited] };
    expect(said("查 001", { ...seen, by: "wu.liu" }).answer).toContain("#1206-001");
    expect(said("查 001", { ...seen, by: "zheng.qi" }).asks).toEqual(["which"]);
  });
});

describe("a number and a digit", () => {
  it("is a rating, as bad as it may be", () => {
    const resolved = given("001", ["matched", "accepted", "resolved"]);
    for (const [text, rating] of [
      ["001 5", 5],
      ["001 1", 1],
      ["001　2分", 2],
    ] as const) {
      expect(said(text, { tickets: [resolved] }).ticket).toMatchObject({ rating });
    }
  });

  it("is no ticket where more follows", () => {
    expect(said("001 5678", { tickets: [given("001", ["matched", "accepted", "resolved"])] }).events).toEqual([]);
  });
});

describe("several numbers", () => {
  const first = given("001", ["matched"]);
  const second = given("003", ["matched"]);
  const helper = { by: "sun.san", chat: null, tickets: [first, second] };

  it("are each done what may be said of all of them", () => {
    const { events, answer, decision } = said("001、003 接单", helper);
    expect(events).toEqual(["accepted", "accepted"]);
    expect(answer.match(/#1207-00[13]/gu)).toEqual(["#1207-001", "#1207-003"]);
    expect(decision.talks.find(({ did }) => did)?.did?.tickets).toHaveLength(2);
    const resolved = said("办结 001 003 已送到前台", helper);
    expect(resolved.decision.changes.map(({ after }) => after.result)).toEqual(["已送到前台", "已送到前台"]);
    expect(said("#1207-001 #1207-003 查", helper).answer.match(/【#/gu)).toHaveLength(2);
  });

  it("are one's own and a colleague's at once", () => {
    const colleagues = given("003", ["matched"], { owner: "h03" });
    const { events, decision } = said("001 003 接单", { ...helper, tickets: [first, colleagues] });
    expect(events).toEqual(["accepted", "passed", "accepted"]);
    expect(decision.changes.map(({ after }) => after.owner)).toEqual(["h02", "h02"]);
  });

  it("and one to which it cannot be done says why, and is not said to be missing", () => {
    const taken = given("003", ["matched", "accepted"]);
    const { events, answer } = said("001 003 接单", { ...helper, tickets: [first, taken] });
    expect(events).toEqual(["accepted"]);
    expect(answer).toContain("【#1207-003 未办理】本件已由帮办员丙");
    expect(answer).not.toContain("没有查到");
  });

  it("of an order that is given one at a time are asked about, whichever it could be done to", () => {
    const over = given("003", ["matched", "accepted", "resolved"]);
    const { asks, events } = said("001 003 转办 帮办员辛 出差", { ...helper, tickets: [first, over] });
    expect([asks, events]).toEqual([["which"], []]);
  });

  it("and one that is nobody's is said to be", () => {
    const { events, answer } = said("001 009 接单", helper);
    expect(events).toEqual(["accepted"]);
    expect(answer).toContain("没有查到编号为 009 的工单");
  });

  it("are asked about where one is not clear, or where the order is short of a word", () => {
    const other = given("003", ["matched"], { number: yesterday("003"), id: "Y3" });
    expect(said("001 003 接单", { ...helper, tickets: [first, second, other] }).events).toEqual([]);
    expect(said("001 003 办结", helper).events).toEqual([]);
  });
});

describe("同意 without a number", () => {
  const first = given("001", ["matched", "accepted", "proposed"]);
  const second = given("003", ["matched", "accepted", "proposed"], elsewhere);
  const chief = { by: "zhao.yi", chat: null };

  it("means the only one that waits for the speaker's word, whosever it is", () => {
    expect(said("同意", { ...chief, tickets: [own, first] })).toMatchObject({ events: ["extended"] });
    const free = { 可以批了: isCommand("agree") };
    expect(said("可以批了", { ...chief, tickets: [own, first], means: free }).events).toEqual(["extended"]);
    expect(said("不同意", { ...chief, tickets: [own, first] }).events).toEqual(["refused"]);
  });

  it("of several asks which", () => {
    const { asks, events } = said("同意", { ...chief, tickets: [first, second] });
    expect([asks, events]).toEqual([["which"], []]);
  });

  it("in a company's group means only one of that company", () => {
    const here = { by: "zhao.yi", chat: "wrGROUP01", tickets: [first, second] };
    expect(said("同意", here).ticket?.number).toBe("20261207-001");
  });

  it("says so where nothing waits for it", () => {
    expect(said("同意", { ...chief, tickets: [own] }).answer).toContain("目前没有等您同意的事项");
    expect(said("同意", { by: "sun.san", chat: null, tickets: [first] }).answer).toContain("目前没有等您同意的事项");
    expect(said("好的", { ...chief, means: { 好的: isTalk } }).answer).toBe("");
  });
});
