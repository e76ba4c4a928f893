import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openBackoff } from "../../src/platforms/backoff.ts";

const HOUR_MS = 3_600_000;

function attemptsInAnHour(random: () => number): number {
  const backoff = openBackoff({ random });
  let attempts = 0;
  for (let now = 0; now < HOUR_MS; now += backoff.next()) attempts++;
  return attempts;
}

describe("between attempts", () => {
  test("the wait doubles from a second to a minute, and begins anew after a success", () => {
    const backoff = openBackoff({ random: () => 0 });
    const waits = Array.from({ length: 9 }, () => backoff.next());
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    backoff.reset();
    expect(backoff.next()).toBe(1000);
  });

  test("an hour of refusals sees fewer than a hundred, however the dice fall, and not too few", () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })), (dice) => {
        const attempts = attemptsInAnHour(() => dice.next().value ?? 0);
        expect(attempts).toBeGreaterThan(60);
        expect(attempts).toBeLessThan(100);
      }),
    );
    expect(attemptsInAnHour(() => 1 - Number.EPSILON)).toBeLessThan(100);
  });

  test("two desks do not wait alike", () => {
    const [one, other] = [openBackoff(), openBackoff()];
    const waits = (backoff: typeof one) => Array.from({ length: 5 }, () => backoff.next());
    expect(waits(one)).not.toEqual(waits(other));
  });

  test("however often, it stays a number within bounds", () => {
    const backoff = openBackoff({ minMs: 10, maxMs: 50 });
    for (let times = 0; times < 5000; times++) expect(backoff.next()).toBeLessThanOrEqual(50);
  });
});
