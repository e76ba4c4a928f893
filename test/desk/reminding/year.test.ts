import { expect, it } from "vitest";
import { openTestRedis } from "../../doubles/redis.ts";
import { openChance } from "../../faults/random.ts";
import { openClockBench } from "./clock-bench.ts";
import { checkYear, liveThrough } from "./year.ts";

const MINUTE_MS = 60_000;
/** `YEAR_TICKETS=50 npx vitest run test/desk/reminding/year.test.ts` is the whole of it: some minutes. */
const PER_DAY = Number(process.env["YEAR_TICKETS"] ?? 2);
const SEED = Number(process.env["YEAR_SEED"] ?? 2026);

it("the year 2026, killed once a day: every step of the clock exactly once, and no open ticket without its next one", async () => {
  const test = openTestRedis();
  const bench = openClockBench(test, { keepSaid: false });
  try {
    const year = { from: "2026-01-01", days: 365, perDay: PER_DAY, everyMs: 120 * MINUTE_MS };
    const random = (life: number) => {
      const chance = openChance(SEED + life);
      return () => chance.below(1);
    };
    const ids = await liveThrough(bench, { ...year, random });
    const { wrong, ...found } = await checkYear(bench, test, ids, year.everyMs);
    process.stderr.write(`${JSON.stringify(found)}\n`);
    expect(wrong.slice(0, 10)).toEqual([]);
    expect(found.tickets).toBe(365 * PER_DAY);
    expect(found.lights).toBeGreaterThan(found.tickets / 4);
    expect(found.reminders).toBeGreaterThan(found.tickets / 10);
    expect(found.closed).toBeGreaterThan(found.tickets / 2);
  } finally {
    await bench.close();
  }
}, 600_000);
