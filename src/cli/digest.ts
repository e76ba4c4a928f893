/** `digest`: the letter as it would be sent, or its figures. Reads the station file, the menu and the desk's Redis. */
import { writeFileSync } from "node:fs";
import { chartData } from "../digest/chart.ts";
import { type Edition, readEdition } from "../digest/edition.ts";
import { figuresView } from "../digest/figures-view.ts";
import { letterOf, letterText } from "../digest/letter.ts";
import type { OnProgress } from "../digest/lives.ts";
import { namesIn } from "../digest/names.ts";
import { KINDS, type Kind, periodOf, readDate } from "../digest/period.ts";
import { drawPicture, knownFont } from "../digest/picture.ts";
import { untoldBefore } from "../digest/schedule.ts";
import { openCalendar } from "../pledge/calendar.ts";
import { type DateText, shanghaiDate } from "../pledge/hours.ts";
import { type Environment, readSettings } from "../settings.ts";
import { readStation } from "../station/station-file.ts";
import { openDeskClock } from "../store/clock.ts";
import { stationTag } from "../store/keys.ts";
import { requireSchema } from "../store/schema.ts";
import { readIntents } from "../understanding/intents.ts";
import { withDeskRedis } from "./desk-redis.ts";
import { cannotWrite, lookAtOutput } from "./output-file.ts";
import { progressOn } from "./progress.ts";

export interface DigestOrder {
  readonly date?: string | undefined;
  readonly kind?: string | undefined;
  readonly json: boolean;
  /** Where its picture is written to. */
  readonly picture?: string | undefined;
}

/** No letter is written of what is still to come. */
interface Ahead {
  readonly today: DateText;
}

const NO_FONT = "没有找到思源黑体：图片里的汉字可能显示不出，请安装（apt-get install fonts-noto-cjk）\n";

export async function runDigest(order: DigestOrder, environment: Environment): Promise<number> {
  const date = readDate(order.date ?? "");
  if (date === null) return refuse("--date：请写成 2026-11-23 这样的真实日期");
  const kind = kindIn(order.kind ?? "day");
  if (kind === null) return refuse("--kind：只能是 day（日报）、week（周报）或 month（月报）");
  const { picture } = order;
  if (picture !== undefined && !picture.toLowerCase().endsWith(".png"))
    return refuse("--picture：请写明以 .png 结尾的文件");
  const output = picture === undefined ? null : lookAtOutput("--picture", picture);
  if (output?.refusal) return refuse(output.refusal);
  const settings = readSettings(environment, { needsPlatform: false });
  const station = readStation(settings.stationFile, environment);
  const tag = stationTag(station.station);
  const read = (onProgress: OnProgress): Promise<Edition | Ahead> =>
    withDeskRedis(settings, "digest", async (redis) => {
      await requireSchema(redis, tag);
      const now = await openDeskClock(redis, tag, Date.now).now();
      const period = periodOf(kind, date);
      const today = shanghaiDate(now);
      if (period.from > today) return { today };
      const points = station.points.map(({ id }) => id);
      const { hours, ladder } = station;
      const calendar = openCalendar(station.holidays);
      const untold = untoldBefore(period, calendar, station.digest);
      return readEdition({ redis, tag }, { period, now, points, calendar, hours, ladder, untold }, onProgress);
    });
  const edition = await progressOn(process.stderr, "正在统计", read);
  if ("today" in edition) return refuse(`--date：${date} 还没有到，请写今日（${edition.today}）或以前的日期`);
  // The figures alone need no menu.
  const names = () => namesIn(station, readIntents(settings.intentsDir));
  if (picture !== undefined) {
    if (knownFont() === null) process.stderr.write(NO_FONT);
    const drawn = await drawPicture(chartData(edition, names()));
    try {
      writeFileSync(picture, drawn, { mode: 0o600 });
    } catch (error) {
      const said = cannotWrite(picture, error);
      if (said === null) throw error;
      return say(`--picture：${said}`, 1);
    }
    if (output?.exists) process.stderr.write(`已覆盖：${picture}\n`);
  }
  if (order.json) {
    process.stdout.write(`${JSON.stringify(figuresView(edition.figures))}\n`);
    return 0;
  }
  process.stdout.write(`${letterText(letterOf(edition, names(), station.digest[kind]?.sections ?? null))}\n`);
  return 0;
}

function kindIn(text: string): Kind | null {
  return KINDS.find((kind) => kind === text) ?? null;
}

function refuse(line: string): number {
  return say(line, 64);
}

function say(line: string, code: number): number {
  process.stderr.write(`${line}\n`);
  return code;
}
