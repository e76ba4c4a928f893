/** `/api`: what other programs read (design.md 6), behind the bearer token; without one set there is no `/api`. */
import type { Redis } from "ioredis";
import Router from "koa-router";
import type { Station } from "../station/station.ts";
import { listMessages } from "./inbox-queue.ts";
import { listReplies } from "./outbox-queue.ts";
import { readQueueQuery, readTicketQuery } from "./query.ts";
import { detailOf, rowOf } from "./ticket-view.ts";
import { listTickets, readTicketByNumber } from "./tickets.ts";
import { openTokenCheck, refuseUnauthorised } from "./token.ts";

export interface ApiDeps {
  readonly redis: Redis;
  readonly tag: string;
  /** Null: `/api` is off. */
  readonly token: string | null;
  readonly station: () => Station;
  /** Desk clock: which year `1123-017` means. */
  readonly now: () => number | Promise<number>;
}

export function apiRoutes({ redis, tag, token, station, now }: ApiDeps): Router {
  const router = new Router({ prefix: "/api" });
  if (token === null) return router;
  const isAuthorised = openTokenCheck(token);
  const place = { redis, tag };

  router.use(async (context, next) => {
    context.set({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
    if (isAuthorised(context)) await next();
    else refuseUnauthorised(context);
  });

  router.get("/tickets", async (context) => {
    const { tickets, cursor } = await listTickets(place, readTicketQuery(context.query));
    context.body = { tickets: tickets.map(rowOf), cursor };
  });

  router.get("/tickets/:number", async (context) => {
    const { number = "" } = context.params;
    const found = await readTicketByNumber(place, number, await now());
    if (found) {
      context.body = detailOf(found.ticket, found.story);
      return;
    }
    context.status = 404;
    context.body = { error: "没有这个编号的工单" };
  });

  router.get("/outbox", async (context) => {
    context.body = await listReplies(place, readQueueQuery(context.query));
  });

  router.get("/inbox", async (context) => {
    context.body = await listMessages(place, station(), readQueueQuery(context.query));
  });

  return router;
}
