/** From a callback to its mention while a hundred messages a second come in. */
import type { Bench } from "../bench.ts";
import { requests } from "../callbacks.ts";
import { GROUPS } from "../station.ts";
import type { Row } from "../table.ts";
import { measureLatency } from "./path.ts";

const PER_SECOND = 100;
const SECONDS = 6;

export async function latencyRow(bench: Bench, texts: readonly string[]): Promise<Row> {
  await bench.store.clear();
  const callbacks = requests(PER_SECOND * SECONDS, GROUPS, texts, bench.platform.origin);
  const { p50, p99 } = await measureLatency(bench, callbacks, PER_SECOND);
  return {
    name: `回调 → @ 到人 p50 / p99（${PER_SECOND} 条/秒）`,
    value: `${p50.toFixed(1)} / ${p99.toFixed(1)} ms`,
    target: "< 15 / 50 ms",
    met: p50 < 15 && p99 < 50,
  };
}
