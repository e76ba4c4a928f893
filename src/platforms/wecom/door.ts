/**
 * An address that WeCom calls, of the AI bot or of a self-built app (wecom.md 1.2, 1.3): the signature first, then the
 * envelope, then a message in its lane, then 200. design.md 6, "Doors"; the two differ only in what they are given here.
 */
import Router from "koa-router";
import { isAway } from "../../store/connection.ts";
import { Refused, readBody, refusing } from "../callback.ts";
import type { Hearing, Log } from "../platform.ts";
import { type Opened, openSealed } from "./envelope.ts";
import type { Dropped, HeardMessage, Malformed } from "./heard.ts";
import { isFresh, isSignedBy, readSigned, type Signed } from "./signature.ts";

export interface DoorDeps<H extends HeardMessage> extends Pick<Hearing, "refused" | "dropped"> {
  readonly path: string;
  readonly token: string;
  readonly aesKey: string;
  readonly isReceiver: (id: string) => boolean;
  /** @throws Refused */
  readonly ciphertextIn: (body: string) => string;
  readonly hear: (plain: string) => H | Dropped | Malformed;
  /** Rejects when nobody kept it. */
  readonly take: (heard: H) => Promise<unknown>;
  /** What the 200 says; nothing, as a rule. */
  readonly answer?: (heard: H, signed: Signed) => Answer | null;
  readonly now: () => number;
  readonly log: Log;
}

export interface Answer {
  readonly type: string;
  readonly body: string;
}

export function openDoor<H extends HeardMessage>(deps: DoorDeps<H>): Router {
  const { path, token, log, now } = deps;
  const router = new Router();

  router.use(path, refusing("wecom", deps));

  /** The console checks the address (90930): the plain bytes and nothing else, within a second. */
  router.get(path, (ctx) => {
    const signed = readSigned(ctx.query);
    if (signed === null) throw new Refused(401, "unsigned");
    const { echostr } = ctx.query;
    if (typeof echostr !== "string" || echostr === "") throw new Refused(400, "no echostr");
    // A proxy that decodes once too often turns plus signs into spaces; base64 has none of its own (1.2).
    const ciphertext = echostr.replaceAll(" ", "+");
    if (!isSignedBy(token, signed, ciphertext)) throw new Refused(401, "bad signature");
    if (!isFresh(signed, now())) throw new Refused(401, "stale");
    ctx.type = "text/plain";
    ctx.body = textOf(openSealed(deps.aesKey, ciphertext, deps.isReceiver));
  });

  router.post(path, async (ctx) => {
    const signed = readSigned(ctx.query);
    if (signed === null) throw new Refused(401, "unsigned");
    const ciphertext = deps.ciphertextIn(await readBody(ctx.req));
    if (!isSignedBy(token, signed, ciphertext)) throw new Refused(401, "bad signature");
    if (!isFresh(signed, now())) throw new Refused(401, "stale");
    const heard = deps.hear(textOf(openSealed(deps.aesKey, ciphertext, deps.isReceiver)));
    if (heard.kind === "malformed") throw new Refused(400, "malformed");
    // "Nothing to say" is an empty 200 (1.3); the desk answers in its own time.
    ctx.status = 200;
    ctx.body = "";
    if (heard.kind === "drop") {
      log.info({ platform: "wecom", reason: heard.reason }, "callback dropped");
      deps.dropped();
      return;
    }
    const { message, warning } = heard;
    const about = { platform: "wecom", id: message.id, chat: message.chat };
    if (warning !== null) log.warn({ ...about, reason: warning }, "message cannot be answered in its thread");
    try {
      await deps.take(heard);
    } catch (error) {
      // Nobody keeps it. A status would be taken for an answer; a connection that breaks is what WeCom redelivers after.
      const details = { ...about, reason: isAway(error) ? "redis away" : String(error) };
      log.error(details, "message not taken, left to be delivered again");
      ctx.respond = false;
      ctx.req.socket.destroy();
      return;
    }
    const answer = deps.answer?.(heard, signed) ?? null;
    if (answer === null) return;
    ctx.type = answer.type;
    ctx.body = answer.body;
  });

  return router;
}

function textOf(opened: Opened): string {
  if (opened.kind === "refused") throw new Refused(400, opened.reason);
  return opened.text;
}
