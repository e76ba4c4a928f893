/** What staff do one-to-one, where no group says which tickets are meant; and who only looks like staff. */
import { describe, expect, it } from "vitest";
import { given, isCommand, said } from "./scene-given.ts";

/** Two of h02's, from two companies' groups. */
const first = given("017", ["matched"]);
const second = given("018", ["matched"], { conversation: "wecom:wrGROUP02", asker: "wecom:liu.fang" });
const alone = { by: "sun.san", chat: null };

describe("a helper, one-to-one", () => {
  it("accepts by a short number, whatever group the ticket lives in", () => {
    const { events, answer, told } = said("018 接单", { ...alone, tickets: [first, second] });
    expect(events).toEqual(["accepted"]);
    expect(answer).toContain("#1207-018");
    expect(told).toMatchObject([{ to: "wecom:liu.fang" }]);
  });

  it("accepts the only one without any number", () => {
    expect(said("接单", { ...alone, tickets: [second] }).ticket).toMatchObject({
      number: "20261207-018",
      state: "accepted",
    });
  });

  it("is asked which one, where several wait", () => {
    const { answer, asks } = said("接单", { ...alone, tickets: [first, second] });
    expect(answer).toMatch(/#1207-017[\s\S]*#1207-018/);
    expect(asks).toEqual(["which"]);
  });

  it("resolves; the company hears it in its own group", () => {
    const { events, told } = said("#1207-017 办结 三楼会议室，已留座", { ...alone, tickets: [first, second] });
    expect(events).toEqual(["accepted", "resolved"]);
    expect(told).toMatchObject([{ to: "wecom:wang.min", text: expect.stringContaining("三楼会议室") }]);
  });

  it("sees all of hers when asking", () => {
    const { answer } = said("查", { ...alone, tickets: [first, second], means: { 查: isCommand("query") } });
    expect(answer).toMatch(/#1207-017[\s\S]*#1207-018/);
  });
});

it("among staff one's own are meant too", () => {
  expect(said("018 接单", { by: "sun.san", chat: "wrHELPERS", tickets: [first, second] }).events).toEqual(["accepted"]);
});

it("somebody of another organisation is no helper, whatever the account", () => {
  const { events, answer } = said("017 接单", { by: "sun.san", outsider: true, tickets: [first] });
  expect(events).toEqual([]);
  expect(answer).toContain("帮办员");
});
