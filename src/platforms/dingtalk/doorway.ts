/** The robot's callback address (dingtalk.md 1.1, 1.5): bytes in, a message in its lane, 200. design.md 6, "Doors". */
import Router from "koa-router";
import { notTaken } from "../../words/replies.ts";
import { Refused, readBody, refusing } from "../callback.ts";
import type { Hearing, Log } from "../platform.ts";
import type { HearDeps } from "./hear.ts";
import { openReception } from "./reception.ts";
import { textBody } from "./say-webhook.ts";
import { isFresh, isSignedBy, readSigned } from "./signature.ts";

export interface DoorwayDeps extends Hearing {
  readonly appSecret: string;
  readonly hearing: HearDeps;
  /** Wire clock, ms. */
  readonly now: () => number;
  readonly log: Log;
}

const DINGTALK_PATH = "/webhook/dingtalk";
/** "Nothing to say" (1.5): the desk answers by the message's address, in its own time. */
const SILENCE = { msgtype: "empty" };

export function openDoorway(deps: DoorwayDeps): Router {
  const receive = openReception(deps);
  const router = new Router();
  router.use(DINGTALK_PATH, refusing("dingtalk", deps));

  router.post(DINGTALK_PATH, async (ctx) => {
    const signed = readSigned(ctx.headers);
    if (signed === null) throw new Refused(401, "unsigned");
    if (!isSignedBy(deps.appSecret, signed)) throw new Refused(401, "bad signature");
    if (!isFresh(signed, deps.now())) throw new Refused(401, "stale");
    const received = await receive(await readBody(ctx.req));
    if (received.kind === "malformed") throw new Refused(400, "not a JSON object");
    // Whether it would deliver again nobody knows (1.5), so the person is told to.
    ctx.body = received.kind === "lost" ? textBody(notTaken(), []) : SILENCE;
  });

  return router;
}
