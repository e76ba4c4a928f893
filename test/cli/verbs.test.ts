import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type Bench, closeBench, openBench } from "./doctor-bench.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
let bench: Bench;

beforeAll(() => {
  bench = openBench({});
  // Enough of a second item to tell the two apart.
  writeFileSync(
    join(bench.folder, "intents/menu/b.yaml"),
    `category: 党员管理
items:
- id: dues
  name: 党费收缴
  summary: 标准和补交
  promise: 当日答复
  steps: [核对]
  size: small
  route: point
  phrases: [党费怎么交, 党费标准是多少, 上个月党费忘了交怎么补, 党费基数怎么算, 交党费要去哪里, 退休党员党费交多少]
`,
  );
});
afterAll(() => closeBench(bench));

async function desk(
  args: readonly string[],
  input = "",
  { cwd = root, ...more }: Record<string, string> & { cwd?: string } = {},
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [inject("cliPath"), ...args], {
    cwd,
    env: { PATH: process.env["PATH"], NODE_ENV: "production", ...bench.environment, ...more },
  });
  // A verb that reads nothing has gone before it could.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code: child.exitCode, out, err };
}

describe("match", () => {
  it("answers a line of JSON for each line, in order, and nothing else on stdout", async () => {
    const messages = ["借会议室的第3种说法", "", "党费怎么交", "早上好", '带"引号"和\\的'];
    const { code, out } = await desk(["match"], `${messages.join("\r\n")}\n`);
    expect(code).toBe(0);
    const rows = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows.map(({ text: said }) => said)).toEqual(messages);
    for (const row of rows) {
      expect(Object.keys(row)).toEqual([
        "text",
        "kind",
        "items",
        "command",
        "confidence",
        "candidates",
        "because",
        "closest",
      ]);
    }
  });

  it("reads a last line without an end, and nothing from nothing", async () => {
    expect((await desk(["match"], "党费怎么交")).out.trimEnd().split("\n")).toHaveLength(1);
    expect(await desk(["match"])).toMatchObject({ code: 0, out: "" });
  });
});

describe("due", () => {
  it("answers one line of JSON", async () => {
    const station = ["--station", join(bench.folder, "station.yaml")];
    const { code, out } = await desk(["due", "--received", "2026-12-07T09:12:00+08:00", "--size", "small", ...station]);
    expect(code).toBe(0);
    expect(out.trimEnd().split("\n")).toHaveLength(1);
    expect(JSON.parse(out)).toEqual({
      due: "2026-12-07T18:00:00+08:00",
      countsFrom: "2026-12-07",
      provisional: false,
      why: expect.any(String),
    });
  });

  it.each([
    [["--size", "small"], "--received"],
    [["--received", "2026-12-07T09:12", "--size", "huge"], "--size"],
    [["--received", "tomorrow", "--size", "small"], "--received"],
    [["--received", "2026-02-30T10:00+08:00", "--size", "small"], "--received"],
    [["--received", "2026-11-23T24:00+08:00", "--size", "small"], "--received"],
    [["--recieved", "2026-12-07T09:12", "--size", "small"], "用法：npm run desk -- due"],
    [["2026-12-07T09:12"], "用法：npm run desk -- due"],
  ])("refuses %j", async (args, said) => {
    const { code, out, err } = await desk(["due", ...args]);
    expect({ code, out }).toEqual({ code: 64, out: "" });
    expect(err).toContain(said);
  });

  it("goes by the usual hours where there is no station file, and says so", async () => {
    const here = mkdtempSync(join(tmpdir(), "bangban-bare-"));
    const asked = ["due", "--received", "2026-12-07T16:30+08:00", "--size", "small"];
    const { code, out, err } = await desk(asked, "", { cwd: here, STATION_FILE: "" });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ due: "2026-12-08T18:00:00+08:00", countsFrom: "2026-12-08" });
    expect(err).toBe("没有 ./station.yaml，按默认的时间计算：08:30—18:00，16:30 截止；节假日按已公布的安排\n");
    // One that was named must be there.
    expect(await desk([...asked, "--station", "x.yaml"], "", { cwd: here, STATION_FILE: "" })).toMatchObject({
      code: 78,
    });
    rmSync(here, { recursive: true });
  });

  it("names what is wrong in the station file", async () => {
    const wrong = join(bench.folder, "wrong.yaml");
    writeFileSync(
      wrong,
      "station: nan\nname: 南站\npoints:\n  - { id: a, name: 甲 }\npeople:\n  - { id: b, role: chief }\n",
    );
    const { code, out, err } = await desk([
      "due",
      "--received",
      "2026-12-07T09:12",
      "--size",
      "big",
      "--station",
      wrong,
    ]);
    expect({ code, out }).toEqual({ code: 78, out: "" });
    expect(err).toBe(`${wrong} 第 6 行 people.0.name：缺少这一项\n`);
  });
});

describe("anything else", () => {
  it.each([[[]], [["constructor"]], [["matsch"]]])("%j: 64 and every verb's usage", async (args) => {
    const { code, out, err } = await desk(args);
    expect({ code, out }).toEqual({ code: 64, out: "" });
    for (const verb of ["match", "due", "evaluate", "doctor"]) expect(err).toMatch(new RegExp(`^ {2}${verb} `, "m"));
  });

  it("doctor: its lines on stdout, its verdict as exit code, and a group that is not there", async () => {
    const { code, out } = await desk(["doctor"]);
    expect(out).toMatch(/^好　　　Node：/);
    expect(out.trimEnd().split("\n").at(-1)).toMatch(/^共 \d+ 项：/);
    expect(code).toBe(out.includes("\n须处理") ? 78 : 0);
    expect((await desk(["doctor", "--sent", "x"])).code).toBe(64);
    const nowhere = await desk(["doctor", "--send", "别处"]);
    expect(nowhere.out).toMatch(/^须处理　--send：站点文件里没有“别处”这个群/);
    expect(nowhere.code).toBe(64);
  });
});
