/** Around a ciphertext: JSON for the AI bot, XML for an application (wecom.md 1.3). Pure. */
import { XMLParser } from "fast-xml-parser";
import { z } from "zod";

export interface Sealed {
  readonly encrypt: string;
  readonly signature: string;
  readonly timestamp: string;
  readonly nonce: string;
}

export interface Form {
  /** Of the desk. */
  readonly path: string;
  /** The id at the end of what is encrypted. */
  readonly receiver: string;
  readonly contentType: string;
  /** The answer must repeat the nonce of the callback; an application chooses its own. */
  readonly returnsNonce: boolean;
  wrap(ciphertext: string): string;
  /** The desk's passive answer. Throws on whatever WeCom could not read. */
  unwrap(body: string): Sealed;
  /** What was decrypted. */
  read(plain: string): unknown;
}

const jsonAnswer = z
  .object({ encrypt: z.string(), msgsignature: z.string(), timestamp: z.number(), nonce: z.string() })
  .transform(({ msgsignature, timestamp, ...rest }) => ({
    ...rest,
    signature: msgsignature,
    timestamp: String(timestamp),
  }));

const xmlAnswer = z
  .object({
    xml: z.object({ Encrypt: z.string(), MsgSignature: z.string(), TimeStamp: z.string(), Nonce: z.string() }),
  })
  .transform(({ xml }) => ({
    encrypt: xml.Encrypt,
    signature: xml.MsgSignature,
    timestamp: xml.TimeStamp,
    nonce: xml.Nonce,
  }));

export const botForm: Form = {
  path: "/webhook/wecom/bot",
  receiver: "",
  contentType: "application/json",
  returnsNonce: true,
  wrap: (ciphertext) => JSON.stringify({ encrypt: ciphertext }),
  unwrap: (body) => jsonAnswer.parse(JSON.parse(body)),
  read: (plain) => JSON.parse(plain),
};

export function appForm({ corpId, agentId }: { readonly corpId: string; readonly agentId: number }): Form {
  return {
    path: "/webhook/wecom/app",
    receiver: corpId,
    contentType: "text/xml",
    returnsNonce: false,
    wrap: (ciphertext) =>
      `<xml><ToUserName>${cdata(corpId)}</ToUserName><Encrypt>${cdata(ciphertext)}</Encrypt><AgentID>${cdata(String(agentId))}</AgentID></xml>`,
    unwrap: (body) => xmlAnswer.parse(readXml(body)),
    read: (plain) => plain,
  };
}

export function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
}

/** Values stay text: a message id has 64 bits. */
export function readXml(text: string): unknown {
  return new XMLParser({ parseTagValue: false }).parse(text);
}
