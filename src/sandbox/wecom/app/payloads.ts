/** What an application may send to a member (wecom.md 4.3): a message to show, or a refusal. Pure. */
import { z } from "zod";
import type { Shown, ShownCard } from "../../history.ts";
import { type Refusal, refusals } from "../errcodes.ts";

export interface AppPayload extends Pick<Shown, "kind" | "text"> {
  readonly card: ShownCard | null;
  /** The text was longer than WeCom shows. */
  readonly truncated: boolean;
}

const TEXT_BYTES_MAX = 2048;
const TITLE_BYTES_MAX = 128;
const DESCRIPTION_BYTES_MAX = 512;
const BUTTONS_MAX = 6;
const KEY_BYTES_MAX = 1024;
const TASK_ID = /^[0-9A-Za-z_\-@]{1,128}$/;

const content = z.looseObject({ content: z.string() });
const textcard = z.looseObject({ title: z.string().min(1), description: z.string().min(1), url: z.url() });
const line = z.looseObject({ keyname: z.string(), value: z.string().optional() });
const cardBase = z.looseObject({
  card_type: z.enum(["button_interaction", "text_notice"]),
  main_title: z.looseObject({ title: z.string().min(1), desc: z.string().optional() }),
  sub_title_text: z.string().optional(),
  horizontal_content_list: z.array(line).max(6).default([]),
  task_id: z.string().optional(),
});
const buttons = z.array(
  z.looseObject({
    text: z.string().min(1),
    key: z.string().min(1),
    style: z.int().min(1).max(4).optional(),
  }),
);
const cardAction = z.looseObject({ type: z.union([z.literal(1), z.literal(2)]) });

/** `parts`: the body of a call, in which each type has its own part. */
export function readAppPayload(msgtype: string, parts: Readonly<Record<string, unknown>>): AppPayload | Refusal {
  const part = parts[msgtype];
  switch (msgtype) {
    case "text": {
      const { data } = content.safeParse(part);
      if (data === undefined) return refusals.badParameter("text");
      if (data.content.trim() === "") return refusals.empty();
      const text = cut(data.content, TEXT_BYTES_MAX);
      return { kind: "text", text, card: null, truncated: text !== data.content };
    }
    case "markdown": {
      const { data } = content.safeParse(part);
      if (data === undefined) return refusals.badParameter("markdown");
      if (data.content.trim() === "") return refusals.empty();
      // Of a text it is documented that the rest is cut off, of markdown only that there is a limit.
      if (Buffer.byteLength(data.content) > TEXT_BYTES_MAX) {
        return refusals.badParameter(`markdown.content exceed max length ${TEXT_BYTES_MAX}`);
      }
      return { kind: "markdown", text: data.content, card: null, truncated: false };
    }
    case "textcard": {
      const { data } = textcard.safeParse(part);
      if (data === undefined) return refusals.badParameter("textcard");
      const title = cut(data.title, TITLE_BYTES_MAX);
      const description = cut(data.description, DESCRIPTION_BYTES_MAX);
      const truncated = title !== data.title || description !== data.description;
      return { kind: "card", text: `${title}\n${description}`, card: null, truncated };
    }
    case "template_card":
      return readCard(part);
    default:
      // Pictures, files, news, mini programs: real types that the desk never sends.
      return refusals.badType();
  }
}

export function readCard(part: unknown): AppPayload | Refusal {
  const { data } = cardBase.safeParse(part);
  if (data === undefined) return refusals.badParameter("template_card");
  const { card_type: type, main_title: title, task_id: task, horizontal_content_list: lines } = data;
  const rows = lines.map(({ keyname, value = "" }) => `${keyname}：${value}`);
  const text = [title.title, title.desc, data.sub_title_text, ...rows].filter(Boolean).join("\n");
  const shown = { kind: "card", text, truncated: false } as const;
  if (type === "text_notice") {
    const hasAction = cardAction.safeParse(data["card_action"]).success;
    return hasAction ? { ...shown, card: null } : refusals.noCardAction();
  }
  if (task === undefined || !TASK_ID.test(task)) return refusals.badTaskId();
  const list = buttons.safeParse(data["button_list"]);
  if (!list.success || list.data.length === 0 || list.data.length > BUTTONS_MAX) {
    return refusals.badParameter("template_card.button_list");
  }
  const keys = new Set(list.data.map(({ key }) => key));
  if (keys.size < list.data.length) return refusals.badParameter("template_card.button_list.key is not unique");
  if ([...keys].some((key) => Buffer.byteLength(key) > KEY_BYTES_MAX)) {
    return refusals.badParameter(`template_card.button_list.key exceed max length ${KEY_BYTES_MAX}`);
  }
  const shownButtons = list.data.map(({ text: label, key }) => ({ text: label, key }));
  return { ...shown, card: { task, buttons: shownButtons, pressed: null, replaced: null } };
}

/** At a boundary between characters. */
function cut(text: string, bytesMax: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= bytesMax) return text;
  // Streaming, the decoder keeps the first bytes of an unfinished character to itself.
  return new TextDecoder().decode(bytes.subarray(0, bytesMax), { stream: true });
}
