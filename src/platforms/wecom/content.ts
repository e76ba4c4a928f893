/** The words and the attachments of one message (wecom.md 2.1), whatever is missing in it. Pure. */
import { z } from "zod";

export interface Content {
  readonly text: string;
  readonly attachments: readonly string[];
}

const LABELS: ReadonlyMap<string, string> = new Map([
  ["image", "图片"],
  ["file", "文件"],
  ["video", "视频"],
]);
const ATTACHMENTS_MAX = 30;

const words = z.object({ content: z.string() });
const mixed = z.object({ msg_item: z.array(z.unknown()) });

/** A message or one part of it: its kind, and under the name of its kind whatever that has. */
interface Item {
  readonly msgtype: string;
  readonly [kind: string]: unknown;
}

/** Null: a kind of message that we do not know. */
export function readContent(message: unknown): Content | null {
  if (!isItem(message)) return null;
  if (message.msgtype !== "mixed") return readItem(message);
  const items = mixed.safeParse(message["mixed"]).data?.msg_item ?? [];
  // A part of a kind unknown to us is named, not dropped: the person believes that it was sent.
  const parts = items.map((part) => (isItem(part) ? readItem(part) : null) ?? { text: "", attachments: ["其他内容"] });
  return {
    text: parts.flatMap(({ text }) => (text === "" ? [] : [text])).join("\n"),
    attachments: boundList(parts.flatMap(({ attachments }) => attachments)),
  };
}

export function attachmentsIn(message: unknown): readonly string[] {
  return readContent(message)?.attachments ?? [];
}

function isItem(value: unknown): value is Item {
  return typeof value === "object" && value !== null && "msgtype" in value && typeof value.msgtype === "string";
}

function readItem(data: Item): Content | null {
  const text = words.safeParse(data[data.msgtype]).data?.content ?? "";
  if (data.msgtype === "text") return { text, attachments: [] };
  // Written down by WeCom already; where it could not, the person hears that a voice message came without words.
  if (data.msgtype === "voice") return { text, attachments: text.trim() === "" ? ["语音"] : [] };
  const label = LABELS.get(data.msgtype);
  return label === undefined ? null : { text, attachments: [label] };
}

function boundList(labels: readonly string[]): readonly string[] {
  if (labels.length <= ATTACHMENTS_MAX) return labels;
  return [...labels.slice(0, ATTACHMENTS_MAX), `等共 ${labels.length} 个`];
}
