/** The self-built app's callback address (wecom.md 1.3, 4.1): XML, addressed to the organisation. */
import type Router from "koa-router";
import { z } from "zod";
import { Refused } from "../../callback.ts";
import type { Hearing, Log } from "../../platform.ts";
import { openDoor } from "../door.ts";
import { seal } from "../envelope.ts";
import { type HeardByApp, hear } from "./hear.ts";
import { cdata, readXml } from "./xml.ts";

export interface AppDoorwayDeps extends Hearing {
  readonly corpId: string;
  readonly agentId: number;
  readonly token: string;
  readonly aesKey: string;
  /** Wire clock, ms. */
  readonly now: () => number;
  readonly log: Log;
}

export const APP_PATH = "/webhook/wecom/app";
/** A button has room for ten characters (wecom.md 2.3). */
const PRESSED = "已提交";

const envelope = z.object({ Encrypt: z.string().min(1) });

export function openAppDoorway(deps: AppDoorwayDeps): Router {
  const { corpId, token, aesKey, now } = deps;

  /** Greys the buttons of whoever pressed one (90241, `update_button`). */
  function shownPressed(to: string, nonce: string): string {
    const timestamp = Math.floor(now() / 1000);
    const plain = [
      `<xml><ToUserName>${cdata(to)}</ToUserName><FromUserName>${cdata(corpId)}</FromUserName>`,
      `<CreateTime>${timestamp}</CreateTime><MsgType>${cdata("update_button")}</MsgType>`,
      `<Button><ReplaceName>${cdata(PRESSED)}</ReplaceName></Button></xml>`,
    ].join("");
    const sealed = seal(plain, { token, aesKey, timestamp, nonce, receiver: corpId });
    return [
      `<xml><Encrypt>${cdata(sealed.encrypt)}</Encrypt><MsgSignature>${cdata(sealed.msgsignature)}</MsgSignature>`,
      `<TimeStamp>${timestamp}</TimeStamp><Nonce>${cdata(nonce)}</Nonce></xml>`,
    ].join("");
  }

  return openDoor<HeardByApp>({
    ...deps,
    path: APP_PATH,
    isReceiver: (id) => id === corpId,
    ciphertextIn(body) {
      const xml = readXml(body);
      if (xml === null) throw new Refused(400, "not XML");
      const { data } = envelope.safeParse(xml);
      if (data === undefined) throw new Refused(400, "no Encrypt");
      return data.Encrypt;
    },
    hear: (plain) => hear(plain, deps.agentId),
    take: ({ message }) => deps.accept(message),
    answer: ({ pressed, sender }, { nonce }) =>
      pressed ? { type: "application/xml", body: shownPressed(sender, nonce) } : null,
  });
}
