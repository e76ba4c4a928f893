/** The steps up to a durable accept, with nothing of the desk in them: what it is measured against. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { decrypt, getSignature } from "@wecom/crypto";
import { Redis } from "ioredis";
import Koa from "koa";
import Router from "koa-router";
import getRawBody from "raw-body";
import { BOT } from "../station.ts";
import { options, tell } from "./tell.ts";

export interface LadderOptions {
  /** bare: Koa alone. opened: and the callback verified, decrypted, parsed. floor: and one script that writes. */
  readonly step: "bare" | "opened" | "floor";
  readonly socket: string;
}

const ACCEPT = `#!lua
if not redis.call('SET', KEYS[1], '1', 'NX', 'EX', '259200') then return 0 end
redis.call('XADD', '{floor}:lane', '*', 'message', ARGV[1])
return 1`;

const { step, socket } = options<LadderOptions>();
const app = new Koa();
if (step === "bare") {
  app.use(answer);
} else {
  const accept = step === "floor" ? await openFloor() : null;
  const router = new Router();
  router.post("/webhook/wecom/bot", async (context) => {
    const { encrypt } = JSON.parse((await getRawBody(context.req)).toString("utf8")) as { encrypt: string };
    const { msg_signature: given, timestamp, nonce } = context.query;
    if (getSignature(BOT.token, Number(timestamp), Number(nonce), encrypt) !== given) context.throw(401);
    const { message } = decrypt(BOT.aesKey, encrypt);
    const { msgid } = JSON.parse(message) as { msgid: string };
    if (accept) await accept(msgid, message);
    answer(context);
  });
  app.use(router.routes());
}
const server = app.listen(0, "127.0.0.1");
await once(server, "listening");
tell((server.address() as AddressInfo).port);

function answer(context: { body: unknown }): void {
  context.body = "success";
}

async function openFloor(): Promise<(id: string, message: string) => Promise<unknown>> {
  const redis = new Redis({ path: socket });
  const sha = String(await redis.script("LOAD", ACCEPT));
  return (id, message) => redis.evalsha(sha, 1, `{floor}:seen:${id}`, message);
}
