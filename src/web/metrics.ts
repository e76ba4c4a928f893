/** The figures for Prometheus. Whoever counts calls a plain method; only this file knows prom-client. */
import type { Redis } from "ioredis";
import Router from "koa-router";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { PlatformName } from "../chat/message.ts";
import type { SocketState } from "../platforms/platform.ts";
import { countLanes, type LaneCounts } from "./lane-counts.ts";
import { isFromNear } from "./near.ts";
import { openTokenCheck, refuseUnauthorised } from "./token.ts";
import { within } from "./within.ts";

export interface Metrics {
  /** A doorway's message came to its lane. */
  messageAccepted(platform: PlatformName, result: "accepted" | "known" | "full"): void;
  /** A doorway refused a callback. */
  messageRefused(platform: PlatformName, status: number): void;
  /** Signed, but no message that we know. */
  messageDropped(platform: PlatformName): void;
  /** A message had its effect, so long after it was accepted. */
  decided(kind: string, waitMs: number): void;
  /** `channelKind`: the first two parts of a channel's name; a whole name is cut, so that labels stay few. */
  sent(channelKind: string, outcome: string, ms: number): void;
  routes(deps: MetricsDeps): Router;
}

export interface MetricsDeps {
  readonly redis: Redis;
  readonly tag: string;
  readonly token: string | null;
  /** Of the platforms' sockets. */
  readonly sockets?: () => readonly { readonly name: string; readonly state: SocketState }[];
}

const COUNT_WAIT_MS = 500;
const WAIT_SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60];
const SEND_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3];

export function openMetrics(): Metrics {
  // One of its own: two services in one process (tests) would trip over prom-client's common one.
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const messages = new Counter({
    name: "bangban_messages_total",
    help: "Callbacks by platform and what became of them at the doorway",
    labelNames: ["platform", "result"],
    registers,
  });
  const decisions = new Counter({
    name: "bangban_decisions_total",
    help: "Messages that had their effect, by its kind",
    labelNames: ["kind"],
    registers,
  });
  const sends = new Counter({
    name: "bangban_sends_total",
    help: "Sends by kind of channel and outcome",
    labelNames: ["channel_kind", "outcome"],
    registers,
  });
  const waits = new Histogram({
    name: "bangban_lane_wait_seconds",
    help: "From accepting a message to its commit",
    buckets: WAIT_SECONDS,
    registers,
  });
  const sendTimes = new Histogram({
    name: "bangban_send_seconds",
    help: "How long a platform took to answer a send",
    buckets: SEND_SECONDS,
    registers,
  });
  const lanes = new Gauge({
    name: "bangban_lane_entries",
    help: "Waiting and failed: conversations (in, waiting), messages (in, failed), replies (out)",
    labelNames: ["lane", "state"],
    registers,
  });
  const socketUp = new Gauge({
    name: "bangban_socket_up",
    help: "1 while a platform's socket hears, here or in another process of this desk",
    labelNames: ["socket"],
    registers,
  });
  const redisUp = new Gauge({ name: "bangban_redis_up", help: "1 while Redis answers", registers });

  // Finding a label's counter costs more than counting; there are few of them.
  const accepted = new Map<string, Counter.Internal>();
  const countAccepted = (platform: PlatformName, result: string) => {
    const key = `${platform} ${result}`;
    const counter = accepted.get(key) ?? messages.labels({ platform, result });
    accepted.set(key, counter);
    counter.inc();
  };

  const showLanes = (counts: LaneCounts) => {
    lanes.set({ lane: "in", state: "waiting" }, counts.inWaiting);
    lanes.set({ lane: "in", state: "failed" }, counts.inFailed);
    lanes.set({ lane: "out", state: "waiting" }, counts.outWaiting);
    lanes.set({ lane: "out", state: "failed" }, counts.outFailed);
  };

  return {
    messageAccepted: countAccepted,
    messageRefused: (platform, status) => messages.inc({ platform, result: `refused_${status}` }),
    messageDropped: (platform) => messages.inc({ platform, result: "dropped" }),
    decided(kind, waitMs) {
      decisions.inc({ kind });
      waits.observe(seconds(waitMs));
    },
    sent(channelKind, outcome, ms) {
      sends.inc({ channel_kind: channelKind.split(":").slice(0, 2).join(":"), outcome });
      sendTimes.observe(seconds(ms));
    },
    routes({ redis, tag, token, sockets = () => [] }) {
      const isAuthorised = openTokenCheck(token);
      const router = new Router();
      router.get("/metrics", async (context) => {
        if (!isFromNear(context.req) && !isAuthorised(context)) {
          if (token !== null) return refuseUnauthorised(context);
          context.status = 403;
          context.body = "只对本机和内网开放；设置 API_TOKEN 后可凭令牌访问";
          return;
        }
        try {
          showLanes(await within(COUNT_WAIT_MS, countLanes(redis, tag)));
          redisUp.set(1);
        } catch {
          // Old figures would look like true ones.
          lanes.reset();
          redisUp.set(0);
        }
        for (const { name, state } of sockets()) {
          socketUp.set({ socket: name }, state === "up" || state === "elsewhere" ? 1 : 0);
        }
        context.body = await registry.metrics();
        context.set({ "content-type": registry.contentType, "cache-control": "no-store" });
      });
      return router;
    },
  };
}

/** Two clocks may disagree by a little; a histogram takes no negative time. */
function seconds(ms: number): number {
  return Math.max(ms, 0) / 1000;
}
