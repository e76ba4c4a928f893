/** The AI bot's callback address (wecom.md 1.2, 1.3): bytes in, a message in its lane, 200. design.md 6, "Doors". */
import Router from "koa-router";
import getRawBody from "raw-body";
import { isAway } from "../../store/connection.ts";
import type { Hearing, Log } from "../platform.ts";
import { openAnswerUrlCheck } from "./answer-url.ts";
import { openEnvelope } from "./envelope.ts";
import { hear } from "./hear.ts";
import { isFresh, isSignedBy, readSigned } from "./signature.ts";
import { nameStripper } from "./wording.ts";

export interface DoorwayDeps extends Hearing {
  readonly token: string;
  readonly aesKey: string;
  readonly botId: string | null;
  readonly botNames: readonly string[];
  readonly corpId: string | null;
  readonly apiBase: string;
  readonly now: () => number;
  readonly log: Log;
}

export const BOT_PATH = "/webhook/wecom/bot";
const BODY_BYTES_MAX = 1 << 20;

/** Not for us, or not in a form that we can read: said with this status and no more. */
class Refused extends Error {
  readonly status: 400 | 401 | 413;
  constructor(status: 400 | 401 | 413, reason: string) {
    super(reason);
    this.status = status;
  }
}

export function openDoorway(deps: DoorwayDeps): Router {
  const { log, now } = deps;
  const hearing = {
    botId: deps.botId,
    isAnswerUrl: openAnswerUrlCheck(deps.apiBase),
    stripNames: nameStripper(deps.botNames),
  };
  const router = new Router();

  router.use(BOT_PATH, async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      log.warn({ platform: "wecom", status: error.status, reason: error.message }, "callback refused");
      deps.refused(error.status);
      ctx.status = error.status;
    }
  });

  /** The console checks the address (90930): the plain bytes and nothing else, within a second. */
  router.get(BOT_PATH, (ctx) => {
    const signed = readSigned(ctx.query);
    if (signed === null) throw new Refused(401, "unsigned");
    const { echostr } = ctx.query;
    if (typeof echostr !== "string" || echostr === "") throw new Refused(400, "no echostr");
    // A proxy that decodes once too often turns plus signs into spaces; base64 has none of its own (1.2).
    const ciphertext = echostr.replaceAll(" ", "+");
    if (!isSignedBy(deps.token, signed, ciphertext)) throw new Refused(401, "bad signature");
    ctx.type = "text/plain";
    ctx.body = open(ciphertext);
  });

  router.post(BOT_PATH, async (ctx) => {
    const signed = readSigned(ctx.query);
    if (signed === null) throw new Refused(401, "unsigned");
    const ciphertext = readSealed(await readBody(ctx.req));
    if (!isSignedBy(deps.token, signed, ciphertext)) throw new Refused(401, "bad signature");
    if (!isFresh(signed, now())) throw new Refused(401, "stale");
    const heard = hear(open(ciphertext), now(), hearing);
    if (heard.kind === "malformed") throw new Refused(400, "not a JSON object");
    // "Nothing to say" is an empty 200 (1.3); the desk answers by response_url, in its own time.
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
      await deps.accept(message);
    } catch (error) {
      // Nobody keeps it. A status would be taken for an answer; a connection that breaks is what WeCom redelivers after.
      const details = { ...about, reason: isAway(error) ? "redis away" : String(error) };
      log.error(details, "message not taken, left to be delivered again");
      ctx.respond = false;
      ctx.req.socket.destroy();
    }
  });

  function open(ciphertext: string): string {
    const opened = openEnvelope(deps.aesKey, ciphertext, deps.corpId);
    if (opened.kind === "refused") throw new Refused(400, opened.reason);
    return opened.text;
  }

  return router;
}

async function readBody(request: Router.IRouterContext["req"]): Promise<string> {
  try {
    const length = request.headers["content-length"];
    const body = await getRawBody(request, { limit: BODY_BYTES_MAX, ...(length === undefined ? {} : { length }) });
    return body.toString("utf8");
  } catch (error) {
    // The rest is read and thrown away, or the sender would see a broken pipe instead of our answer.
    request.resume();
    const tooLarge = error instanceof Error && "type" in error && error.type === "entity.too.large";
    throw tooLarge ? new Refused(413, "over 1 MiB") : new Refused(400, "body broken off");
  }
}

function readSealed(body: string): string {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new Refused(400, "not JSON");
  }
  const { encrypt, Encrypt } = (typeof json === "object" && json !== null ? json : {}) as Record<string, unknown>;
  const ciphertext = encrypt ?? Encrypt;
  if (typeof ciphertext !== "string" || ciphertext === "") throw new Refused(400, "no encrypt");
  return ciphertext;
}
