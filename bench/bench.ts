/** What every measurement works with: Redis, the imitated platform, the servers, and the callbacks to post. */
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ROOT } from "./built.ts";
import { openPlatform, type Platform } from "./platform.ts";
import { type BenchRedis, startRedis } from "./redis.ts";
import type { DeskOptions } from "./servers/desk.ts";
import type { DoorwayOptions } from "./servers/doorway.ts";
import type { LadderOptions } from "./servers/ladder.ts";
import { environmentOf, TAG, writeStation } from "./station.ts";
import type { Server, Workshop } from "./workshop.ts";

export interface Bench {
  readonly workshop: Workshop;
  readonly store: BenchRedis;
  readonly platform: Platform;
  readonly servers: Readonly<Record<"bare" | "opened" | "floor" | "durable" | "desk", Server>>;
  readonly stationFile: string;
  /** Until nothing waits in any lane. */
  settled(): Promise<void>;
}

export const MODEL_DIR = join(ROOT, "data", "model");
const SETTLE_WAIT_MS = 30_000;

export async function openBench(workshop: Workshop): Promise<Bench> {
  const store = await startRedis(workshop);
  const platform = await openPlatform(workshop);
  const { origin } = platform;
  const stationFile = join(workshop.folder, "station.yaml");
  writeStation(stationFile, origin);

  const { socket } = store;
  const ladder = (step: LadderOptions["step"]) => workshop.serve("ladder", { step, socket } satisfies LadderOptions);
  const environment = environmentOf({ stationFile, dataDir: dataDir(workshop, "desk"), origin });
  const [bare, opened, floor, durable, desk] = await Promise.all([
    ladder("bare"),
    ladder("opened"),
    ladder("floor"),
    workshop.serve("doorway", { socket, origin } satisfies DoorwayOptions),
    workshop.serve("desk", { socket, environment } satisfies DeskOptions),
  ]);
  return {
    workshop,
    store,
    platform,
    stationFile,
    servers: { bare, opened, floor, durable, desk },
    async settled() {
      const deadline = performance.now() + SETTLE_WAIT_MS;
      while ((await store.redis.exists(`${TAG}:in:ready`, `${TAG}:out:waiting`, `${TAG}:out:leased`)) > 0) {
        if (performance.now() > deadline) throw new Error("the desk did not finish its work");
        await sleep(5);
      }
    },
  };
}

/** A DATA_DIR of its own, with the trained model in it. */
export function dataDir(workshop: Workshop, name: string): string {
  const folder = join(workshop.folder, name);
  mkdirSync(folder);
  symlinkSync(MODEL_DIR, join(folder, "model"));
  return folder;
}
