/** The whole desk, which counts the scripts that it asks Redis to run. */
import { readdirSync } from "node:fs";
import { Redis } from "ioredis";
import { load } from "../built.ts";
import { options, tell } from "./tell.ts";

export interface DeskOptions {
  readonly socket: string;
  readonly environment: Record<string, string>;
}

/** Since it was asked last. */
export interface DeskCounts {
  readonly scripts: Readonly<Record<string, number>>;
  /** µs of this process. */
  readonly cpu: number;
}

const { socket, environment } = options<DeskOptions>();
const { openService } = await load<typeof import("../../src/service.ts")>("service");
const { readSettings } = await load<typeof import("../../src/settings.ts")>("settings");
const { readScript } = await load<typeof import("../../src/store/script.ts")>("store/script");

const names = new Map<string, string>();
for (const file of readdirSync(new URL("../../dist/store/scripts", import.meta.url))) {
  const name = file.replace(/\.lua$/u, "");
  names.set(readScript(name).sha, name);
}
const counts = new Map<string, number>();
const { evalsha } = Redis.prototype;
Redis.prototype.evalsha = function count(this: Redis, ...args: Parameters<typeof evalsha>) {
  const name = names.get(String(args[0])) ?? "?";
  counts.set(name, (counts.get(name) ?? 0) + 1);
  return Reflect.apply(evalsha, this, args);
} as typeof evalsha;

const { port } = await openService({ settings: readSettings(environment), environment, redis: { socket } });
let cpuBefore = process.cpuUsage();

tell(port, {
  counts(): DeskCounts {
    const scripts = Object.fromEntries(counts);
    const { user, system } = process.cpuUsage(cpuBefore);
    counts.clear();
    cpuBefore = process.cpuUsage();
    return { scripts, cpu: user + system };
  },
});
