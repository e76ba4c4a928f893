import { describe, expect, it } from "vitest";
import { given, isCommand, NOW, quoteOf, reading, said, setting, stepped } from "../scene-given.ts";

const other = given("017", ["matched"], { item: "other", owner: "chief", first: "chief", size: "big" });
const quote = quoteOf("017");
const chief = { by: "zhao.yi", chat: null, tickets: [other], quote };
const { decision: proposedBy } = said("不属受理范围 属劳动仲裁，请找仲裁委", chief);
const proposed = { ticket: proposedBy.changes[0]?.after ?? other.ticket, version: "2" };
const officer = { by: "qian.er", chat: null, tickets: [proposed], quote };
/** One working day later, at the same time. */
const UNTIL = NOW + 24 * 3_600_000;

describe("不属受理范围 原因", () => {
  it("is put to the invited officers by the chief; the asker hears nothing yet", () => {
    const { answer, told, events, ticket } = said("不属受理范围 属劳动仲裁，请找仲裁委", chief);
    expect(events).toEqual(["proposed"]);
    expect(ticket).toMatchObject({ state: "open", proposal: { kind: "decline", by: "chief", until: UNTIL } });
    expect(told.map(({ to }) => to)).toEqual(["org*", "eco*", "uni*"]);
    expect(told[0]?.text).toContain("首席帮办员甲提出不属受理范围，原因：属劳动仲裁，请找仲裁委");
    expect(answer).toContain("须另一位特邀帮办员或领导同意；一个工作日内无人同意，则继续办理");
  });

  it("agreed to by one of them: the asker hears why, and where to turn", () => {
    const { ticket, told, events } = said("同意", officer);
    expect(events).toEqual(["declined"]);
    expect(ticket).toMatchObject({ state: "declined", proposal: null });
    expect(told.map(({ to }) => to)).toEqual(["wecom:wang.min", "chief*"]);
    expect(told[0]?.text).toBe(
      "【#1207-017 不予受理】经研究，您的诉求不属于本站受理范围，未能帮到您，抱歉\n" +
        "原因：属劳动仲裁，请找仲裁委\n" +
        "可拨打12345政务服务便民热线咨询办理渠道；如情况有变，请@小帮手 重新说明",
    );
  });

  it("agreed to by a leader", () => {
    expect(said("同意", { ...officer, by: "li.si" }).ticket).toMatchObject({ state: "declined" });
  });

  it("is no matter for the chief alone, or for a helper", () => {
    expect(said("同意", { ...officer, by: "zhao.yi" }).answer).toContain(
      "“同意”由另一位特邀帮办员或领导办理，本次未生效",
    );
    expect(said("同意", { ...officer, by: "sun.san" }).answer).toContain(
      "“同意”由另一位特邀帮办员或领导办理，本次未生效",
    );
    expect(said("不属受理范围 原因", { ...chief, by: "qian.er" }).answer).toContain("由首席帮办员办理，本次未生效");
    expect(said("不属受理范围 原因", { ...chief, by: "wang.min", chat: "wrGROUP01" }).events).toEqual([]);
  });

  it("refused goes on, and the chief hears so", () => {
    const { ticket, told } = said("不同意 可以转经发办问一下", officer);
    expect(ticket).toMatchObject({ state: "open", proposal: null });
    expect(told).toEqual([
      {
        to: "chief*",
        text: "【#1207-017 未同意】特邀帮办员乙不同意不予受理，原因：可以转经发办问一下。请按原安排继续办理",
      },
    ]);
  });

  it("needs a reason", () => {
    const { asks, events } = said("不属受理范围", chief);
    expect([asks, events]).toEqual([["words"], []]);
  });

  it("in free words", () => {
    const text = "这个不归我们管，建议不受理";
    expect(said(text, { ...chief, means: { [text]: isCommand("decline") } }).events).toEqual(["proposed"]);
    const agreed = "同意，属实不在我们职责范围";
    const means = { [agreed]: isCommand("agree") };
    expect(said(agreed, { ...officer, means }).ticket).toMatchObject({ state: "declined" });
  });

  it("goes on when nobody agreed within a working day", () => {
    // The chief, whose it is, has been reminded to accept it by then.
    const waiting = {
      ...proposed,
      ticket: { ...proposed.ticket, awaited: { until: NOW, next: "nothing" } as const, light: "red" as const },
    };
    expect(reading(stepped(setting(), waiting, UNTIL - 1)).events).toEqual([]);
    const { events, ticket, told } = reading(stepped(setting(), waiting, UNTIL));
    expect(events).toEqual(["lapsed"]);
    expect(ticket).toMatchObject({ state: "open", proposal: null });
    expect(told.map(({ to }) => to)).toEqual(["chief*"]);
    expect(told[0]?.text).toContain("未在一个工作日内会签，本件继续办理");
  });
});
