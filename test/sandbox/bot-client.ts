/** The smallest bot on a long connection: it says frames, and waits for those that fit. */
import { once } from "node:events";
import { WebSocket } from "ws";

export interface ServerFrame {
  readonly cmd?: string;
  readonly headers: { readonly req_id: string };
  readonly errcode?: number;
  readonly errmsg?: string;
  readonly body?: {
    readonly msgid: string;
    readonly chatid?: string;
    readonly from: { readonly userid: string };
    readonly event?: { readonly eventtype: string };
  } & Readonly<Record<string, unknown>>;
}

export interface BotClient {
  readonly frames: readonly ServerFrame[];
  /** The next frame that fits and was not waited for before. */
  next(fits: (frame: ServerFrame) => boolean): Promise<ServerFrame>;
  callback(): Promise<ServerFrame>;
  /** Says a frame and resolves with what was told: an errcode. */
  ask(cmd: string, body?: unknown, reqId?: string): Promise<number>;
  tell(text: string): void;
  respond(reqId: string, content: string, stream?: { id?: string; finish?: boolean }): Promise<number>;
  push(chatid: string, content: string, more?: object): Promise<number>;
  closed(): Promise<number>;
  close(): Promise<void>;
}

let asked = 0;

export async function openBotClient(url: string): Promise<BotClient> {
  const socket = new WebSocket(url);
  const frames: ServerFrame[] = [];
  const taken = new Set<ServerFrame>();
  let wake: (() => void)[] = [];
  socket.on("message", (data) => {
    frames.push(JSON.parse(String(data)));
    for (const go of wake.splice(0)) go();
  });
  const closing = new Promise<number>((resolve) => socket.on("close", (code) => resolve(code)));
  socket.on("error", () => undefined);
  closing.then(() => {
    for (const go of wake.splice(0)) go();
  });
  await once(socket, "open");

  const next: BotClient["next"] = async (fits) => {
    for (;;) {
      const found = frames.find((frame) => !taken.has(frame) && fits(frame));
      if (found !== undefined) {
        taken.add(found);
        return found;
      }
      if (socket.readyState === WebSocket.CLOSED) throw new Error("the connection is closed");
      await new Promise<void>((resolve) => wake.push(resolve));
    }
  };
  const ask: BotClient["ask"] = async (cmd, body, reqId) => {
    asked += 1;
    const id = reqId ?? `${cmd}_${asked}`;
    const before = frames.length;
    socket.send(JSON.stringify({ cmd, headers: { req_id: id }, body }));
    const ack = await next(
      (frame) => frame.cmd === undefined && frame.headers.req_id === id && frames.indexOf(frame) >= before,
    );
    return ack.errcode ?? Number.NaN;
  };

  return {
    frames,
    next,
    callback: () => next(({ cmd }) => cmd !== undefined),
    ask,
    tell: (text) => socket.send(text),
    respond: (reqId, content, { id = "s-1", finish = true } = {}) =>
      ask("aibot_respond_msg", { msgtype: "stream", stream: { id, finish, content } }, reqId),
    push: (chatid, content, more = {}) =>
      ask("aibot_send_msg", { chatid, msgtype: "markdown", markdown: { content }, ...more }),
    closed: () => closing,
    async close() {
      wake = [];
      socket.terminate();
      await closing;
    },
  };
}
