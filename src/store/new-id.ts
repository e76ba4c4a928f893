/** ULIDs from randomness drawn by the page: `ulid` alone asks the system for one byte, sixteen times an id. */
import { randomFillSync } from "node:crypto";
import { ulid } from "ulid";

const pool = new Uint8Array(4096);
let used = pool.length;

function nextRandom(): number {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const byte = pool[used] as number;
  used += 1;
  return byte / 256;
}

export function newId(): string {
  return ulid(undefined, nextRandom);
}
