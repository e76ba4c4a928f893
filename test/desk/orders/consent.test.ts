import { describe, expect, it } from "vitest";
import type { Happening } from "../../../src/desk/ticket/event.ts";
import type { StoredTicket } from "../../../src/desk/ticket/ticket-record.ts";
import { given, isCommand, quoteOf, said } from "../scene-given.ts";

const at = (day: string, time = "18:00") => Date.parse(`2026-12-${day}T${time}+08:00`);
const quote = quoteOf("017");

function asked(over: Partial<Happening & { event: "proposed" }> = {}): StoredTicket {
  const proposed: Happening = {
    event: "proposed",
    proposal: "extend",
    reason: "场地未定",
    to: null,
    due: at("31"),
    until: null,
    deciders: ["chief"],
    ...over,
  };
  const stored = given("017", ["matched", "accepted", proposed]);
  const { proposal } = stored.ticket;
  return { ...stored, ticket: { ...stored.ticket, proposal: proposal && { ...proposal, by: "h02" } } };
}
const chief = { by: "zhao.yi", chat: null, tickets: [asked()], quote };

describe("a time in the consent is the time that is granted", () => {
  it.each([
    ["同意，但只能到18号", at("18")],
    ["同意，最多给到明天中午", at("08", "12:00")],
    ["同意延到15号，抓紧", at("15")],
    ["同意 周三", at("09")],
    ["同意，就给两天", at("09")],
    ["同意，抓紧", at("31")],
  ])("%s", (text, due) => {
    const { ticket, events } = said(text, chief);
    expect(events).toEqual(["extended"]);
    expect(ticket?.due).toBe(due);
  });

  it("and both sides hear it, the helper with what was asked for and on what condition", () => {
    const { told } = said("同意，但只能到18号", chief);
    expect(told[0]?.text).toContain("新的时间：12月18日（周五）18:00 前");
    expect(told[1]).toEqual({
      to: "h02",
      text: "【#1207-017 同意延期】新的时间：12月18日（周五）18:00 前（申请延至 12月31日（周四）18:00）\n首席帮办员意见：但只能到18号",
    });
  });

  it("of a rest day it is never later, and says so", () => {
    const { answer, ticket } = said("同意，但只能到20号", chief);
    expect(ticket?.due).toBe(at("18"));
    expect(answer).toContain("新的时间：12月18日（周五）18:00 前（所说日期为休息日）");
  });

  it("in free words too", () => {
    const text = "行吧，给他到周三";
    expect(said(text, { ...chief, means: { [text]: isCommand("agree") } }).ticket?.due).toBe(at("09"));
  });
});

describe("what may be consent to something else is asked about", () => {
  it.each([
    ["同意，但要先跟企业说清楚", ["同意，至 12月31日（周四）18:00", "不同意"]],
    ["同意，明天我去现场看看", ["同意，至 12月8日（周二）18:00", "同意，至 12月31日（周四）18:00", "不同意"]],
    ["同意，只能到今天中午", ["同意，至 12月31日（周四）18:00", "不同意"]],
  ])("%s", (text, options) => {
    const { answer, events } = said(text, chief);
    expect(events).toEqual([]);
    expect(answer).toContain(options.map((option, i) => `${i + 1} ${option}`).join("\n"));
  });

  it("and the number decides", () => {
    const choice = { act: "agree" as const, whom: null, due: at("31"), said: "但要先跟企业说清楚" };
    const ask = { kind: "order" as const, ticket: "T017", options: [choice] };
    const { ticket, told } = said("1", { ...chief, ask });
    expect(ticket?.due).toBe(at("31"));
    expect(told[1]?.text).toContain("首席帮办员意见：但要先跟企业说清楚");
  });

  it("somebody else than who was proposed", () => {
    const handing = asked({ proposal: "hand-over", to: "h01", due: null });
    const { answer } = said("同意，不过给辛", { ...chief, tickets: [handing] });
    expect(answer).toContain("1 派 帮办员辛（南社区服务点）\n2 同意\n3 不同意");
  });
});

describe("a second application", () => {
  const first = asked({ due: at("09") });
  const both = asked({ due: at("11"), replaced: [at("09")] });
  const helper = { by: "sun.san", tickets: [first], quote };

  it("is in the first one's stead, and says so to both", () => {
    const { answer, told, ticket } = said("延期 周五 老师没空", helper);
    expect(ticket?.proposal).toMatchObject({ due: at("11"), replaced: [at("09")] });
    expect(answer).toContain("拟延至 12月11日（周五）18:00，替代前一申请（延至 12月9日（周三）18:00），已报");
    expect(told[0]?.text).toContain("替代前一申请（12月9日（周三）18:00）");
  });

  it("the first one's buttons, and its quote, grant and refuse nothing any more", () => {
    const card =
      "【#1207-017 请决定延期】活动场地协调\n帮办员丙申请：今日 18:00 延至 12月9日（周三）18:00\n原因：场地未定";
    const { lines } = said("延期 周三 场地未定", {
      ...helper,
      tickets: [given("017", ["matched", "accepted"])],
    }).decision;
    const presses = (lines[1]?.buttons ?? []).map(({ says }) => said(says, { ...chief, tickets: [both], quote: null }));
    const quotes = said("同意", { ...chief, tickets: [both], quote: card });
    expect(presses).toHaveLength(2);
    for (const { answer, events } of [...presses, quotes]) {
      expect(events).toEqual([]);
      expect(answer).toContain("该申请已由新的申请替代，现申请延至 12月11日（周五）18:00");
    }
  });

  it("its own buttons do what they say", () => {
    const { lines } = said("延期 周五 老师没空", helper).decision;
    const [yes, no] = (lines[1]?.buttons ?? []).map(({ says }) =>
      said(says, { ...chief, tickets: [both], quote: null }),
    );
    expect(yes?.ticket?.due).toBe(at("11"));
    expect(no?.events).toEqual(["refused"]);
    expect(no?.told[0]?.text).toBe("【#1207-017 未同意】首席帮办员甲不同意延期。请按原安排继续办理");
  });
});

describe("what is decided already", () => {
  const story = (last: Happening) => {
    const stored = asked({ proposal: last.event === "declined" ? "decline" : "extend" });
    return stored;
  };
  it("is told to whoever decides once more, with who and when", () => {
    const granted = said("同意", chief).ticket;
    const again = { ...chief, tickets: granted ? [{ ticket: granted, version: "2" }] : [] };
    expect(said("同意", again).answer).toBe(
      "【#1207-017 已有决定】首席帮办员甲已于今日 09:12同意延期，新的时间：12月31日（周四）18:00 前",
    );
    expect(said("行，同意", { ...again, means: { "行，同意": isCommand("agree") } }).answer).toContain("已有决定");
  });

  it("of a declined one as well", () => {
    const both = story({ event: "declined", reason: "" });
    const officer = { by: "qian.er", chat: null, tickets: [both], quote };
    const declined = said("同意", officer).ticket;
    expect(declined?.state).toBe("declined");
    const second = { ...officer, by: "zhou.wu", tickets: declined ? [{ ticket: declined, version: "2" }] : [] };
    expect(said("同意", second).answer).toContain("特邀帮办员乙已于今日 09:12同意不予受理");
  });
});
