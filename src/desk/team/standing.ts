/** Who is on leave by what was said in a chat, and who has how much to do: two small hashes, read beside everything else. */
import type { Redis } from "ioredis";
import { type Load, NO_LOAD } from "../../station/duty.ts";
import { fromLeaveLine, type Leave } from "../../station/leave.ts";
import { keys } from "../../store/keys.ts";

export interface Standing {
  readonly leaves: ReadonlyMap<string, Leave>;
  readonly load: Load;
}

export const NOBODY_AWAY: Standing = { leaves: new Map(), load: NO_LOAD };

export function readStanding(leaves: ReadonlyMap<string, string>, load: ReadonlyMap<string, string>): Standing {
  const open = new Map<string, number>();
  const last = new Map<string, number>();
  for (const [field, count] of load) {
    if (field.endsWith("@")) last.set(field.slice(0, -1), Number(count));
    else open.set(field, Math.max(0, Number(count)));
  }
  return {
    leaves: new Map([...leaves].map(([person, line]) => [person, fromLeaveLine(line)])),
    load: { open, last },
  };
}

/** For a step of the clock, which reads its ticket alone. */
export async function fetchStanding(redis: Redis, tag: string): Promise<Standing> {
  const [leaves, load] = await Promise.all([redis.hgetall(tag + keys.leaves), redis.hgetall(tag + keys.load)]);
  return readStanding(new Map(Object.entries(leaves)), new Map(Object.entries(load)));
}
