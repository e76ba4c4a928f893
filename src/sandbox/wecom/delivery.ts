/** Sealing a callback and carrying it to the desk, again and again as WeCom does (wecom.md 1, 2.6). */
import { randomInt } from "node:crypto";
import { setMaxListeners } from "node:events";
import { Agent, request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { decrypt, encrypt, getSignature } from "@wecom/crypto";
import type { Form } from "./envelopes.ts";

export interface Outcome {
  readonly delivered: boolean;
  /** `refused`: the desk answered, with something else than 200. */
  readonly reason: "not-mentioned" | "refused" | "no-answer" | "no-connection" | "closed" | null;
  readonly attempts: number;
  readonly status: number | null;
  /** The passive answer, decrypted (of an application: its XML); null where the desk said nothing, which it may. */
  readonly reply: unknown;
}

export interface Delivery {
  post(body: unknown): Promise<Outcome>;
  /** The GET by which the administrator's console checks a callback address (wecom.md 1.2). */
  checkUrl(): Promise<{ readonly ok: boolean; readonly status: number; readonly body: string; readonly ms: number }>;
  close(): void;
}

export interface DeliveryOptions {
  readonly form: Form;
  readonly deskUrl: () => string;
  readonly token: string;
  readonly aesKey: string;
  readonly now: () => number;
  readonly redeliverAfterMs: number;
  readonly retries: number;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

const CHECK_MS_MAX = 1_000;
const ANSWER_BYTES_MAX = 1 << 20;

export function openDelivery(options: DeliveryOptions): Delivery {
  const { form, token, aesKey, now, redeliverAfterMs, retries } = options;
  // A connection for each delivery: on a kept one, a desk that hangs up on purpose looks like one that was just idle.
  const agent = new Agent({ keepAlive: false });
  const closing = new AbortController();
  // Every delivery on its way listens to it.
  setMaxListeners(0, closing.signal);

  const address = (ciphertext: string, more: Readonly<Record<string, string>>): { url: URL; nonce: string } => {
    const timestamp = String(Math.floor(now() / 1000));
    const nonce = String(randomInt(1e9));
    const url = new URL(form.path, options.deskUrl());
    const signature = getSignature(token, timestamp, nonce, ciphertext);
    url.search = String(new URLSearchParams({ msg_signature: signature, timestamp, nonce, ...more }));
    return { url, nonce };
  };

  const attempt = async (body: string): Promise<{ answer: Answer; nonce: string }> => {
    // A new envelope each time around the same msgid: the desk must not tell a redelivery by its bytes.
    const ciphertext = encrypt(aesKey, body, form.receiver);
    const { url, nonce } = address(ciphertext, {});
    const sealed = { type: form.contentType, text: form.wrap(ciphertext) };
    return { answer: await send(agent, "POST", url, sealed, redeliverAfterMs, closing.signal), nonce };
  };

  const openReply = (body: string, nonce: string): unknown => {
    if (body === "") return null;
    const sealed = form.unwrap(body);
    const signature = getSignature(token, sealed.timestamp, sealed.nonce, sealed.encrypt);
    if (signature !== sealed.signature) throw new Error("passive answer: bad signature");
    if (form.returnsNonce && sealed.nonce !== nonce) throw new Error("passive answer: another nonce");
    const opened = decrypt(aesKey, sealed.encrypt);
    if (opened.id !== form.receiver) throw new Error("passive answer: another receiver id");
    return form.read(opened.message);
  };

  return {
    async post(body) {
      const plain = typeof body === "string" ? body : JSON.stringify(body);
      let status: number | null = null;
      for (let attempts = 1; ; attempts += 1) {
        const nextAt = performance.now() + redeliverAfterMs;
        try {
          const { answer, nonce } = await attempt(plain);
          status = answer.status;
          if (status === 200) {
            return { delivered: true, reason: null, attempts, status, reply: openReply(answer.body, nonce) };
          }
          // Only an unreachable desk is tried again; one that says no has been reached (wecom.md 2.6).
          if (status < 500) return { delivered: false, reason: "refused", attempts, status, reply: null };
        } catch (error) {
          if (closing.signal.aborted) return { delivered: false, reason: "closed", attempts, status, reply: null };
          if (!isConnectionTrouble(error)) throw error;
        }
        if (attempts > retries) {
          return { delivered: false, reason: status === null ? "no-answer" : "refused", attempts, status, reply: null };
        }
        // A refused connection fails in a millisecond: without the pause all the tries would fall into one restart.
        await wait(Math.max(0, nextAt - performance.now()), undefined, { signal: closing.signal }).catch(
          () => undefined,
        );
      }
    },
    async checkUrl() {
      const echo = String(randomInt(1e9, 1e12));
      const echostr = encrypt(aesKey, echo, form.receiver);
      const from = performance.now();
      const { url } = address(echostr, { echostr });
      const { status, body } = await send(agent, "GET", url, null, redeliverAfterMs, closing.signal);
      const ms = performance.now() - from;
      // The raw bytes: no quotes, no newline, and within a second.
      return { ok: status === 200 && body === echo && ms < CHECK_MS_MAX, status, body, ms };
    },
    close() {
      closing.abort();
      agent.destroy();
    },
  };
}

class ConnectionTrouble extends Error {}

function isConnectionTrouble(error: unknown): boolean {
  return error instanceof ConnectionTrouble;
}

function send(
  agent: Agent,
  method: "GET" | "POST",
  url: URL,
  body: { readonly type: string; readonly text: string } | null,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { agent, method, signal });
    const timer = setTimeout(() => outgoing.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      reject(new ConnectionTrouble(error.message, { cause: error }));
    };
    outgoing.on("error", fail);
    outgoing.on("response", (incoming) => {
      const chunks: Buffer[] = [];
      let size = 0;
      incoming.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > ANSWER_BYTES_MAX) outgoing.destroy(new Error("answer too long"));
        else chunks.push(chunk);
      });
      incoming.on("error", fail);
      incoming.on("end", () => {
        clearTimeout(timer);
        resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString("utf8") });
      });
    });
    if (body !== null) outgoing.setHeader("content-type", body.type);
    outgoing.end(body?.text);
  });
}
