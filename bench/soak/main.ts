/**
 * `npm run soak`: 200 messages at once in one conversation and one in each of 3,500, on each way; a table, and an exit
 * code that is not 0 where anything was lost, doubled, out of order or too fast. `npm run soak -- 10 100` for smaller ones.
 */
import { join } from "node:path";
import { readIntents } from "../../src/understanding/intents.ts";
import { loadOrTrain } from "../../src/understanding/model-cache.ts";
import { MODEL_DIR } from "../bench.ts";
import { ROOT } from "../built.ts";
import { startRedis } from "../redis.ts";
import { openWorkshop } from "../workshop.ts";
import { faultsOf, type Reported, report } from "./report.ts";
import { soak } from "./soak.ts";
import { WAYS } from "./ways.ts";

const [burst = 200, wide = 3_500] = process.argv.slice(2).map(Number);
/** More than 500 waiting in one conversation are refused, as they should be (design.md, bounds). */
const BURST_MAX = 500;
if (!(burst > 0 && burst <= BURST_MAX && wide > 0 && Number.isInteger(burst + wide))) {
  console.error(`用法：npm run soak -- [同一会话的消息数，至多 ${BURST_MAX}] [各发一条的会话数]`);
  process.exit(2);
}
const PATIENCE_MS = 120_000;
/** What has not begun by then is not begun any more: the whole of it ends within ten minutes. */
const LAST_START_MS = 8.5 * 60_000;

const from = performance.now();
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
  say("识别模型（第一次约一分钟）");
  loadOrTrain(readIntents(join(ROOT, "intents")), MODEL_DIR);
  const { socket, redis } = await startRedis(workshop);
  // Nothing is killed here, and eight ways with a disk between any two steps would take an hour.
  await redis.config("SET", "appendfsync", "everysec");
  const done: Reported[] = [];
  const skipped: string[] = [];
  for (const [nth, way] of WAYS.entries()) {
    if (performance.now() - from > LAST_START_MS) {
      skipped.push(way.name);
      continue;
    }
    say(way.name);
    const result = await soak(way, {
      burst,
      wide,
      redis: socket,
      name: `soak${nth}`,
      folder: workshop.folder,
      dataDir: join(MODEL_DIR, ".."),
      patienceMs: PATIENCE_MS,
      keep: workshop.keep,
      progress: ({ said, shown, waiting, minutes }) =>
        say(`  已说 ${said}，已显示 ${shown}，等待 ${waiting}，模拟 ${minutes.toFixed(1)} 分钟`),
    });
    done.push({ way: way.name, result });
  }
  console.log(`\n${report(done)}`);
  for (const name of skipped) console.log(`✗ ${name}：时间不够，没有进行`);
  console.log(`用时 ${Math.round((performance.now() - from) / 1000)} 秒`);
  if (skipped.length > 0 || done.some(({ result }) => faultsOf(result).length > 0)) process.exitCode = 1;
} catch (error) {
  // What was closed under our hands is no fault.
  if (!interrupted) {
    console.error(error);
    process.exitCode = 1;
  }
} finally {
  await workshop.close();
}

function say(what: string): void {
  console.error(`· ${what}`);
}
