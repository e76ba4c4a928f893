import { expect, it } from "vitest";
import { noticeOf } from "../../../src/desk/lines/undelivered.ts";
import { aLine } from "../../lanes/samples.ts";
import { setting, station } from "../scene-given.ts";

const told = (to: string) => noticeOf(aLine("R1", "nan", { to, about: "#1207-017" }), setting());

it.each([
  ["h02", station.personById("h02")?.name],
  ["wecom:wrGROUP01", "恒通汽配有限公司企业群"],
  ["wecom:wrGROUP02", "南社区服务点企业群"],
  ["wecom:wrHELPERS", "帮办员群"],
  ["wecom:wrNOBODY", "wrNOBODY"],
  ["wecom:@wang.min", "wang.min"],
])("of a line to %s the chief is told by name", (to, name) => {
  expect(told(to).text).toBe(`【#1207-017 未送达】给${name}的一条消息未能送达，请联系管理员查看发件箱`);
});

it("is about the same ticket, hurries nobody, and is followed by no other", () => {
  expect(told("h02")).toMatchObject({ about: "#1207-017", notice: true, urgent: false, to: "chief" });
});
