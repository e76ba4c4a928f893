import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { BadFile } from "../../src/store/yaml-file.ts";
import { readIntents } from "../../src/understanding/intents.ts";
import { FILES, writeIntents } from "./fixtures.ts";

const menuA = FILES["menu/a.yaml"] as string;
const commands = FILES["commands.yaml"] as string;

function refusal(changes: Record<string, string | null>): { dir: string; message: string; error: BadFile } {
  const dir = writeIntents(changes);
  try {
    readIntents(dir);
  } catch (error) {
    if (error instanceof BadFile) return { dir, message: error.message, error };
    throw error;
  }
  throw new Error("was not refused");
}

describe("reading the intents", () => {
  it("knows the menu in the order of its files, with their categories", () => {
    const intents = readIntents(writeIntents());
    expect(intents.categories.map(({ name }) => name)).toEqual(["资源统筹", "党员管理"]);
    expect([...intents.items.keys()]).toEqual(["venue", "dues", "transfer"]);
    expect(intents.items.get("dues")?.ask).toEqual([]);
    expect(intents.commands.map(({ id }) => id)).toEqual(["accept", "resolve", "menu"]);
    expect(intents.items.get("constructor")).toBeUndefined();
  });

  it("takes a bare list for a category named after its file", () => {
    const bare = menuA.replace("category: 资源统筹\nitems:\n", "");
    const intents = readIntents(writeIntents({ "menu/a.yaml": bare }));
    expect(intents.categories[0]?.name).toBe("a");
    expect(intents.categories[0]?.items[0]?.id).toBe("venue");
  });

  it("finds the right line in a bare list", () => {
    const bare = menuA.replace("category: 资源统筹\nitems:\n", "").replace("size: small", "size: tiny");
    const { dir, message } = refusal({ "menu/a.yaml": bare });
    expect(message).toContain(`${join(dir, "menu", "a.yaml")} 第 6 行 0.size：只能是 small`);
  });

  it("gives the same fingerprint to the same words, and another to a changed phrase", () => {
    const one = readIntents(writeIntents()).fingerprint;
    expect(readIntents(writeIntents()).fingerprint).toBe(one);
    const other = readIntents(writeIntents({ "menu/a.yaml": menuA.replace("想借会议室", "想借大会议室") }));
    expect(other.fingerprint).not.toBe(one);
  });

  const refused: [string, string, (text: string) => string | null, string][] = [
    ["a missing commands file", "commands.yaml", () => null, "找不到这个文件"],
    ["broken YAML", "menu/a.yaml", () => "items: [", "YAML 写法有误"],
    ["an unknown size", "menu/a.yaml", (text) => text.replace("size: small", "size: tiny"), "第 8 行 items.0.size"],
    ["an unknown route", "menu/a.yaml", (text) => text.replace("route: point", "route: moon"), "第 9 行 items.0.route"],
    [
      "an id that is no slug",
      "menu/a.yaml",
      (text) => text.replace("id: venue", "id: Ven ue"),
      "items.0.id：只能用小写字母",
    ],
    ["a reserved id", "menu/a.yaml", (text) => text.replace("id: venue", "id: other"), "保留字"],
    ["a field that nobody knows", "menu/a.yaml", (text) => text.replace("materials:", "material:"), "material"],
    [
      "an item without phrases",
      "menu/a.yaml",
      (text) => `${text.split("phrases:")[0]}phrases: []\n`,
      "至少要有一条说法",
    ],
    ["an empty phrase", "menu/a.yaml", (text) => `${text}  - ""\n`, "items.0.phrases.6：不能为空"],
    ["a phrase that is a number", "menu/a.yaml", (text) => `${text}  - 12345\n`, "items.0.phrases.6"],
    ["a phrase of 201 characters", "menu/a.yaml", (text) => `${text}  - ${"长".repeat(201)}\n`, "200"],
    ["an id in two files", "menu/a.yaml", (text) => text.replace("id: venue", "id: dues"), "“dues”已在"],
    [
      "an unknown command",
      "commands.yaml",
      (text) => text.replace("id: menu", "id: dance"),
      "第 11 行 2.id：不认识这个命令",
    ],
    ["a command twice", "commands.yaml", (text) => text.replace("id: menu", "id: accept"), "2.id：命令“accept”已在"],
    ["an unknown role", "commands.yaml", (text) => text.replace("who: anyone", "who: cat"), "2.who"],
  ];
  it.each(refused)("refuses %s, naming file, line and field", (_, file, change, reason) => {
    const { dir, message } = refusal({ [file]: change(FILES[file] as string) });
    expect(message).toMatch(/ 第 \d+ 行/);
    expect(message).toContain(reason);
    expect(message.startsWith(dir)).toBe(true);
  });

  it("names both places of a phrase that is taught two meanings, however it is spelt", () => {
    const { dir, message } = refusal({ "smalltalk.yaml": "phrases: [谢谢, 党費 怎么交？]\n" });
    expect(message).toBe(
      `${join(dir, "smalltalk.yaml")} 第 1 行 phrases.1：“党費 怎么交？”归在 none，但 ${join(dir, "menu", "b.yaml")} 第 11 行 已归在 dues`,
    );
  });

  it("counts a command's short words among its phrases", () => {
    const { message } = refusal({ "commands.yaml": commands.replace("words: [菜单]", "words: [菜单, 办结]") });
    expect(message).toContain("归在 command:menu");
  });

  it("refuses a folder without a menu, and a menu without files", () => {
    expect(() => readIntents("/nowhere/intents")).toThrow("/nowhere/intents/menu 第 1 行：找不到事项目录");
    expect(refusal({ "menu/a.yaml": null, "menu/b.yaml": null }).message).toContain("没有 .yaml 文件");
  });

  it("checks that sentences with two requests name items of the menu", () => {
    const two = "- { text: 借会议室，还要交党费, items: [venue, moon] }\n";
    expect(refusal({ "two-requests.yaml": two }).message).toContain("0.items.1：菜单里没有事项“moon”");
  });
});
