/** `due`: when something received then would be due. Reads the station file, where there is one, and nothing else. */
import { existsSync } from "node:fs";
import { readDate } from "../digest/period.ts";
import { openCalendar } from "../pledge/calendar.ts";
import { due } from "../pledge/due.ts";
import { type Hours, isoShanghai } from "../pledge/hours.ts";
import type { Environment } from "../settings.ts";
import { clockOfMinutes } from "../station/clock-of-minutes.ts";
import type { Station } from "../station/station.ts";
import { readStation } from "../station/station-file.ts";
import { USUAL_HOURS } from "../station/station-schema.ts";

const USUAL_FILE = "./station.yaml";
const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?$/;

export async function runDue(
  given: { received?: string | undefined; size?: string | undefined; station?: string | undefined },
  environment: Environment,
): Promise<number> {
  const received = readTime(given.received ?? "");
  if (received === null) return refuse("--received：请写成 2026-02-14T17:00+08:00 这样的真实时间");
  const { size } = given;
  if (size !== "small" && size !== "big") return refuse("--size：只能是 small（小事）或 big（大事）");
  const { hours, holidays } = read(given.station || environment["STATION_FILE"] || null, environment);
  const pledge = due(received, size, openCalendar(holidays), hours);
  const { countsFrom, provisional, why } = pledge;
  process.stdout.write(`${JSON.stringify({ due: isoShanghai(pledge.due), countsFrom, provisional, why })}\n`);
  return 0;
}

/** By the usual hours where no file was named and none lies here: as the menu, they are there before any station is. */
function read(named: string | null, environment: Environment): Pick<Station, "hours" | "holidays"> {
  if (named !== null || existsSync(USUAL_FILE)) return readStation(named ?? USUAL_FILE, environment);
  process.stderr.write(`没有 ${USUAL_FILE}，按默认的时间计算：${hoursText(USUAL_HOURS)}；节假日按已公布的安排\n`);
  return { hours: USUAL_HOURS, holidays: { rest: [], work: [] } };
}

function hoursText({ open, close, cutoff }: Hours): string {
  return `${clockOfMinutes(open)}—${clockOfMinutes(close)}，${clockOfMinutes(cutoff)} 截止`;
}

/** Without a zone it is Shanghai's. The engine would take 30 February, or hour 24, for a moment of another day. */
function readTime(text: string): number | null {
  if (!ISO.test(text) || readDate(text.slice(0, 10)) === null || text.slice(11, 13) === "24") return null;
  const at = Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}+08:00`);
  return Number.isNaN(at) ? null : at;
}

function refuse(line: string): number {
  process.stderr.write(`${line}\n`);
  return 64;
}
