/** The verb as it is typed, against a real Redis with lines in it. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { openCommit } from "../../src/lanes/commit.ts";
import { openOutbox } from "../../src/lanes/outbox.ts";
import { aLine } from "../lanes/samples.ts";
import { openVerbBench } from "./verb-bench.ts";

const bench = openVerbBench();
const { redis, tag } = bench.redis;
const run = (...args: string[]) => bench.run("outbox", ...args);
const outbox = openOutbox({ redis, tag, processId: "desk", paces: [], socket: null });

beforeAll(async () => {
  const lines = ["R1", "R2"].map((id) => aLine(id, id, { about: "#1123-017", text: "请联系 13812345678" }));
  await openCommit(redis, tag, "desk")({ head: null, checks: [], numbers: [], writes: [], replies: lines });
  for (const lent of await outbox.take(10)) {
    const verdicts = lent.entries.map(({ line }) => ({
      id: line.id,
      outcome: "failed" as const,
      reason: "93000 已移除",
    }));
    await outbox.settle(lent, { verdicts, restMs: 0, unsent: false, lines: [] });
  }
});
afterAll(() => bench.close());

it("lists what nobody got, with the reason and without personal numbers", async () => {
  const { code, out, err } = await run();
  expect(code).toBe(0);
  const rows = out.trimEnd().split("\n");
  expect(rows).toHaveLength(2);
  for (const row of rows) expect(row).toMatch(/^R[12]　.*#1123-017　原因：93000 已移除　请联系 138\*\*\*\*5678$/u);
  expect(err).toContain("共 2 条未送达");
});

it("sends one again, forgets the other, and then has none to show", async () => {
  expect(await run("--retry", "R1")).toMatchObject({ code: 0, err: expect.stringContaining("已重新排入发送") });
  expect(await run("--retry", "R1")).toMatchObject({ code: 0, err: expect.stringContaining("还在排队") });
  expect(await run("--drop", "R2")).toMatchObject({ code: 0, err: expect.stringContaining("已删除") });
  expect(await run("--drop", "R2")).toMatchObject({ code: 1, err: expect.stringContaining("没有这一条") });
  expect(await run()).toMatchObject({ code: 0, out: "", err: expect.stringContaining("没有未送达的消息") });
});

it("takes one order at a time", async () => {
  expect(await run("--retry", "R1", "--drop", "R1")).toMatchObject({ code: 64, out: "" });
});
