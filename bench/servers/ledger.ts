/** A process of its own that writes one ledger, as the command line does, and tells how long it took and how much memory. */
import { load } from "../built.ts";

export interface LedgerOptions {
  readonly socket: string;
  readonly tag: string;
  readonly stationFile: string;
  readonly from: string;
  readonly to: string;
  readonly out: string;
}

export interface Written {
  readonly count: number;
  readonly ms: number;
  /** At its highest, MB. */
  readonly memory: number;
}

const { writeLedger } = await load<typeof import("../../src/digest/ledger.ts")>("digest/ledger");
const { namesIn } = await load<typeof import("../../src/digest/names.ts")>("digest/names");
const { openCalendar } = await load<typeof import("../../src/pledge/calendar.ts")>("pledge/calendar");
const { readStation } = await load<typeof import("../../src/station/station-file.ts")>("station/station-file");
const { connect, untilReady } = await load<typeof import("../../src/store/connection.ts")>("store/connection");
const { readIntents } = await load<typeof import("../../src/understanding/intents.ts")>("understanding/intents");

const { socket, tag, stationFile, from, to, out } = JSON.parse(process.argv[2] ?? "{}") as LedgerOptions;
const redis = connect({ socket }, "ledger");
redis.connect().catch(() => {});
await untilReady(redis, 10_000);
const station = readStation(stationFile, {});
const names = namesIn(station, readIntents("./intents"));
const begin = performance.now();
const count = await writeLedger(
  out,
  { redis, tag },
  {
    period: { kind: null, from, to },
    now: Date.now(),
    points: station.points.map(({ id }) => id),
    names,
    calendar: openCalendar(station.holidays),
    hours: station.hours,
    ladder: station.ladder,
  },
);
const ms = performance.now() - begin;
redis.disconnect();
process.send?.({ count, ms, memory: process.resourceUsage().maxRSS / 1024 } satisfies Written);
process.disconnect();
