/** The demo's page at /sandbox: one sees the groups, is anybody in them, and moves the desk's clock forward. */
import { readFileSync } from "node:fs";
import Router from "koa-router";
import { z } from "zod";
import { addDays, DAY_MS, MINUTE_MS, shanghaiDate, shanghaiTime } from "../pledge/hours.ts";
import { ADVANCES, documentView, type PageParts } from "./page/document.ts";
import { readPost } from "./page/guard.ts";
import { openLive } from "./page/live.ts";

export interface DemoClock {
  now(): Promise<number>;
  /** Forward only; resolves with the new time. */
  advance(ms: number): Promise<number>;
}

export interface SandboxPage extends PageParts {
  readonly clock: DemoClock;
}

const MORNING_MINUTES = 8 * 60 + 30;
const TEXT_MAX = 1_000;
const PICTURE_NAME = /^[0-9a-f]{32}$/;

const sayBody = z.strictObject({
  chat: z.string().max(100),
  by: z.string().max(100),
  text: z
    .string()
    .max(TEXT_MAX + 50)
    .refine((text) => text.trim() !== ""),
  quote: z.string().max(40).nullable(),
});
const advanceBody = z.strictObject({ by: z.enum(ADVANCES.map(([by]) => by)) });

/** Nothing from elsewhere, nothing inline: what people type can at worst be text. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

export function sandboxRoutes(page: SandboxPage): Router {
  const { server, clock, groups, people } = page;
  const assets = new Map(
    (["sandbox.css", "sandbox.js"] as const).map((name) => [
      name,
      readFileSync(new URL(`./page/${name}`, import.meta.url), "utf8"),
    ]),
  );
  const live = openLive({ server, chats: groups.map(({ chat }) => chat), now: clock.now });
  const maySpeak = new Set(people.flatMap(({ account, groups: chats }) => chats.map((chat) => `${account} ${chat}`)));
  const router = new Router();

  router.use(async (context, next) => {
    context.set({
      "content-security-policy": POLICY,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    });
    await next();
  });

  router.get("/sandbox", async (context) => {
    const lastId =
      groups
        .map(({ chat }) => server.sent(chat).at(-1)?.id ?? "")
        .sort()
        .at(-1) ?? "";
    context.type = "html";
    context.body = documentView(page, await clock.now(), lastId);
  });

  for (const [name, text] of assets) {
    router.get(`/sandbox/${name}`, (context) => {
      context.type = name.endsWith(".css") ? "text/css" : "text/javascript";
      context.body = text;
    });
  }

  router.get("/sandbox/events", (context) => {
    // The header is what a browser sends when it reconnects; it knows more than the address does.
    const after = context.get("last-event-id") || context.URL.searchParams.get("after");
    // Koa would report every page that is closed as an error of a body cut short.
    if (live.watch(context.res, after ?? "")) context.respond = false;
    else context.status = 503;
  });

  router.get("/sandbox/picture/:md5", async (context) => {
    const { md5 = "" } = context.params;
    const bytes = PICTURE_NAME.test(md5) ? await server.history.picture(md5) : null;
    if (bytes === null) return;
    context.type = bytes[0] === 0x89 ? "image/png" : "image/jpeg";
    context.body = bytes;
  });

  router.post("/sandbox/say", async (context) => {
    const said = await readPost(context, sayBody);
    if (said === undefined) return;
    if (!maySpeak.has(`${said.by} ${said.chat}`)) {
      context.status = 403;
      return;
    }
    // Only what stands on the page can be quoted from it.
    const quote = said.quote !== null && server.find(said.chat, said.quote) !== undefined ? said.quote : null;
    const { delivered, reason, attempts } = await server.say({ ...said, quote });
    context.body = { delivered, reason, attempts };
  });

  router.post("/sandbox/advance", async (context) => {
    const asked = await readPost(context, advanceBody);
    if (asked === undefined) return;
    const now = await clock.advance(spanOf(asked.by, await clock.now()));
    live.tellTime(now);
    context.body = { now };
  });

  return router;
}

function spanOf(by: (typeof ADVANCES)[number][0], now: number): number {
  switch (by) {
    case "tenMinutes":
      return 10 * MINUTE_MS;
    case "oneHour":
      return 60 * MINUTE_MS;
    case "oneDay":
      return DAY_MS;
    case "morning":
      return shanghaiTime(addDays(shanghaiDate(now), 1), MORNING_MINUTES) - now;
  }
}
