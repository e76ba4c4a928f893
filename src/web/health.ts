/** `/healthz`: the process lives. `/readyz`: it can work, and what somebody should look at before it cannot. */
import type { Redis } from "ioredis";
import Router from "koa-router";
import type { SocketState } from "../platforms/platform.ts";
import { socketWarning } from "./socket-warnings.ts";
import type { WarningSource } from "./warnings.ts";
import { within } from "./within.ts";

export interface HealthDeps {
  /** The connection that work is done with: that it answers is what being ready means. */
  readonly redis: Redis;
  readonly warnings: readonly WarningSource[];
  /** Of the platforms' sockets; none where everything comes by callbacks. */
  readonly sockets?: () => readonly { readonly name: string; readonly state: SocketState }[];
}

interface Readiness {
  readonly ready: boolean;
  readonly warnings: readonly string[];
}

/** Probes give up after a second as a rule. */
const WAIT_MS = 500;
/** However many probes there are, Redis is asked five times a second at most. */
const REMEMBERED_MS = 200;

export function healthRoutes({ redis, warnings, sockets = () => [] }: HealthDeps): Router {
  const look = remembering(REMEMBERED_MS, async () => withSockets(await readReadiness(redis, warnings), sockets()));
  const router = new Router();
  router.get("/healthz", (context) => {
    context.set("cache-control", "no-store");
    context.body = "ok";
  });
  router.get("/readyz", async (context) => {
    const { ready, warnings: lines } = await look();
    context.set("cache-control", "no-store");
    context.status = ready ? 200 : 503;
    context.body = { warnings: lines };
  });
  return router;
}

async function readReadiness(redis: Redis, sources: readonly WarningSource[]): Promise<Readiness> {
  const [ping, ...lines] = await Promise.allSettled([
    within(WAIT_MS, redis.ping()),
    ...sources.map((source) => within(WAIT_MS, Promise.resolve().then(source))),
  ]);
  const ready = ping.status === "fulfilled";
  const warnings = lines.flatMap((result) => {
    if (result.status === "fulfilled") return result.value;
    // With Redis away whatever reads it fails too, and the first line has said so.
    return ready ? ["有一项检查没有完成，请稍后再看"] : [];
  });
  return { ready, warnings: ready ? warnings : ["Redis 连接不上，消息暂时无法受理", ...warnings] };
}

/** Deaf on all of them is not ready; on one of several, somebody should look at it. */
function withSockets(
  { ready, warnings }: Readiness,
  sockets: ReturnType<NonNullable<HealthDeps["sockets"]>>,
): Readiness {
  const lines = sockets.flatMap(({ name, state }) => socketWarning(name, state) ?? []);
  const deaf = sockets.length > 0 && lines.length === sockets.length;
  return { ready: ready && !deaf, warnings: [...warnings, ...lines] };
}

/** Everybody who asks meanwhile gets the same answer. */
function remembering<T>(ms: number, read: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null;
  const forget = () => {
    answer = null;
  };
  return () => {
    answer ??= read().finally(() => setTimeout(forget, ms).unref());
    return answer;
  };
}
