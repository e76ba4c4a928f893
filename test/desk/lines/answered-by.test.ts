import { expect, it } from "vitest";
import { given, MINUTE, NOW, quoteOf, said } from "../scene-given.ts";

/** Past due since a quarter of an hour, on a Monday morning. */
const late = { due: NOW - 15 * MINUTE, light: "yellow" } as const;
const quote = quoteOf("017");
const SORRY = "本件已超过承诺的时间，让您久等了，抱歉，最迟 ";

it("a case that is late is told to its company with an apology and a time to come, whoever takes it", () => {
  const open = given("017", ["matched"], late);
  const accepted = given("017", ["matched", "accepted"], late);
  const heard = [
    said("接单", { by: "sun.san", tickets: [open], quote }).answer,
    said("转办 帮办员辛 出差", { by: "sun.san", tickets: [accepted], quote }).told.find(
      ({ to }) => to === "wecom:wang.min",
    )?.text ?? "",
    said("派 帮办员辛，归 党费收缴", { by: "zhao.yi", tickets: [open], quote }).told.find(
      ({ to }) => to === "wecom:wang.min",
    )?.text ?? "",
  ];
  for (const text of heard) {
    expect(text).toContain(SORRY);
    expect(text).not.toContain("承诺不变");
    expect(text).not.toMatch(/今日 08:57 前/u);
  }
});

it("one that is in time keeps its promise", () => {
  const open = given("017", ["matched"]);
  expect(said("接单", { by: "sun.san", tickets: [open], quote }).answer).toBe(
    "【#1207-017 正在办理】帮办员丙已接单，今日 18:00 前答复",
  );
});
