/**
 * One connection, from its handshake to its end (wecom.md 2.7): subscribes once, keeps a heartbeat, matches answers to
 * requests. It never comes back; whether another is made decides whoever hears of its end.
 */
import { WebSocket } from "ws";
import { judgeAnswer } from "../outcome.ts";
import { openAcks } from "./acks.ts";
import { type Frame, newRequest, readFrame, writeFrame } from "./frame.ts";

export type Ending =
  | { readonly kind: "lost"; readonly reason: string }
  /** Of this bot with this secret WeCom wants to know nothing. */
  | { readonly kind: "refused"; readonly reason: string }
  /** It asks for a pause before the next subscription. */
  | { readonly kind: "pace"; readonly restMs: number; readonly reason: string }
  /** A newer connection of the same bot took over. */
  | { readonly kind: "replaced"; readonly reason: string };

export type Asked =
  | { readonly kind: "acked"; readonly errcode: number; readonly errmsg: string }
  /** Not a byte of it left. */
  | { readonly kind: "unsaid"; readonly reason: string }
  /** It left, and nobody knows what became of it. */
  | { readonly kind: "unanswered"; readonly reason: string };

/** All in ms. */
export interface Times {
  readonly handshake: number;
  readonly subscribe: number;
  readonly ping: number;
  readonly ack: number;
  /** How long the other side may take to say goodbye. */
  readonly goodbye: number;
}

export const TIMES: Times = { handshake: 10_000, subscribe: 10_000, ping: 30_000, ack: 3000, goodbye: 1000 };

export interface ConnectionDeps {
  readonly url: string;
  readonly botId: string;
  readonly secret: string;
  readonly times: Times;
  readonly now: () => number;
  readonly onUp: () => void;
  /** A message or an event. */
  readonly onCallback: (frame: Frame) => void;
  readonly onGarbage: (reason: string) => void;
  /** Once, the last that is heard of it. */
  readonly onEnd: (ending: Ending) => void;
}

export interface Connection {
  ask(cmd: string, request: string, body: object): Promise<Asked>;
  end(ending: Ending): void;
  close(): Promise<void>;
}

/** WeCom's texts end at 20 kB; what is longer than this is not WeCom. */
const FRAME_BYTES_MAX = 1 << 20;
/** The other side has stopped reading: what is added now would be told to have left. */
const BACKLOG_BYTES_MAX = 1 << 20;
const MISSED_PINGS_MAX = 2;

export function connect({ url, botId, secret, times, now, ...ears }: ConnectionDeps): Connection {
  const ws = new WebSocket(url, {
    handshakeTimeout: times.handshake,
    maxPayload: FRAME_BYTES_MAX,
    perMessageDeflate: false,
    followRedirects: false,
  });
  const acks = openAcks();
  const closed = new Promise<void>((resolve) => ws.once("close", () => resolve()));
  let ending: Ending | null = null;
  let heartbeat: NodeJS.Timeout | undefined;

  function end(why: Ending): void {
    ending ??= why;
    ws.terminate();
  }

  async function ask(cmd: string, request: string, body: object | undefined, ms: number): Promise<Asked> {
    if (ws.readyState !== WebSocket.OPEN) return { kind: "unsaid", reason: "长连接已断开" };
    if (ws.bufferedAmount > BACKLOG_BYTES_MAX) return { kind: "unsaid", reason: "长连接拥堵" };
    if (!acks.isFree(request)) return { kind: "unsaid", reason: "同一请求的上一条还没有应答" };
    const answered = acks.wait(request, ms);
    // From here on its bytes may be on their way, whatever becomes of the connection.
    ws.send(writeFrame(cmd, request, body));
    const ack = await answered;
    if (ack.kind === "acked") return ack;
    return { kind: "unanswered", reason: ack.kind === "late" ? `${ms} ms 内没有回音` : "长连接断开" };
  }

  async function subscribe(): Promise<void> {
    const cmd = "aibot_subscribe";
    const asked = await ask(cmd, newRequest(cmd, now()), { bot_id: botId, secret }, times.subscribe);
    if (asked.kind !== "acked") return end({ kind: "lost", reason: `订阅没有应答：${asked.reason}` });
    const judged = judgeAnswer(asked, [secret]);
    if (judged.kind === "busy") return end({ kind: "lost", reason: judged.reason });
    if (judged.kind !== "sent") return end(judged);
    beginHeartbeat();
    ears.onUp();
  }

  function beginHeartbeat(): void {
    let missed = 0;
    heartbeat = setInterval(() => {
      if (missed >= MISSED_PINGS_MAX) return end({ kind: "lost", reason: `${missed} 次心跳没有应答` });
      missed++;
      void ask("ping", newRequest("ping", now()), undefined, times.ping * MISSED_PINGS_MAX).then(({ kind }) => {
        if (kind === "acked") missed = 0;
      });
    }, times.ping);
  }

  ws.on("open", () => void subscribe());
  ws.on("message", (data, isBinary) => {
    // `nodebuffer` is how ws hands frames over unless told otherwise.
    const frame = isBinary || !Buffer.isBuffer(data) ? null : readFrame(data.toString("utf8"));
    if (frame === null) ears.onGarbage("no frame");
    else if (frame.cmd !== undefined) ears.onCallback(frame);
    else if (frame.errcode === undefined) ears.onGarbage("neither a command nor an answer");
    // Where nobody waits any more, its line was given up and is told as "may have been sent".
    else acks.settle(frame.headers.req_id, frame.errcode, frame.errmsg);
  });
  ws.on("error", (error: NodeJS.ErrnoException) => {
    ending ??= { kind: "lost", reason: error.code ?? error.message.slice(0, 100) };
  });
  ws.once("close", (code) => {
    clearInterval(heartbeat);
    acks.closeAll();
    ears.onEnd(ending ?? { kind: "lost", reason: `对方断开（${code}）` });
  });

  return {
    ask: (cmd, request, body) => ask(cmd, request, body, times.ack),
    end,
    async close() {
      ending ??= { kind: "lost", reason: "已关闭" };
      ws.close(1000);
      const impatience = setTimeout(() => ws.terminate(), times.goodbye);
      await closed;
      clearTimeout(impatience);
    },
  };
}
