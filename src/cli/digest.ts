/** `digest`: the letter as it would be sent, or its figures. Reads the station file, the menu and the desk's Redis. */
import { type Edition, readEdition } from "../digest/edition.ts";
import { figuresView } from "../digest/figures-view.ts";
import { letterOf, letterText } from "../digest/letter.ts";
import type { OnProgress } from "../digest/lives.ts";
import { namesIn } from "../digest/names.ts";
import { KINDS, type Kind, periodOf, readDate } from "../digest/period.ts";
import { openCalendar } from "../pledge/calendar.ts";
import { type Environment, readSettings } from "../settings.ts";
import { readStation } from "../station/station-file.ts";
import { openDeskClock } from "../store/clock.ts";
import { stationTag } from "../store/keys.ts";
import { readIntents } from "../understanding/intents.ts";
import { withDeskRedis } from "./desk-redis.ts";
import { progressOn } from "./progress.ts";

export interface DigestOrder {
  readonly date?: string | undefined;
  readonly kind?: string | undefined;
  readonly json: boolean;
}

export async function runDigest(order: DigestOrder, environment: Environment): Promise<number> {
  const date = readDate(order.date ?? "");
  if (date === null) return refuse("--date：请写成 2026-11-23 这样的真实日期");
  const kind = kindIn(order.kind ?? "day");
  if (kind === null) return refuse("--kind：只能是 day（日报）、week（周报）或 month（月报）");
  const settings = readSettings(environment);
  const station = readStation(settings.stationFile, environment);
  const tag = stationTag(station.station);
  const read = (onProgress: OnProgress): Promise<Edition> =>
    withDeskRedis(settings, "digest", async (redis) => {
      const now = await openDeskClock(redis, tag, Date.now).now();
      const points = station.points.map(({ id }) => id);
      const working = { calendar: openCalendar(station.holidays), hours: station.hours };
      return readEdition({ redis, tag }, { period: periodOf(kind, date), now, points, ...working }, onProgress);
    });
  const edition = await progressOn(process.stderr, "正在统计", read);
  if (order.json) {
    process.stdout.write(`${JSON.stringify(figuresView(edition.figures))}\n`);
    return 0;
  }
  const names = namesIn(station, readIntents(settings.intentsDir));
  process.stdout.write(`${letterText(letterOf(edition, names))}\n`);
  return 0;
}

function kindIn(text: string): Kind | null {
  return KINDS.find((kind) => kind === text) ?? null;
}

function refuse(line: string): number {
  process.stderr.write(`${line}\n`);
  return 64;
}
