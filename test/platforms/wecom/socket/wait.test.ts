import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Ending } from "../../../../src/platforms/wecom/socket/connection.ts";
import { waitAfter } from "../../../../src/platforms/wecom/socket/wait.ts";

const HOUR_MS = 3_600_000;
const reason = "";
const endings: Ending[] = [
  { kind: "lost", reason },
  { kind: "refused", reason },
  { kind: "replaced", reason },
  { kind: "pace", restMs: 60_000, reason },
];
const dice = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe("an hour without a connection", () => {
  test("sees fewer than a hundred attempts, however each of them ends and the dice fall", () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.tuple(fc.constantFrom(...endings), dice)), (fates) => {
        let attempts = 0;
        for (let now = 0; now < HOUR_MS; attempts++) {
          const [ending, random] = fates.next().value ?? [endings[0], 0];
          now += waitAfter(ending as Ending, attempts, random);
        }
        expect(attempts).toBeGreaterThan(20);
        expect(attempts).toBeLessThan(100);
      }),
    );
  });

  test.each(endings.map((ending) => [ending.kind, ending] as const))("nor where all of them end %s", (_, ending) => {
    for (const random of [0, 0.5, 1 - Number.EPSILON]) {
      let attempts = 0;
      for (let now = 0; now < HOUR_MS; attempts++) now += waitAfter(ending, attempts, random);
      expect(attempts).toBeLessThan(100);
    }
  });
});

test("the first attempt after a loss comes within a second, after a refusal in a minute, after a rival in one or two", () => {
  expect(waitAfter({ kind: "lost", reason }, 0, 0.5)).toBeLessThanOrEqual(1000);
  expect(waitAfter({ kind: "refused", reason }, 0, 0.5)).toBe(60_000);
  fc.assert(
    fc.property(dice, (random) => {
      const wait = waitAfter({ kind: "replaced", reason }, 0, random);
      expect(wait).toBeGreaterThanOrEqual(60_000);
      expect(wait).toBeLessThanOrEqual(120_000);
    }),
  );
});
