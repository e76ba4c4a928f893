import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { cannotWrite, lookAtOutput } from "../../src/cli/output-file.ts";

const home = mkdtempSync(join(tmpdir(), "bangban-output-"));
const [folder, old, fresh] = ["folder.png", "old.png", "new.png"].map((name) => join(home, name)) as [
  ...[string, string, string],
];
mkdirSync(folder);
writeFileSync(old, "precious");
afterAll(() => rmSync(home, { recursive: true }));

describe("a file that is to be written", () => {
  it("may be there already, or not, and looking at it changes nothing", () => {
    expect(lookAtOutput("--out", old)).toEqual({ refusal: null, exists: true });
    expect(lookAtOutput("--out", fresh)).toEqual({ refusal: null, exists: false });
    expect(readdirSync(home).sort()).toEqual(["folder.png", "old.png"]);
    expect(readFileSync(old, "utf8")).toBe("precious");
  });

  it.each([
    [folder, `--out：“${folder}”是文件夹，请写明文件名`],
    [join(old, "x.png"), `--out：“${old}”不是文件夹，请换一个`],
    ["/nowhere/x.png", "--out：没有“/nowhere”这个文件夹，请先建好，或换一个"],
    ["/dev/null", "--out：“/dev/null”不是普通文件，请换一个"],
    ["/proc/x.png", "--out：无法写入“/proc/x.png”：该位置不能新建文件，请处理后再试，或换一个位置"],
  ])("%s is refused in one line", (file, refusal) => expect(lookAtOutput("--out", file).refusal).toBe(refusal));
});

it("what fails of the file later is said by its reason, and nothing else is taken for that", () => {
  const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  expect(cannotWrite("a.xlsx", full)).toBe("无法写入“a.xlsx”：磁盘空间不足，请处理后再试，或换一个位置");
  expect(cannotWrite("a.xlsx", new Error("broken"))).toBeNull();
});
