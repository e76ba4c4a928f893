/** The application's side of the wire, as small as can be: it opens what comes and answers what the test says. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { decrypt, encrypt, getSignature } from "@wecom/crypto";
import { z } from "zod";
import { readXml } from "../../src/sandbox/wecom/envelopes.ts";

export const app = {
  corpId: "ww1436e0e65a779aee",
  agentId: 1000002,
  secret: "app-s3cret",
  token: "hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EPYo",
  aesKey: "6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt",
};

/** What was opened, flat: element → text. */
export type HeardXml = Readonly<Record<string, unknown>>;

export interface FakeApp {
  readonly url: string;
  readonly heard: readonly HeardXml[];
  /** The plain texts, as they were sealed. */
  readonly plain: readonly string[];
  /** Answers the n-th knock (from 0): with a status, with XML to seal, or by hanging up. */
  behave(rule: (nth: number) => number | string | "hang-up"): void;
  close(): Promise<void>;
}

const envelope = z.object({ xml: z.looseObject({ ToUserName: z.string(), AgentID: z.string(), Encrypt: z.string() }) });
const opened = z.object({ xml: z.record(z.string(), z.unknown()) });

export async function openFakeApp(): Promise<FakeApp> {
  const heard: HeardXml[] = [];
  const plain: string[] = [];
  let rule: (nth: number) => number | string = () => "";
  let knocks = 0;
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://desk");
    const param = (name: string): string => url.searchParams.get(name) ?? "";
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const sealed =
      request.method === "GET"
        ? param("echostr")
        : envelope.parse(readXml(Buffer.concat(chunks).toString("utf8"))).xml.Encrypt;
    const signature = getSignature(app.token, param("timestamp"), param("nonce"), sealed);
    const { message, id } = decrypt(app.aesKey, sealed);
    if (url.pathname !== "/webhook/wecom/app" || signature !== param("msg_signature") || id !== app.corpId) {
      response.writeHead(401).end();
      return;
    }
    if (request.method === "GET") {
      response.end(message);
      return;
    }
    plain.push(message);
    heard.push(opened.parse(readXml(message)).xml);
    const told = rule(knocks);
    knocks += 1;
    if (told === "hang-up") request.socket.destroy();
    else if (typeof told === "number") response.writeHead(told).end();
    else response.end(told === "" ? "" : seal(told));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    plain,
    behave(next) {
      rule = next;
      knocks = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** An application chooses its own nonce (wecom.md 1.3). */
function seal(xml: string): string {
  const timestamp = Math.floor(Date.now() / 1000);
  const sealed = encrypt(app.aesKey, xml, app.corpId);
  const signature = getSignature(app.token, timestamp, "own-nonce", sealed);
  return `<xml><Encrypt><![CDATA[${sealed}]]></Encrypt><MsgSignature><![CDATA[${signature}]]></MsgSignature><TimeStamp>${timestamp}</TimeStamp><Nonce><![CDATA[own-nonce]]></Nonce></xml>`;
}
