/** The AI bot's callback address (wecom.md 1.2, 1.3): bytes in, a message in its lane, 200. design.md 6, "Doors". */
import Router from "koa-router";
import { isAway } from "../../store/connection.ts";
import { openAnswerUrlCheck } from "../answer-url.ts";
import { Refused, readBody, refusing } from "../callback.ts";
import type { Hearing, Log } from "../platform.ts";
import { nameStripper } from "../wording.ts";
import { openEnvelope } from "./envelope.ts";
import { hear } from "./hear.ts";
import { isFresh, isSignedBy, readSigned } from "./signature.ts";

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
const ANSWER_PATH = "/cgi-bin/aibot/response";

export function openDoorway(deps: DoorwayDeps): Router {
  const { log, now } = deps;
  const hearing = {
    botId: deps.botId,
    isAnswerUrl: openAnswerUrlCheck(deps.apiBase, ANSWER_PATH),
    stripNames: nameStripper(deps.botNames),
  };
  const router = new Router();

  router.use(BOT_PATH, refusing("wecom", deps));

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
