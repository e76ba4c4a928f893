/** `ledger`: the 台账 of a period as a spreadsheet. Reads the station file, the menu and the desk's Redis. */
import { writeLedger } from "../digest/ledger.ts";
import { namesIn } from "../digest/names.ts";
import { type Period, readDate } from "../digest/period.ts";
import { openCalendar } from "../pledge/calendar.ts";
import { type Environment, readSettings } from "../settings.ts";
import { readStation } from "../station/station-file.ts";
import { openDeskClock } from "../store/clock.ts";
import { stationTag } from "../store/keys.ts";
import { requireSchema } from "../store/schema.ts";
import { readIntents } from "../understanding/intents.ts";
import { withDeskRedis } from "./desk-redis.ts";
import { cannotWrite, lookAtOutput } from "./output-file.ts";
import { progressOn } from "./progress.ts";

export interface LedgerOrder {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly out?: string | undefined;
}

export async function runLedger(
  { from = "", to = "", out = "" }: LedgerOrder,
  environment: Environment,
): Promise<number> {
  const [first, last] = [readDate(from), readDate(to)];
  if (first === null) return say("--from：请写成 2026-11-01 这样的真实日期", 64);
  if (last === null) return say("--to：请写成 2026-11-30 这样的真实日期", 64);
  if (first > last) return say("--from 不能晚于 --to", 64);
  if (!out.toLowerCase().endsWith(".xlsx")) return say("--out：请写明以 .xlsx 结尾的文件", 64);
  const { refusal, exists } = lookAtOutput("--out", out);
  if (refusal !== null) return say(refusal, 64);
  const settings = readSettings(environment, { needsPlatform: false });
  const station = readStation(settings.stationFile, environment);
  const names = namesIn(station, readIntents(settings.intentsDir));
  const tag = stationTag(station.station);
  const period: Period = { kind: null, from: first, to: last };
  const write = () =>
    progressOn(process.stderr, "正在导出", (onProgress) =>
      withDeskRedis(settings, "ledger", async (redis) => {
        await requireSchema(redis, tag);
        const now = await openDeskClock(redis, tag, Date.now).now();
        const working = { calendar: openCalendar(station.holidays), hours: station.hours, ladder: station.ladder };
        const points = station.points.map(({ id }) => id);
        return writeLedger(out, { redis, tag }, { period, now, points, names, ...working }, onProgress);
      }),
    );
  try {
    const count = await write();
    return say(`已导出 ${count} 件：${out}${exists ? "（已覆盖原有文件）" : ""}`, 0);
  } catch (error) {
    const said = cannotWrite(out, error);
    if (said === null) throw error;
    return say(`--out：${said}`, 1);
  }
}

/** stdout stays empty: the file is the answer. */
function say(line: string, code: number): number {
  process.stderr.write(`${line}\n`);
  return code;
}
