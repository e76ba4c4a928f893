/** A town, a Redis and as many desks as a test wants; all of it gone after the test. */
import { type DeskProcess, openDeskProcess } from "./desk-process.ts";
import { openRedisProcess, type RedisProcess } from "./redis-process.ts";
import { API_TOKEN, type Asked, openTown, type Request, TAG, type Town, type TownOptions } from "./town.ts";
import { freePort } from "./until.ts";

export interface Scene {
  readonly town: Town;
  readonly redis: RedisProcess;
  /** Started and ready. The first one is where WeCom delivers. */
  desk(): Promise<DeskProcess>;
  say(requests: readonly Request[]): Promise<Asked>[];
  /** For whoever looks into a failed test. */
  printLogs(): void;
  close(): Promise<void>;
}

export async function openScene(options: TownOptions): Promise<Scene> {
  const town = await openTown(options);
  const redis = await openRedisProcess();
  await redis.client.set(`${TAG}:clock`, town.clockAhead());
  const desks: DeskProcess[] = [];
  return {
    town,
    redis,
    async desk() {
      const port = await freePort();
      const environment = { ...town.environment, REDIS_URL: redis.url };
      const desk = openDeskProcess({ port, apiToken: API_TOKEN, environment });
      desks.push(desk);
      desk.start();
      await desk.ready();
      if (desks.length === 1) town.wecom.pointAt(desk.url);
      return desk;
    },
    say: (requests) => requests.map(async (request) => ({ request, said: await town.say(request) })),
    printLogs() {
      for (const desk of desks) process.stderr.write(`${desk.log()}\n`);
    },
    async close() {
      await Promise.all(desks.map((desk) => desk.kill()));
      await redis.close();
      await town.close();
    },
  };
}
