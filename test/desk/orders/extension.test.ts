import { describe, expect, it } from "vitest";
import { readNewDue } from "../../../src/desk/orders/new-due.ts";
import { openCalendar } from "../../../src/pledge/calendar.ts";
import { given, NOW, OPENED, quoteOf, said } from "../scene-given.ts";

const accepted = given("017", ["matched", "accepted"]);
const asked = given("017", [
  "matched",
  "accepted",
  {
    event: "proposed",
    proposal: "extend",
    reason: "场地未定",
    to: null,
    due: Date.parse("2026-12-09T18:00+08:00"),
    until: null,
    deciders: ["chief"],
  },
]);
const own = (by: string, kind: "extend" | "decline" = "extend") => {
  const { proposal } = asked.ticket;
  return { ...asked, ticket: { ...asked.ticket, proposal: proposal && { ...proposal, by, kind } } };
};
const proposed = own("h02");
const quote = quoteOf("017");
const by = { by: "sun.san", tickets: [accepted], quote };
const chief = { by: "zhao.yi", chat: null, tickets: [proposed], quote };

describe("延期 时间 原因", () => {
  it("is put to the chief, outside the company's group; until then the promise stands", () => {
    const { answer, told, events, ticket, decision } = said("延期 周三 场地方要开会研究", by);
    expect(events).toEqual(["proposed"]);
    expect(ticket).toMatchObject({
      due: OPENED.due,
      proposal: { kind: "extend", due: Date.parse("2026-12-09T18:00+08:00"), reason: "场地方要开会研究" },
    });
    expect(answer).toBe("【#1207-017 申请延期】拟延至 12月9日（周三）18:00，已报首席帮办员甲，同意前仍按原承诺办理");
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ to: "chief*" });
    expect(told[0]?.text).toContain("帮办员丙申请：今日 18:00 延至 12月9日（周三）18:00\n原因：场地方要开会研究");
    expect(decision.lines[1]?.buttons?.map(({ says }) => says)).toEqual([
      "同意 #1207-017 延至 2026年12月9日（周三）18:00",
      "不同意 #1207-017 延至 2026年12月9日（周三）18:00",
    ]);
  });

  it.each(["001", "#1207-001", "1207-001", "#001", "001号，"])("with the number %s behind the word too", (number) => {
    const first = given("001", ["matched", "accepted"]);
    const { ticket } = said(`延期 ${number} 12月9日 15:00 等材料`, { ...by, tickets: [first], quote: quoteOf("001") });
    expect(ticket?.proposal).toMatchObject({ reason: "等材料", due: Date.parse("2026-12-09T15:00+08:00") });
  });

  it("agreed to: the asker hears the new time, with an apology", () => {
    const { answer, told, events, ticket } = said("同意", chief);
    expect(events).toEqual(["extended"]);
    expect(ticket).toMatchObject({ due: Date.parse("2026-12-09T18:00+08:00"), proposal: null, state: "accepted" });
    expect(told[0]).toEqual({
      to: "wecom:wang.min",
      text: "【#1207-017 已延期】本件需延长办理时间（场地未定），让您久等了，抱歉。新的时间：12月9日（周三）18:00 前",
    });
    expect(told[1]).toEqual({ to: "h02", text: "【#1207-017 同意延期】新的时间：12月9日（周三）18:00 前" });
    expect(answer).toContain("已延期】新的时间：12月9日（周三）18:00 前。已告知诉求人");
  });

  it("refused: whoever asked hears so, and the promise stands", () => {
    const { told, events, ticket } = said("不同意 企业明天就要用", chief);
    expect(events).toEqual(["refused"]);
    expect(ticket).toMatchObject({ due: OPENED.due, proposal: null });
    expect(told).toEqual([
      {
        to: "h02",
        text: "【#1207-017 未同意】首席帮办员甲不同意延期，原因：企业明天就要用。请按原安排继续办理",
      },
    ]);
  });

  it("agreed to when the time asked for is over is asked for anew", () => {
    const { answer, events } = said("同意", { ...chief, now: NOW + 4 * 86_400_000 });
    expect(events).toEqual(["lapsed"]);
    expect(answer).toContain("申请延至的时间已过");
  });

  it("is decided by nobody but the chief, and only where something was proposed", () => {
    expect(said("同意", { ...by, tickets: [proposed] }).answer).toContain("“同意”由首席帮办员办理，本次未生效");
    expect(said("同意", { ...by, by: "qian.er", tickets: [proposed] }).answer).toContain(
      "“同意”由首席帮办员办理，本次未生效",
    );
    expect(said("同意", { ...chief, tickets: [accepted] }).answer).toContain("本件没有待同意的事项");
  });

  it("of the chief's own needs nobody's word", () => {
    const { events } = said("延期 周三 场地未定", { ...by, by: "zhao.yi" });
    expect(events).toEqual(["extended"]);
  });

  it("asks for the time, and then for the reason, once", () => {
    const noTime = said("延期", by);
    expect(noTime.answer).toContain("请写明延至何时及原因");
    const noReason = said("延期 周三", by);
    expect(noReason.answer).toContain("请写明原因");
    expect(noReason.events).toEqual([]);
    const ask = noReason.decision.talks[0]?.ask?.ask;
    expect(ask).toMatchObject({ kind: "words", act: "extend", said: "周三" });
    const { ticket } = said("场地方要开会研究", { ...by, ...(ask ? { ask } : {}) });
    expect(ticket?.proposal).toMatchObject({ reason: "场地方要开会研究" });
  });

  it("to a time that is no later is not taken", () => {
    expect(said("延期 今天中午 原因", by).answer).toContain("新的时间须晚于现在和原承诺（今日 18:00）");
    expect(said("延期 2028年1月5日 原因", by).answer).toContain("延期最长三个月");
  });

  it("waits while something else is put to somebody's word", () => {
    const declining = own("chief", "decline");
    expect(said("延期 周三 场地", { ...by, tickets: [declining] }).answer).toContain("正在等待不予受理的决定");
  });
});

describe("the time that is asked for", () => {
  const calendar = openCalendar({ rest: [], work: [] });
  const hours = { open: 510, close: 1080, cutoff: 990, quiet: { from: 1200, to: 510 } };
  const read = (text: string) => readNewDue(text, { due: OPENED.due, now: NOW, calendar, hours });
  it.each([
    ["今天来不及了，申请延到后天", "2026-12-09T18:00", "今天来不及了"],
    ["老师周五才回来，能不能宽限到下周一", "2026-12-14T18:00", "老师周五才回来"],
    ["后天 场地未定", "2026-12-09T18:00", "场地未定"],
    ["到周四下午三点，老师才有空", "2026-12-10T15:00", "老师才有空"],
    ["12月9日 21:00 等材料", "2026-12-09T18:00", "等材料"],
    ["12月15号前 要等批文", "2026-12-15T18:00", "要等批文"],
    ["明天上午 材料外地寄来", "2026-12-08T12:00", "材料外地寄来"],
    ["两个工作日 发函要回函", "2026-12-09T18:00", "发函要回函"],
    ["再给我三天，要开支委会", "2026-12-10T18:00", "要开支委会"],
    ["一周 施工没那么快", "2026-12-14T18:00", "施工没那么快"],
    ["两小时 在路上", "2026-12-08T10:30", "在路上"],
    ["周六 加班", "2026-12-14T18:00", "加班"],
  ])("%s", (text, due, reason) => {
    expect(read(text)).toMatchObject({ due: Date.parse(`${due}+08:00`), rest: reason });
  });
  it.each(["场地未定", "", "尽快"])("none in “%s”", (text) => expect(read(text)).toBeNull());
});
