/** A line of a script that is not true fails: else twenty green conversations would say nothing. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { oneHelper, openTestDesk, type TestDesk } from "../../doubles/desk.ts";
import { perform } from "./runner.ts";
import { readLine } from "./script.ts";

const MORNING = "@ 12-07 09:12";

describe("a script", () => {
  let desk: TestDesk;
  beforeAll(async () => {
    desk = await openTestDesk({ station: oneHelper });
    await perform(desk, "wecom", [
      MORNING,
      "王敏: 周三下午想借一间会议室，三十人",
      "< #001 已受理",
      "! 孙三 #001 待接单",
    ]);
  });
  afterAll(() => desk.close());

  it.each([
    ["an answer with other words", ["王敏: 菜单", "< 已办结"]],
    ["an answer that contains only one of the two", ["王敏: 菜单", "< 服务事项 && 已办结"]],
    ["silence, where something was answered", ["王敏: 菜单", "~"]],
    ["a telephone that does not ring", ["王敏 ↩ 已受理: 查", "! 孙三 #001"]],
    ["a line of before", ["! 孙三 #001 待接单"]],
    ["a line of another group", ["王敏: 菜单", "+ 帮办群 服务事项"]],
    ["what was shown all the same", ["- 企业群 会议室"]],
    ["once, what was never shown", ["1 帮办群 会议室"]],
    ["once, what was shown twice", ["1 企业群 #001"]],
    ["another state", ["= 001 办理中 孙三"]],
    ["another owner", ["= 001 待接单 王八/郑七"]],
    ["a rating that nobody gave", ["= 001 待接单 孙三 5"]],
    ["an event that was not", ["# 001 accepted 1"]],
    ["a quote of what was never said", ["孙三 ↩ 已延期: 接单"]],
  ])("fails at %s", async (_, lines) => {
    await expect(perform(desk, "wecom", [MORNING, ...lines], 400)).rejects.toThrow(lines.at(-1));
  });

  it("fails at a line that cannot be read, and without its clock", async () => {
    expect(() => readLine("孙三接单", "1207")).toThrow("no line of a script");
    await expect(perform(desk, "wecom", ["王敏: 菜单"])).rejects.toThrow("begins with its clock");
    await expect(perform(desk, "wecom", [MORNING, "王五: 菜单"])).rejects.toThrow("unknown in scripts");
  });

  it("is passed by what is true", async () => {
    await perform(desk, "wecom", [MORNING, "= 001 待接单 孙三/王八", "# 001 opened 1", "- 帮办群 会议室"]);
  });
});
