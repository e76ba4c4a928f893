/** A line over the long connection: under a message's request, or of our own accord (wecom.md 2.7). */
import type { SendOutcome, Utterance } from "../../../chat/outgoing.ts";
import { judgeAnswer } from "../outcome.ts";
import { NAMES_BYTES_MAX, type ThreadOrPush } from "../say.ts";
import type { Asked, Connection } from "./connection.ts";
import { newRequest } from "./frame.ts";

export interface SocketSayDeps {
  /** Null while there is none to speak over. */
  readonly connection: () => Pick<Connection, "ask"> | null;
  readonly now: () => number;
  readonly secret: string;
}

const SPENT_MAX = 10_000;
/** The stream is finished (2.7): ours is finished by the first frame that arrives, and is used long before it is too old. */
const STREAM_OVER = 846_608;

export function openSocketSay({ connection, now, secret }: SocketSayDeps) {
  /** Requests that were answered, by which line: WeCom takes one finished stream under a request (2.7). */
  const spent = new Map<string, string>();

  return async (way: ThreadOrPush, { id, text }: Utterance): Promise<SendOutcome> => {
    const link = connection();
    if (link === null) return { kind: "busy", reason: "长连接未建立" };
    if (way.kind === "push") {
      const cmd = "aibot_send_msg";
      return judge(await link.ask(cmd, newRequest(cmd, now()), pushOf(way, text)), secret);
    }
    const by = spent.get(way.request);
    if (by !== undefined && by !== id) return { kind: "refused", reason: "这条消息已经答复过" };
    const asked = await link.ask("aibot_respond_msg", way.request, streamOf(id, text));
    const judged = judge(asked, secret);
    const isOver = judged.kind === "refused" && asked.kind === "acked" && asked.errcode === STREAM_OVER;
    const outcome = isOver ? { ...judged, used: true } : judged;
    // One that may have arrived has used it up as well, for every other line.
    if (outcome.kind === "sent" || outcome.kind === "doubt") remember(way.request, id);
    return outcome;
  };

  function remember(request: string, id: string): void {
    spent.set(request, id);
    if (spent.size <= SPENT_MAX) return;
    const [oldest] = spent.keys();
    if (oldest !== undefined) spent.delete(oldest);
  }
}

/** The whole of it at once, so that no bubble stays "thinking" (2.6). */
export function streamOf(id: string, content: string): object {
  return { msgtype: "stream", stream: { id, finish: true, content } };
}

/** `text` is none of the kinds that are taken here: errcode 40008 (2.7). */
function pushOf({ chat, single, names }: Extract<ThreadOrPush, { kind: "push" }>, text: string): object {
  const content = `${text}${namesLine(names)}`;
  return { chatid: chat, chat_type: single ? 1 : 2, msgtype: "markdown", markdown: { content } };
}

/** Names of people are short; the bound is for a list that nobody meant. */
function namesLine(names: readonly string[]): string {
  const line = (shown: readonly string[]) =>
    shown.length === 0
      ? ""
      : `\n${shown.map((name) => `@${name}`).join(" ")}${shown.length < names.length ? " 等" : ""}`;
  let count = names.length;
  while (Buffer.byteLength(line(names.slice(0, count))) > NAMES_BYTES_MAX) count--;
  return line(names.slice(0, count));
}

function judge(asked: Asked, secret: string): SendOutcome {
  if (asked.kind === "unsaid") return { kind: "busy", reason: asked.reason };
  if (asked.kind === "unanswered") return { kind: "doubt", reason: `已发出，没有应答：${asked.reason}` };
  return judgeAnswer(asked, [secret]);
}
