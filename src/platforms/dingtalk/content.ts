/** The words and the attachments of one message (dingtalk.md 1.2, 1.4), whatever is missing in it. Pure. */
import { z } from "zod";

export interface Content {
  readonly text: string;
  readonly attachments: readonly string[];
}

const LABELS: ReadonlyMap<string, string> = new Map([
  ["picture", "图片"],
  ["video", "视频"],
  ["file", "文件"],
]);
const ATTACHMENTS_MAX = 30;

const typed = z.object({ content: z.string() });
const spoken = z.object({ recognition: z.string() });
const rich = z.object({ richText: z.array(z.unknown()) });
/** `{text}`, `{type: "text", text}`, `{msgType: "text", content}`, `{text: {content}}`: clients disagree (1.3). */
const part = z.object({
  type: z.string().optional().catch(undefined),
  msgType: z.string().optional().catch(undefined),
  text: z
    .union([z.string(), typed.transform(({ content }) => content)])
    .optional()
    .catch(undefined),
  content: z.string().optional().catch(undefined),
  atName: z.string().optional().catch(undefined),
});

/** Null: a kind of message that we do not know. `text` is kept where typed words are, `content` where all others are. */
export function readContent(msgtype: string, { text, content }: { text?: unknown; content?: unknown }): Content | null {
  if (msgtype === "text") return { text: typed.safeParse(text).data?.content ?? "", attachments: [] };
  if (msgtype === "richText") return readRichText(rich.safeParse(content).data?.richText ?? []);
  if (msgtype === "audio") {
    // Written down by DingTalk already; where it could not, the person hears that a voice message came without words.
    const words = spoken.safeParse(content).data?.recognition ?? "";
    return { text: words, attachments: words.trim() === "" ? ["语音"] : [] };
  }
  const label = LABELS.get(msgtype);
  return label === undefined ? null : { text: "", attachments: [label] };
}

/** Pieces of one text stand side by side as they were styled; only what is not text parts them. */
export function readRichText(parts: readonly unknown[]): Content {
  const attachments: string[] = [];
  let text = "";
  for (const each of parts) {
    const { data } = part.safeParse(each);
    const kind = data?.msgType ?? data?.type ?? "text";
    const words = data?.text ?? data?.content;
    if (kind === "text" && words !== undefined) text += words;
    else if (kind === "at") text += data?.atName === undefined ? "" : `@${data.atName} `;
    else {
      // A part of a kind unknown to us is named, not dropped: the person believes that it was sent.
      attachments.push(LABELS.get(kind) ?? "其他内容");
      text += "\n";
    }
  }
  return { text: text.replace(/\n{2,}/g, "\n").trim(), attachments: boundList(attachments) };
}

function boundList(labels: readonly string[]): readonly string[] {
  if (labels.length <= ATTACHMENTS_MAX) return labels;
  return [...labels.slice(0, ATTACHMENTS_MAX), `等共 ${labels.length} 个`];
}

export function labelOf(msgtype: string): string | null {
  return msgtype === "audio" ? "语音" : (LABELS.get(msgtype) ?? null);
}
