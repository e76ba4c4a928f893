/** What an administrator does about a line that nobody got: has it sent again, or forgets it. */
import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import type { Outgoing } from "../chat/outgoing.ts";
import { keys } from "../store/keys.ts";
import { readScript, runScript } from "../store/script.ts";

const scripts = { retry: readScript("retry"), drop: readScript("drop") };

/** `wayless`: it has no way at all, so sending it again would end the same. */
export type Retried = "retried" | "waiting" | "unknown" | "wayless";

export async function retryLine(redis: Redis, tag: string, id: string): Promise<Retried> {
  const body = await redis.hget(tag + keys.outEntry(id), "body");
  if (body === null) return "unknown";
  const [first] = (JSON.parse(body) as Outgoing).ways;
  if (!first) return "wayless";
  return (await runScript(redis, scripts.retry, tag, [id, first.channel, randomUUID(), ""])) as Retried;
}

export async function dropLine(redis: Redis, tag: string, id: string): Promise<"dropped" | "unknown"> {
  return (await runScript(redis, scripts.drop, tag, [id])) as "dropped" | "unknown";
}
