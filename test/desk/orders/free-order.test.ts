import { describe, expect, it } from "vitest";
import { given, isCommand, quoteOf, said } from "../scene-given.ts";

const accepted = given("017", ["matched", "accepted"]);
const open = given("017", ["matched"]);
const quote = quoteOf("017");
const owner = { by: "sun.san", tickets: [accepted], quote };
const chief = { by: "zhao.yi", chat: "wrHELPERS", tickets: [accepted], quote };
const ASKED = "请问您的意思是哪一种？";

describe("free words of the chief about a ticket", () => {
  it.each(["安排庚去办", "这个给庚", "让庚去", "退给庚", "麻烦庚来接一下"])("%s gives it to who is named", (text) => {
    const { events, ticket, told } = said(text, chief);
    expect(events).toEqual(["assigned"]);
    expect(ticket?.owner).toBe("h01");
    expect(told.map((line) => line.text).join()).not.toContain(text);
  });

  it.each(["不属于我们的，让他打12345", "这个不归本站管", "超出帮办职责了"])(
    "%s proposes that it is none of ours",
    (text) => {
      const { ticket } = said(text, chief);
      expect(ticket?.proposal).toMatchObject({ kind: "decline", reason: text });
    },
  );

  it.each(["不是我们片区的", "行吧，给他到周三", "抓紧点", "让丙快点"])(
    "%s may mean several things, and is asked about",
    (text) => {
      const { answer, events, told, asks } = said(text, chief);
      expect(answer).toContain(ASKED);
      expect(events).toEqual([]);
      expect(told).toEqual([]);
      expect(asks).toEqual(["order"]);
    },
  );

  it("is said to whoever has it rather than to the company", () => {
    const { answer } = said("抓紧点", chief);
    expect(answer).toContain("1 转告帮办员丙（南社区服务点），不告知诉求人\n2 作为进展，转告诉求人");
  });

  it("about what is proposed is never progress", () => {
    const proposed = given("017", [
      "matched",
      "accepted",
      {
        ...{
          event: "proposed" as const,
          proposal: "extend" as const,
          reason: "场地未定",
          to: null,
          due: Date.parse("2026-12-09T18:00+08:00"),
          until: null,
          deciders: ["chief"],
        },
      },
    ]);
    const mine = {
      ...proposed,
      ticket: { ...proposed.ticket, proposal: proposed.ticket.proposal && { ...proposed.ticket.proposal, by: "h02" } },
    };
    const { answer } = said("我再问问领导的意思", { ...chief, tickets: [mine] });
    expect(answer).toContain("1 同意\n2 不同意\n");
  });
});

describe("free words of whoever has it in hand", () => {
  it("交给 somebody hands it over, for the reason beside it", () => {
    const { decision, ticket } = said("交给辛，我下午开会", owner);
    expect(ticket?.owner).toBe("h03");
    expect(decision.changes[0]?.events[0]).toMatchObject({ event: "handed-over", reason: "我下午开会" });
  });

  it("who is to help helps", () => {
    const { events, ticket } = said("找庚帮忙搬一下", owner);
    expect(events).toEqual(["assisted"]);
    expect(ticket).toMatchObject({ owner: "h02", assistants: ["h01"] });
  });

  it("more time is applied for", () => {
    const { ticket } = said("今天怕是弄不完了，缓到后天行不行，三楼在装修", owner);
    expect(ticket?.proposal).toMatchObject({ kind: "extend", due: Date.parse("2026-12-09T18:00+08:00") });
  });

  it.each([
    ["这事我管不了，得找工会", ["转办 特邀帮办员己", "请特邀帮办员己协办", "退回，由首席帮办员安排"]],
    ["王敏说材料要晚两天，等她", ["申请延期至 12月9日（周三）18:00", "等待诉求人，计时暂停"]],
    ["让庚去看看吧", ["转办 帮办员庚（丽园商圈服务站）", "请帮办员庚（丽园商圈服务站）协办"]],
    ["预计下周", ["申请延期至 12月21日（周一）18:00"]],
    ["今天够呛，明天下午行不行", ["申请延期至 12月8日（周二）18:00"]],
  ])("%s is asked about, and told to nobody", (text, options) => {
    const { answer, told, events } = said(text, owner);
    const lines = [...options, "作为进展，转告诉求人", "只作内部备注，不告知诉求人"];
    expect(answer).toContain(`${ASKED}\n${lines.map((line, i) => `${i + 1} ${line}`).join("\n")}\n`);
    expect(told).toEqual([]);
    expect(events).toEqual([]);
  });

  it("a vague time files nothing, whatever the matcher thinks", () => {
    const { events, answer } = said("预计下周", { ...owner, means: { 预计下周: isCommand("extend") } });
    expect(events).toEqual([]);
    expect(answer).toContain(ASKED);
  });

  it.each([
    "问过了，需要思想汇报四篇",
    "材料已收到，交组织部审了",
    "三楼会议室，周三",
    "老师周四下午来讲",
    "三楼给到下午五点",
    "在联系",
  ])("%s is progress", (text) => {
    expect(said(text, owner).ticket?.state).toBe("accepted");
    expect(said(text, owner).events).toEqual(["noted"]);
  });

  it("a surely understood result is one, whoever is named in it", () => {
    const text = "和庚一起弄好了，三楼会议室周三可用";
    expect(said(text, { ...owner, means: { [text]: isCommand("resolve") } }).ticket?.state).toBe("resolved");
  });
});

