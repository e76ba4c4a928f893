/**
 * One HTTP request with JSON, and whether it can have arrived. Not `fetch`: its time-out says the same whether the
 * connection was never made or the answer is missing, and on that hangs if a line may be sent again (design.md 2,
 * "maybe sent").
 */
import { type ClientRequest, Agent as HttpAgent, type IncomingMessage, request as requestHttp } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";

export type Posted =
  /** `body` is null where it was too long, or where a refusal's did not come: its status says enough. */
  | { readonly kind: "answered"; readonly status: number; readonly body: string | null }
  /** No connection stood, so not a byte of it left. */
  | { readonly kind: "unreached"; readonly reason: string }
  /** It left, and nobody knows what became of it. */
  | { readonly kind: "unanswered"; readonly reason: string };

export interface PostOptions {
  readonly method?: "POST" | "GET";
  readonly headers?: Readonly<Record<string, string>>;
  /** Where less time is left than usual. */
  readonly timeoutMs?: number;
}

class TimedOut extends Error {}

class ConnectionClosed extends Error {
  override readonly name = "ConnectionClosed";
}

/** Redirects are not followed: a 3xx is an answer like any other. */
export type Post = (url: URL, body: unknown, options?: PostOptions) => Promise<Posted>;

const ANSWER_BYTES_MAX = 64 * 1024;
/** Shorter than common servers' patience: a socket that they close under our hands costs a line that "may be sent". */
const IDLE_MS = 3000;

export function openPost(usualTimeoutMs: number): Post {
  const keeping = { keepAlive: true, timeout: IDLE_MS };
  const plain = new HttpAgent(keeping);
  const secure = new HttpsAgent(keeping);
  return (url, body, { method = "POST", headers, timeoutMs = usualTimeoutMs } = {}) =>
    new Promise((resolve) => {
      const isSecure = url.protocol === "https:";
      const options = {
        method,
        // Without `accept`, one of DingTalk's gateways answers XML (dingtalk.md 2.1).
        headers: { "content-type": "application/json; charset=utf-8", accept: "application/json", ...headers },
      };
      const outgoing = isSecure
        ? requestHttps(url, { ...options, agent: secure })
        : requestHttp(url, { ...options, agent: plain });
      const giveUp = (): void => void outgoing.destroy(new TimedOut());
      let lastLook: NodeJS.Immediate | undefined;
      // An AbortSignal for each line costs more than the line.
      const deadline = setTimeout(() => {
        // In a process that stood still the answer may long be there: timers have their turn before what was received.
        if (hasLeft()) lastLook = setImmediate(giveUp);
        else giveUp();
      }, timeoutMs);
      const finish = (posted: Posted): void => {
        clearTimeout(deadline);
        clearImmediate(lastLook);
        resolve(posted);
      };
      const hasLeft = watchLeaving(outgoing, isSecure ? "secureConnect" : "connect");
      /** Of an answer that is no success; its body is wanted, not needed. */
      let refusedWith: number | null = null;
      const fail = (error: NodeJS.ErrnoException): void => {
        if (refusedWith !== null) {
          finish({ kind: "answered", status: refusedWith, body: null });
          return;
        }
        const reason = error instanceof TimedOut ? `${timeoutMs} ms 内没有回音` : (error.code ?? error.name);
        finish({ kind: hasLeft() ? "unanswered" : "unreached", reason });
      };
      outgoing.on("error", fail);
      // A server that switches protocols ends it without an error and without an answer.
      let isAnswering = false;
      outgoing.on("close", () => {
        if (!isAnswering) fail(new ConnectionClosed());
      });
      outgoing.on("response", (incoming) => {
        isAnswering = true;
        const status = incoming.statusCode ?? 0;
        if (status < 200 || status >= 300) refusedWith = status;
        incoming.on("error", fail);
        readBounded(incoming, (text) => finish({ kind: "answered", status, body: text }));
      });
      outgoing.end(method === "GET" ? undefined : JSON.stringify(body));
    });
}

/** Nothing of a request is written before its connection stands, encrypted where it is to be. */
function watchLeaving(outgoing: ClientRequest, connected: "connect" | "secureConnect"): () => boolean {
  let left = false;
  outgoing.once("socket", (socket) => {
    if (outgoing.reusedSocket) left = true;
    else socket.once(connected, () => (left = true));
  });
  return () => left;
}

function readBounded(incoming: IncomingMessage, done: (text: string | null) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  incoming.on("data", (chunk: Buffer) => {
    size += chunk.length;
    chunks.push(chunk);
    if (size <= ANSWER_BYTES_MAX) return;
    done(null);
    incoming.destroy();
  });
  incoming.on("end", () => done(Buffer.concat(chunks).toString("utf8")));
}
