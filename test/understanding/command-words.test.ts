import { describe, expect, it } from "vitest";
import { asksAboutCommand, commandAtStart } from "../../src/understanding/command-words.ts";
import type { CommandIntent } from "../../src/understanding/intents.ts";

const commands = (
  [
    ["accept", ["接单"]],
    ["resolve", ["办结", "办结了"]],
    ["transfer", ["转办"]],
    ["change", ["改"]],
    ["query", ["查", "查进度"]],
    ["today", ["今日"]],
    ["menu", ["菜单"]],
    ["rate-good", ["满意", "非常满意"]],
    ["rate-bad", ["不满意", "非常不满意"]],
  ] as const
).map(([id, words]): CommandIntent => ({ id, name: id, who: "anyone", words: [...words], phrases: ["例"] }));

describe("a command word at the start", () => {
  it.each([
    ["接单", "accept", ""],
    ["接单！", "accept", ""],
    ["  接单 017", "accept", "017"],
    ["办结 三楼会议室已留座", "resolve", "三楼会议室已留座"],
    ["办结：已处理", "resolve", "已处理"],
    ["办结了，钥匙在前台", "resolve", "钥匙在前台"],
    ["转办 孙三 请假", "transfer", "孙三 请假"],
    ["查 017", "query", "017"],
    ["查017", "query", "017"],
    ["改", "change", ""],
    ["#1123-017 办结 已处理", "resolve", "已处理"],
    ["T-1123-017：接单", "accept", ""],
    ["17号 办结 好了", "resolve", "好了"],
    ["＃１１２３－０１７　接单", "accept", ""],
    ["不满意", "rate-bad", ""],
    ["非常满意，谢谢", "rate-good", "谢谢"],
  ])("%j is sure", (text, command, rest) => {
    expect(commandAtStart(text, commands)).toEqual({ command, rest, sure: true });
  });

  it.each([
    ["办结流程是什么", "resolve"],
    ["菜单上的场地怎么借", "menu"],
    ["今日 我们想借一间会议室", "today"],
    ["改善活动室要怎么申请", "change"],
    ["转办孙三请假", "transfer"],
  ])("%j is left to the matcher", (text, command) => {
    expect(commandAtStart(text, commands)).toMatchObject({ command, sure: false });
  });

  it.each(["", "5", "你好", "想办结", "constructor", "😀".repeat(2000), "017"])("%j has none", (text) => {
    expect(commandAtStart(text, commands)).toBeNull();
  });

  it("tells a question about a command from the command", () => {
    const asks = (text: string) => {
      const word = commandAtStart(text, commands);
      return word !== null && asksAboutCommand(word);
    };
    expect(asks("办结流程是什么")).toBe(true);
    expect(asks("转办怎么操作")).toBe(true);
    expect(asks("转办孙三请假")).toBe(false);
    expect(asks("办结 怎么弄的都写在附件里")).toBe(false);
  });
});
