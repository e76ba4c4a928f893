/** How much waits in the lanes and how much has failed: four counters that Redis has at hand. */
import type { Redis } from "ioredis";
import { keys } from "../store/keys.ts";
import { pipelined } from "./pipelined.ts";

export interface LaneCounts {
  /** Conversations with a message that waits or is being worked on. */
  readonly inWaiting: number;
  readonly inFailed: number;
  readonly outWaiting: number;
  readonly outFailed: number;
}

/** Failed entries live as long; their indexes are only cleared by the next failure. */
const FAILED_MS = 30 * 86_400_000;

export async function countLanes(redis: Redis, tag: string, wireNow = Date.now()): Promise<LaneCounts> {
  const since = String(wireNow - FAILED_MS);
  const [inWaiting, inFailed, outWaiting, outFailed] = await pipelined<number>(redis, [
    ["zcard", tag + keys.inReady],
    ["zcount", tag + keys.inFailed, since, "+inf"],
    ["zcard", tag + keys.outWaiting],
    ["zcount", tag + keys.outFailed, since, "+inf"],
  ]);
  return {
    inWaiting: Number(inWaiting),
    inFailed: Number(inFailed),
    outWaiting: Number(outWaiting),
    outFailed: Number(outFailed),
  };
}
