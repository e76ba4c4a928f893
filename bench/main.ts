/** `npm run bench [-- history …]`: measures one thing after the other, or those named, and prints one table. Everything runs with fsync always. */
import { spawnSync } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { openBench } from "./bench.ts";
import { channelRows } from "./rows/channels.ts";
import { clockRows } from "./rows/clock.ts";
import { figuresRows } from "./rows/figures.ts";
import { historyRows } from "./rows/history.ts";
import { latencyRow } from "./rows/latency.ts";
import { measureMatcher } from "./rows/matcher.ts";
import { memoryRows } from "./rows/memory.ts";
import { startUpRow } from "./rows/start-up.ts";
import { measureWebhook } from "./rows/webhook.ts";
import { type Row, renderTable } from "./table.ts";
import { openWorkshop } from "./workshop.ts";

const from = performance.now();
const parts = process.argv.slice(2);
const workshop = await openWorkshop();
let interrupted = false;
for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const) {
  process.on(signal, () => {
    interrupted = true;
    void workshop.close().finally(() => process.exit(code));
  });
}

try {
  const rows: Row[] = [];
  const wanted = (part: string) => parts.length === 0 || parts.includes(part);
  say("识别");
  const { row: matcher, texts } = measureMatcher();
  const bench = await openBench(workshop);
  let notes: string[] = [];
  if (wanted("webhook")) {
    say("webhook 与全程，轮流多轮（约一分钟）");
    const measured = await measureWebhook(bench, texts);
    rows.push(...measured.rows);
    notes = measured.notes;
  }
  if (wanted("latency")) {
    say("时延");
    rows.push(await latencyRow(bench, texts));
  }
  if (wanted("channels")) {
    say("三千五百个群");
    rows.push(...(await channelRows(bench)));
  }
  rows.push(matcher);
  if (wanted("memory")) {
    say("内存");
    rows.push(...(await memoryRows(bench, texts)));
  }
  if (wanted("history")) {
    say("十万件历史（约半分钟）");
    rows.push(...(await historyRows(bench, texts)));
  }
  if (wanted("clock")) {
    say("时钟与十万件在办");
    rows.push(...(await clockRows(bench)));
  }
  if (wanted("figures")) {
    say("一年十万件的数字和台账（约一分钟）");
    rows.push(...(await figuresRows(bench)));
  }
  if (wanted("start-up")) {
    say("启动");
    rows.push(await startUpRow(bench));
  }
  console.log(
    `\n${renderTable(rows)}\n\n${notes.join("\n")}\n${machine()}，用时 ${Math.round((performance.now() - from) / 1000)} 秒`,
  );
} catch (error) {
  // What was closed under our hands is no fault.
  if (!interrupted) {
    console.error(error);
    process.exitCode = 1;
  }
} finally {
  await workshop.close();
}

function machine(): string {
  const redis = /v=([\d.]+)/.exec(spawnSync("redis-server", ["--version"], { encoding: "utf8" }).stdout)?.[1];
  const [load = 0] = loadavg();
  const model = cpus()[0]?.model.trim() ?? "";
  return `${cpus().length} 核 ${model}（负载 ${load.toFixed(1)}），Node ${process.versions.node}，Redis ${redis}，appendfsync always`;
}

function say(what: string): void {
  console.error(`· ${what}…`);
}
