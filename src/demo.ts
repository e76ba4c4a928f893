/** `npm run demo`: the desk, imitations of WeCom and DingTalk that speak the true wire, and the page on which one is anybody. */
import { mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isOperatorError, type Running, runUntilSignal } from "./process.ts";
import { enter, SUGGESTIONS } from "./sandbox/demo-cast.ts";
import { openDemoKeys } from "./sandbox/demo-keys.ts";
import { openDingtalkServer } from "./sandbox/dingtalk-server.ts";
import { redisHistory } from "./sandbox/history.ts";
import { openDingtalkStage } from "./sandbox/page/dingtalk-stage.ts";
import { openWecomStage } from "./sandbox/page/wecom-stage.ts";
import { sandboxRoutes } from "./sandbox/page.ts";
import { openWecomServer } from "./sandbox/wecom-server.ts";
import { openService } from "./service.ts";
import { readEnvironment, readSettings } from "./settings.ts";
import { connect, untilReady } from "./store/connection.ts";
import { openEmbeddedRedis } from "./store/embedded-redis.ts";
import { countLanes } from "./web/lane-counts.ts";
import { listReplies } from "./web/outbox-queue.ts";

const ROBOT = "小帮手";
/** The history of each imitated platform is its own, not the desk's. */
const HISTORIES = { wecom: "{demo}", dingtalk: "{demo}:dingtalk" } as const;
/** Somebody who cuts DingTalk's stream and mends it again wants to see what was said meanwhile arrive: ten minutes. */
const PUSHING = { redeliverAfterMs: 5_000, retries: 120 } as const;
/** Of each kind, what a person looks through. */
const LINES_MAX = 30;

await runUntilSignal(openDemo, isOperatorError);

async function openDemo(): Promise<Running> {
  const read = readEnvironment(process.env, process.cwd());
  const stationFile = fileURLToPath(new URL("./sandbox/demo-station.yaml", import.meta.url));
  const own = readSettings(read, { demo: true });
  // Whoever looks at the demo sits at this machine: links of its letters lead here.
  const publicUrl = own.publicUrl ?? (own.port === 0 ? null : `http://127.0.0.1:${own.port}`);
  const settings = { ...own, stationFile, publicUrl };
  mkdirSync(settings.dataDir, { recursive: true });
  const { bot, app, robot, webhookSecret } = openDemoKeys(settings.dataDir);

  // The imitations keep their history in the same Redis, over a connection of their own.
  const quiet = { info() {}, warn() {} };
  const embedded = await openEmbeddedRedis({ dataDir: join(settings.dataDir, "redis"), log: quiet });
  await embedded.ensureRunning();
  const redis = connect({ socket: embedded.socketPath }, "sandbox");
  redis.connect().catch(() => {});
  await untilReady(redis, 10_000);

  let deskNow = () => Date.now();
  const common = { deskUrl: "http://127.0.0.1", deskNow: () => deskNow() };
  const wecomServer = await openWecomServer({
    ...common,
    port: await freePort(settings.port + 1),
    bot: { ...bot, name: ROBOT },
    app,
    history: redisHistory(redis, HISTORIES.wecom),
  });
  const dingtalkServer = await openDingtalkServer({
    ...common,
    ...PUSHING,
    port: await freePort(settings.port + 2),
    robot: { ...robot, name: ROBOT },
    mode: "stream",
    history: redisHistory(redis, HISTORIES.dingtalk),
  });
  const servers = [wecomServer, dingtalkServer];
  const stages = [openWecomStage(wecomServer), openDingtalkStage(dingtalkServer)];

  const environment = {
    ...read,
    DEMO_WEBHOOK_BASE: wecomServer.origin,
    DEMO_DINGTALK_BASE: dingtalkServer.origin,
    DEMO_DINGTALK_SECRET: webhookSecret,
  };
  const callbackOf = ({ token, aesKey }: { token: string; aesKey: string }) => ({ token, aesKey });
  const wecom = {
    ...settings.wecom,
    apiBase: wecomServer.origin,
    corpId: app.corpId,
    bot: { id: bot.id, names: [ROBOT], callback: callbackOf(bot), socket: null },
    app: { corpId: app.corpId, agentId: app.agentId, secret: app.secret, callback: callbackOf(app) },
  };
  const dingtalk = {
    apiBase: dingtalkServer.origin,
    oapiBase: dingtalkServer.origin,
    robot: { ...robot, names: [ROBOT], mode: "stream" as const },
  };
  const service = await openService({
    settings: { ...settings, wecom, dingtalk, logLevel: read["LOG_LEVEL"] ? settings.logLevel : "warn" },
    environment,
    // Anybody may be anybody on its page: it is for this machine alone.
    host: "127.0.0.1",
    async pages({ clock, catchUp, station, redis: desk, tag }) {
      deskNow = clock.latest;
      const { chats, people } = await enter(station, stages);
      const undelivered = async () => {
        const { outWaiting, outFailed } = await countLanes(desk, tag);
        return { waiting: outWaiting, failed: outFailed };
      };
      const undeliveredLines = async () => {
        const list = (state: "waiting" | "failed") =>
          listReplies({ redis: desk, tag }, { state, limit: LINES_MAX, cursor: null });
        // What waits first: it is what somebody who has just caused trouble looks for.
        const pages = await Promise.all([list("waiting"), list("failed")]);
        return pages
          .flatMap(({ replies }) => replies)
          .map(({ state, text, attempts, reason }) => ({ state, text, attempts, reason }));
      };
      return [
        sandboxRoutes({
          ...{ stages, clock, catchUp, station, chats, people },
          ...{ undelivered, undeliveredLines, suggestions: SUGGESTIONS },
        }),
      ];
    },
  });
  for (const server of servers) server.pointAt(`http://127.0.0.1:${service.port}`);
  process.stdout.write(
    `\n帮办演示已就绪，请用浏览器打开：\n\n    http://127.0.0.1:${service.port}/sandbox\n\n按 Ctrl+C 结束；再次运行会接着上次的内容。\n`,
  );
  return {
    reload: service.reload,
    async close() {
      await Promise.all(servers.map((server) => server.close()));
      await service.close();
      redis.disconnect();
      await embedded.stop();
    },
  };
}

/** The wanted port where it is free (addresses of an earlier run stay good), else any. */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(0));
    probe.listen(wanted, "127.0.0.1", () => probe.close(() => resolve(wanted)));
  });
}
