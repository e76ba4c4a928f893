import { setTimeout as wait } from "node:timers/promises";

/** Waits for a condition, never for a time. */
export async function until(holds: () => boolean, ms = 8000): Promise<void> {
  const from = performance.now();
  while (!holds()) {
    if (performance.now() - from > ms) throw new Error(`not within ${ms} ms: ${holds}`);
    await wait(5);
  }
}
