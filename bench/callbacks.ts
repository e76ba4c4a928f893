/** Callbacks as WeCom posts them, signed and encrypted before the clock runs. */
import { randomBytes } from "node:crypto";
import { encrypt, getSignature } from "@wecom/crypto";
import { load } from "./built.ts";
import { BOT, chatOf } from "./station.ts";

const { messageBody } = await load<typeof import("../src/sandbox/wecom/callback.ts")>("sandbox/wecom/callback");

export interface Said {
  readonly group: number;
  readonly by: string;
  readonly text: string;
}

let count = 0;

/** A whole HTTP request, with an id of its own. */
export function sealed({ group, by, text }: Said, origin: string): Buffer {
  count += 1;
  const source = {
    msgid: `CAIQ${randomBytes(14).toString("hex")}${count}`,
    botId: BOT.id,
    chat: chatOf(group),
    by,
    responseUrl: `${origin}/cgi-bin/aibot/response?response_code=${randomBytes(16).toString("hex")}`,
  };
  const body = messageBody(source, { text: `@${BOT.name} ${text}`, quote: null, imageUrls: [] });
  const ciphertext = encrypt(BOT.aesKey, JSON.stringify(body), "");
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = getSignature(BOT.token, timestamp, count, ciphertext);
  const content = JSON.stringify({ encrypt: ciphertext });
  const head = [
    `POST /webhook/wecom/bot?msg_signature=${signature}&timestamp=${timestamp}&nonce=${count} HTTP/1.1`,
    "host: 127.0.0.1",
    "content-type: application/json",
    `content-length: ${content.length}`,
  ];
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${content}`, "latin1");
}

/** Requests of as many people, one after the other from each of so many groups. */
export function requests(count: number, groups: number, texts: readonly string[], origin: string): Buffer[] {
  return Array.from({ length: count }, (_, n) =>
    sealed({ group: n % groups, by: `clerk${n}`, text: texts[n % texts.length] ?? "" }, origin),
  );
}
