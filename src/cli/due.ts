/** `due`: when something received then would be due. Reads the station file and nothing else. */
import { openCalendar } from "../pledge/calendar.ts";
import { due } from "../pledge/due.ts";
import { isoShanghai } from "../pledge/hours.ts";
import type { Environment } from "../settings.ts";
import { readStation } from "../station/station-file.ts";

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?$/;

export async function runDue(
  given: { received?: string | undefined; size?: string | undefined; station?: string | undefined },
  environment: Environment,
): Promise<number> {
  const received = readTime(given.received ?? "");
  if (received === null) return refuse("--received：请写成 2026-02-14T17:00+08:00 这样的时间");
  const { size } = given;
  if (size !== "small" && size !== "big") return refuse("--size：只能是 small（小事）或 big（大事）");
  const station = readStation(given.station ?? (environment["STATION_FILE"] || "./station.yaml"), environment);
  const pledge = due(received, size, openCalendar(station.holidays), station.hours);
  const { countsFrom, provisional, why } = pledge;
  process.stdout.write(`${JSON.stringify({ due: isoShanghai(pledge.due), countsFrom, provisional, why })}\n`);
  return 0;
}

/** Without a zone it is Shanghai's. */
function readTime(text: string): number | null {
  if (!ISO.test(text)) return null;
  const at = Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}+08:00`);
  return Number.isNaN(at) ? null : at;
}

function refuse(line: string): number {
  process.stderr.write(`${line}\n`);
  return 64;
}
