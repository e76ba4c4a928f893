/** `/tickets.xlsx`: the 台账 as a download, masked, behind the bearer token; without one set there is none. */
import { once } from "node:events";
import Router from "koa-router";
import { type LedgerAssignment, ledgerInThread } from "../digest/ledger-thread.ts";
import { shanghaiDate } from "../pledge/hours.ts";
import { BadQuery, readLedgerQuery } from "./query.ts";
import { openTokenCheck, refuseUnauthorised } from "./token.ts";

export interface LedgerDeps {
  readonly token: string;
  /** All of it but what is asked for. */
  readonly assignment: () => Omit<LedgerAssignment, "period" | "now" | "point">;
  /** Desk clock. */
  readonly now: () => number | Promise<number>;
}

const PATH = "/tickets.xlsx";
const MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/** At once: each has a core and a Redis to itself for seconds. */
const MOST = 2;
const RETRY_S = 10;

export function ledgerRoutes({ token, assignment, now }: LedgerDeps): Router {
  const router = new Router();
  const isAuthorised = openTokenCheck(token);
  let underWay = 0;

  router.get(PATH, async (context) => {
    context.set({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
    if (!isAuthorised(context)) {
      refuseUnauthorised(context);
      return;
    }
    const at = await now();
    const today = shanghaiDate(at);
    const query = readLedgerQuery(context.query, today);
    const base = assignment();
    if (query.point !== null && !base.points.includes(query.point))
      throw new BadQuery("没有这个服务点：point 是站点文件里服务点的 id");
    const { from, to, point } = query;
    context.set({ "content-type": MIME, "content-disposition": dispositionOf(from, to) });
    if (context.method === "HEAD") {
      context.status = 200;
      return;
    }
    if (underWay >= MOST) {
      context.remove("content-disposition");
      context.status = 503;
      context.set("retry-after", String(RETRY_S));
      context.type = "text/plain";
      context.body = `正在导出的台账已有 ${MOST} 份，请 ${RETRY_S} 秒后再试`;
      return;
    }
    underWay += 1;
    const file = ledgerInThread({ ...base, period: { kind: null, from, to }, now: at, point });
    file.once("close", () => {
      underWay -= 1;
    });
    // Whoever leaves has nothing made for them; what breaks off half-way must not look like a whole file.
    context.res.once("close", () => file.destroy());
    file.on("error", () => context.headerSent && context.res.destroy());
    // What goes wrong before the first byte is still an answer of its own.
    await Promise.race([once(file, "readable"), once(file, "close")]);
    context.body = file;
    context.set("content-type", MIME);
  });

  return router;
}

function dispositionOf(from: string, to: string): string {
  const name = encodeURIComponent(`台账 ${from} 至 ${to}.xlsx`);
  return `attachment; filename="ledger-${from}-${to}.xlsx"; filename*=UTF-8''${name}`;
}
