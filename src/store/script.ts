/** Lua commands, one a file, sent by their hash: EVALSHA, and EVAL once where Redis does not know it yet. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Redis } from "ioredis";

export interface Script {
  readonly name: string;
  readonly lua: string;
  readonly sha: string;
}

const all: Script[] = [];

export function readScript(name: string): Script {
  const lua = readFileSync(new URL(`./scripts/${name}.lua`, import.meta.url), "utf8");
  const script = { name, lua, sha: createHash("sha1").update(lua).digest("hex") };
  all.push(script);
  return script;
}

/**
 * Makes every script known before it is used. A Redis that has just started knows none, and while the first call of
 * one is sent again by EVAL, a later call would overtake it: two messages of one conversation would change places.
 */
export function loadScripts(redis: Pick<Redis, "script">): void {
  // Whoever calls next on this connection is answered after them.
  for (const { lua } of all) redis.script("LOAD", lua).catch(() => {});
}

export async function runScript(redis: Redis, script: Script, tag: string, args: readonly string[]): Promise<unknown> {
  try {
    return await redis.evalsha(script.sha, 1, tag, ...args);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith("NOSCRIPT")) throw error;
    return redis.eval(script.lua, 1, tag, ...args);
  }
}
