import { describe, expect, it } from "vitest";
import { NOTHING } from "../../../src/desk/decision.ts";
import { given, MINUTE, NOW, reading, setting, stepped } from "../scene-given.ts";

describe("a question that nobody answered for ten minutes", () => {
  it("about the item: the chief takes it, and the asker hears so", () => {
    const { told, events, ticket } = reading(stepped(setting(), given("017"), NOW + MINUTE));
    expect(events).toEqual(["matched"]);
    expect(ticket).toMatchObject({ item: "other", owner: "chief", size: "big" });
    expect(told[0]).toMatchObject({ to: "chief*" });
    expect(told[0]?.text).toContain("请研究办理");
    expect(told[1]).toEqual({
      to: "wecom:wang.min",
      text: "【#1207-017 已转交】尚未收到您的答复，已请首席帮办员甲直接与您联系",
    });
  });

  it("about the item of one that a helper has accepted: the chief takes it by the time of a first response", () => {
    const accepted = given("017", ["accepted"], { owner: "h02", first: "h02" });
    expect(stepped(setting(), accepted, NOW + MINUTE)).toBe(NOTHING);
    const { told, events, ticket } = reading(stepped(setting(), accepted, NOW + 20 * MINUTE));
    expect(events).toEqual(["matched"]);
    expect(ticket).toMatchObject({ item: "other", owner: "chief", state: "accepted" });
    expect(told.map(({ to }) => to)).toEqual(["chief*", "h02", "wecom:wang.min"]);
    expect(told[1]?.text).toContain("本件事项未能确认，现由首席帮办员甲研究，您不必再办");
    const chiefs = given("017", ["accepted"], { owner: "chief", first: "chief" });
    expect(reading(stepped(setting(), chiefs, NOW + 20 * MINUTE))).toMatchObject({ told: [], events: ["matched"] });
  });

  it("about the enterprise: the main station takes it", () => {
    const stored = given("017", ["matched"], { owner: null, point: null, enterprise: null });
    const { told, ticket } = reading(stepped(setting(), stored, NOW + MINUTE));
    expect(ticket).toMatchObject({ item: "venue", owner: "h01" });
    expect(told[0]).toMatchObject({ to: "h01" });
    expect(told[1]?.text).toContain("已请帮办员庚（丽园商圈服务站）直接与您联系");
  });

  it("is not said to somebody whom no way leads to", () => {
    const { told } = reading(stepped(setting(), given("017", [], { conversation: "wecom:@wang.min" }), NOW + MINUTE));
    expect(told.map(({ to }) => to)).toEqual(["chief*"]);
  });

  it("waits its time, and is for nobody else", () => {
    expect(stepped(setting(), given("017"), NOW - MINUTE)).toBe(NOTHING);
    expect(stepped(setting(), given("017", ["matched"]), NOW + MINUTE)).toBe(NOTHING);
  });
});
