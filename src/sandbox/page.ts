/** The demo's page at /sandbox: one sees the groups, is anybody in them, and moves the desk's clock forward. */
import { readdirSync, readFileSync } from "node:fs";
import Router from "koa-router";
import { z } from "zod";
import { addDays, DAY_MS, MINUTE_MS, shanghaiDate, shanghaiTime } from "../pledge/hours.ts";
import { ADVANCES, documentView, type PageParts } from "./page/document.ts";
import { readPost } from "./page/guard.ts";
import { openLive } from "./page/live.ts";
import { type Fate, SITUATIONS } from "./page/stage.ts";
import type { Undelivered, UndeliveredLine } from "./page/status.ts";

export interface DemoClock {
  now(): Promise<number>;
  /** Forward only; resolves with the new time. */
  advance(ms: number): Promise<number>;
}

export interface SandboxPage extends PageParts {
  readonly clock: DemoClock;
  /** Resolves when all that is due by the desk's clock has been done. */
  readonly catchUp: () => Promise<void>;
  /** The desk's lines that wait or have failed. */
  readonly undelivered: () => Promise<Undelivered>;
  /** The newest of them. */
  readonly undeliveredLines: () => Promise<readonly UndeliveredLine[]>;
  /** How long somebody who has said something waits to hear that the desk has it. */
  readonly fateWithinMs?: number;
}

const ASSETS = new URL("./page/browser/", import.meta.url);
const FATE_WITHIN_MS = 3_000;
/** A letter draws its picture, which takes seconds; whatever hangs must not hold the clock. */
const CAUGHT_UP_WITHIN_MS = 10_000;
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
const pressBody = z.strictObject({ chat: z.string().max(100), message: z.string().max(40), key: z.string().max(1024) });
const troubleBody = z.strictObject({ platform: z.string().max(20), situation: z.enum(SITUATIONS) });
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
  const { stages, clock, chats, people, undelivered, fateWithinMs = FATE_WITHIN_MS } = page;
  const assets = new Map(readdirSync(ASSETS).map((name) => [name, readFileSync(new URL(name, ASSETS), "utf8")]));
  const byChat = new Map(chats.map((chat) => [chat.chat, chat]));
  const whoIn = (chat: string): string[] =>
    people.filter(({ chats: theirs }) => theirs.includes(chat)).map(({ account }) => account);
  let saying = 0;
  const live = openLive({ stages, chats, now: clock.now, undelivered, saying: () => saying });

  /** A platform goes on trying for longer than a page should hold one of a browser's few connections. */
  const told = async (chat: string, doing: Promise<Fate>): Promise<Pick<Fate, "delivered" | "reason" | "attempts">> => {
    saying += 1;
    const done = doing.finally(() => {
      saying -= 1;
    });
    const soon = await within(done, fateWithinMs);
    if (soon !== null) return { delivered: soon.delivered, reason: soon.reason, attempts: soon.attempts };
    done.then(
      (fate) => {
        if (!fate.delivered && fate.reason !== "closed") live.tellLost(chat, fate);
      },
      () => undefined,
    );
    return { delivered: false, reason: "under-way", attempts: 0 };
  };
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
    const place = live.place();
    context.type = "html";
    context.body = documentView(page, { place, now: await clock.now(), status: await live.status() });
  });

  for (const [name, text] of assets) {
    router.get(`/sandbox/${name}`, (context) => {
      context.type = name.endsWith(".css") ? "text/css" : "text/javascript";
      context.body = text;
    });
  }

  router.get("/sandbox/events", (context) => {
    // The header is what a browser sends when it reconnects; it knows more than the address does.
    const after = context.get("last-event-id") || context.URL.searchParams.get("after") || live.place();
    // Koa would report every page that is closed as an error of a body cut short.
    if (live.watch(context.res, after)) context.respond = false;
    else context.status = 503;
  });

  router.get("/sandbox/picture/:md5", async (context) => {
    const { md5 = "" } = context.params;
    if (!PICTURE_NAME.test(md5)) return;
    const [bytes] = (await Promise.all(stages.map((stage) => stage.picture(md5)))).filter((found) => found !== null);
    if (bytes === undefined) return;
    context.type = bytes[0] === 0x89 ? "image/png" : "image/jpeg";
    context.body = bytes;
  });

  router.get("/sandbox/lines", async (context) => {
    context.body = { lines: await page.undeliveredLines() };
  });

  router.post("/sandbox/say", async (context) => {
    const said = await readPost(context, sayBody);
    if (said === undefined) return;
    const stage = byChat.get(said.chat)?.stage;
    if (stage === undefined || !whoIn(said.chat).includes(said.by)) {
      context.status = 403;
      return;
    }
    // Only what stands on the page can be quoted from it.
    const { canQuote, find } = stage;
    const quote = said.quote !== null && canQuote(said.chat) && find(said.chat, said.quote) ? said.quote : null;
    context.body = await told(said.chat, stage.say({ ...said, quote }));
  });

  router.post("/sandbox/press", async (context) => {
    const pressed = await readPost(context, pressBody);
    if (pressed === undefined) return;
    const { chat, message, key } = pressed;
    const stage = byChat.get(chat)?.stage;
    const [by] = whoIn(chat);
    const card = stage?.find(chat, message)?.card ?? null;
    const isThere = card !== null && card.replaced === null && card.buttons.some((button) => button.key === key);
    if (stage === undefined || by === undefined || !isThere) {
      context.status = 409;
      return;
    }
    context.body = await told(chat, stage.press({ by, message, key }));
  });

  router.post("/sandbox/trouble", async (context) => {
    const asked = await readPost(context, troubleBody);
    if (asked === undefined) return;
    const stage = stages.find(({ platform }) => platform === asked.platform);
    if (stage === undefined) {
      context.status = 404;
      return;
    }
    await stage.imitate(asked.situation);
    context.body = await live.status();
  });

  /** One after the other, however fast somebody presses: what is due at one time is done before the next one comes. */
  let moved: Promise<unknown> = Promise.resolve();
  const move = async (by: Span): Promise<number> => {
    live.tellTime(await clock.advance(spanOf(by, await clock.now())));
    await within(page.catchUp(), CAUGHT_UP_WITHIN_MS);
    return clock.now();
  };
  router.post("/sandbox/advance", async (context) => {
    const asked = await readPost(context, advanceBody);
    if (asked === undefined) return;
    const moving = moved.then(() => move(asked.by));
    moved = moving.catch(() => undefined);
    context.body = { now: await moving };
  });

  return router;
}

type Span = (typeof ADVANCES)[number][0];

function spanOf(by: Span, now: number): number {
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

/** Null: not yet. */
async function within<T>(doing: Promise<T>, ms: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, ms, null);
  });
  return Promise.race([doing, late]).finally(() => clearTimeout(timer));
}
