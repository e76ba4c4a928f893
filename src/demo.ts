/** `npm run demo`: the desk, an imitated WeCom that speaks the true wire, and the page on which one is anybody. */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isOperatorError, type Running, runUntilSignal } from "./process.ts";
import { demoGroups, demoPeople, SUGGESTIONS } from "./sandbox/demo-cast.ts";
import { redisHistory } from "./sandbox/history.ts";
import { sandboxRoutes } from "./sandbox/page.ts";
import { openWecomServer } from "./sandbox/wecom-server.ts";
import { openService } from "./service.ts";
import { readEnvironment, readSettings } from "./settings.ts";
import { connect, untilReady } from "./store/connection.ts";
import { openEmbeddedRedis } from "./store/embedded-redis.ts";

const BOT = { id: "demo-bot", name: "小帮手", token: "demo" };
/** The history of the imitated platform is its own, not the desk's. */
const TAG = "{demo}";

await runUntilSignal(openDemo, isOperatorError);

async function openDemo(): Promise<Running> {
  const read = readEnvironment(process.env, process.cwd());
  const stationFile = fileURLToPath(new URL("./sandbox/demo-station.yaml", import.meta.url));
  const settings = { ...readSettings(read, { demo: true }), stationFile };
  mkdirSync(settings.dataDir, { recursive: true });
  const aesKey = keptKey(join(settings.dataDir, "aes-key"));

  // The imitation keeps its history in the same Redis, over a connection of its own.
  const quiet = { info() {}, warn() {} };
  const embedded = await openEmbeddedRedis({ dataDir: join(settings.dataDir, "redis"), log: quiet });
  await embedded.ensureRunning();
  const redis = connect({ socket: embedded.socketPath }, "sandbox");
  redis.connect().catch(() => {});
  await untilReady(redis, 10_000);

  let deskNow = () => Date.now();
  const server = await openWecomServer({
    port: await freePort(settings.port + 1),
    deskUrl: "http://127.0.0.1",
    bot: { ...BOT, aesKey },
    history: redisHistory(redis, TAG),
    deskNow: () => deskNow(),
  });
  const environment = { ...read, DEMO_WEBHOOK_BASE: server.origin };
  const wecom = {
    ...settings.wecom,
    apiBase: server.origin,
    bot: { id: BOT.id, names: [BOT.name], callback: { token: BOT.token, aesKey }, socket: null },
  };
  const service = await openService({
    settings: { ...settings, wecom, logLevel: read["LOG_LEVEL"] ? settings.logLevel : "warn" },
    environment,
    // Anybody may be anybody on its page: it is for this machine alone.
    host: "127.0.0.1",
    async pages({ clock, station }) {
      const groups = demoGroups(station);
      const people = demoPeople(station);
      for (const group of groups) await server.addGroup(group);
      for (const person of people) server.addPerson(person);
      deskNow = clock.latest;
      return [sandboxRoutes({ server, clock, station, groups, people, suggestions: SUGGESTIONS })];
    },
  });
  server.pointAt(`http://127.0.0.1:${service.port}`);
  process.stdout.write(
    `\n帮办演示已就绪，请用浏览器打开：\n\n    http://127.0.0.1:${service.port}/sandbox\n\n按 Ctrl+C 结束；再次运行会接着上次的内容。\n`,
  );
  return {
    reload: service.reload,
    async close() {
      await server.close();
      await service.close();
      redis.disconnect();
      await embedded.stop();
    },
  };
}

/** Kept between starts, so that a callback on its way during a restart can still be read. */
function keptKey(file: string): string {
  if (!existsSync(file)) {
    const key = randomBytes(32).toString("base64").replace(/=+$/u, "").replace(/[+/]/gu, "A").slice(0, 42);
    writeFileSync(file, `${key}A`, { mode: 0o600 });
  }
  return readFileSync(file, "utf8").trim();
}

/** The wanted port where it is free (addresses of an earlier run stay good), else any. */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(0));
    probe.listen(wanted, "127.0.0.1", () => probe.close(() => resolve(wanted)));
  });
}