describe("which order was meant", () => {
  const options = [
    { act: "transfer", whom: "h03", due: null, said: "我下午开会" },
    { act: "progress", whom: null, due: null, said: "让辛去，我下午开会" },
    { act: "note", whom: null, due: null, said: "让辛去，我下午开会" },
  ] as const;
  const ask = { kind: "order" as const, ticket: "T017", options };

  it("is answered by its number, quoting or not", () => {
    expect(said("1", { ...owner, quote: null, ask }).ticket).toMatchObject({ owner: "h03" });
    expect(said("1", { ...owner, ask }).ticket).toMatchObject({ owner: "h03" });
    expect(said("2", { ...owner, ask }).told[0]?.text).toBe("【#1207-017 正在办理】帮办员丙：让辛去，我下午开会");
    expect(said("3", { ...owner, ask }).answer).toContain("内部备注，不告知诉求人");
  });

  it("or by none of them", () => {
    const { answer, events } = said("算了", { ...owner, ask });
    expect(answer).toContain("按原样继续办理");
    expect(events).toEqual([]);
  });

  it("an order of its own is that order", () => {
    expect(said("办结 三楼会议室已留座", { ...owner, ask }).ticket?.state).toBe("resolved");
  });
});

describe("who is asked to take it", () => {
  const text = "麻烦辛接一下这单，我在外面开会";
  const means = { [text]: isCommand("accept", 0.6) };
  it("is not the speaker", () => {
    for (const by of ["sun.san", "zheng.qi"]) {
      expect(said(text, { ...owner, by, tickets: [open], means }).events).toEqual([]);
    }
  });

  it("by somebody who does not have it in hand is refused", () => {
    const passed = given("017", ["matched", { event: "passed", owner: "h03", why: "" }]);
    const { answer } = said(text, { ...owner, tickets: [passed], means });
    expect(answer).toContain("“转办”由承办人帮办员辛或首席帮办员办理，本次未生效");
  });
});

describe("progress of others", () => {
  const assisted = given("017", ["matched", "assisted"]);
  it.each([
    ["zhao.yi", "wrHELPERS"],
    ["wang.ba", "wrGROUP01"],
  ])("of %s is told, and leaves it waiting for its owner", (by, chat) => {
    const { events, ticket, told } = said("进展 已和街道说好", { by, chat, tickets: [assisted], quote });
    expect(events).toEqual(["noted"]);
    expect(ticket?.state).toBe("open");
    expect(told[0]?.text).toContain("【#1207-017 办理进展】");
  });

  it("of its owner accepts it", () => {
    expect(said("进展 已和街道说好", { ...owner, tickets: [open] }).events).toEqual(["accepted", "noted"]);
  });
});

describe("what a helper says with one ticket of theirs here", () => {
  const here = { by: "sun.san", tickets: [accepted] };
  const talk = (confidence: number) => ({
    ...isCommand("note"),
    kind: "none" as const,
    command: null,
    commands: [],
    confidence,
  });

  it.each([
    ["会议室钥匙在前台", 0.99],
    ["问过了，要四篇思想汇报", 0.6],
  ])("%s is progress on it", (text, confidence) => {
    expect(said(text, { ...here, means: { [text]: talk(confidence) } }).events).toEqual(["noted"]);
  });

  it.each(["今天天气不错", "谢谢孙老师", "会议室在哪呢", "辛苦了各位"])("%s is talk", (text) => {
    const { events, answer } = said(text, { ...here, means: { [text]: talk(0.99) } });
    expect(events).toEqual([]);
    expect(answer).toBe("");
  });

  it("an order is one here too", () => {
    expect(said("交给辛，我下午开会", { ...here, means: { "交给辛，我下午开会": talk(0.9) } }).ticket?.owner).toBe(
      "h03",
    );
  });
});
