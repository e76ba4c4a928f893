/**
 * A decrypted callback of a self-built app becomes a message (wecom.md 4.1; pages 90239, 90240): one-to-one always, and
 * answered by the application's own messages. Pure.
 */
import { z } from "zod";
import { boundId, name } from "../../ids.ts";
import { bound, dropUnseen } from "../../wording.ts";
import { type Dropped, drop, type HeardMessage, type Malformed } from "../heard.ts";
import { readXml } from "./xml.ts";

export interface HeardByApp extends HeardMessage {
  /** A button of a card: its presser is shown that it was. */
  readonly pressed: boolean;
}

const LABELS: ReadonlyMap<string, string> = new Map([
  ["image", "图片"],
  ["voice", "语音"],
  ["video", "视频"],
  ["shortvideo", "视频"],
  ["file", "文件"],
  ["location", "位置"],
  ["link", "链接"],
]);

const speech = z.object({
  FromUserName: name,
  MsgType: z.string(),
  MsgId: z.string().min(1),
  AgentID: z.string().optional(),
  Content: z.string().catch(""),
});
const event = z.object({ Event: z.string() });
const press = z.object({
  FromUserName: name,
  CreateTime: z.string(),
  TaskId: z.string(),
  EventKey: z.string().min(1),
});

export function hear(plain: string, agentId: number): HeardByApp | Dropped | Malformed {
  const body = readXml(plain);
  if (body === null) return { kind: "malformed" };
  const { AgentID, MsgType } = body as { readonly AgentID?: unknown; readonly MsgType?: unknown };
  if (AgentID !== undefined && AgentID !== String(agentId)) return drop("another app's message");
  if (MsgType === "event") return hearEvent(body);

  const { data, error } = speech.safeParse(body);
  if (data === undefined) return drop(`no usable ${error.issues[0]?.path.join(".")}`);
  const label = LABELS.get(data.MsgType);
  if (label === undefined && data.MsgType !== "text") return drop(`message of kind ${data.MsgType}`);
  const said = label === undefined ? { text: data.Content, attachments: [] } : { text: "", attachments: [label] };
  return heard(data.FromUserName, data.MsgId, said, false);
}

function hearEvent(body: object): HeardByApp | Dropped {
  const kind = event.safeParse(body).data?.Event ?? "unknown";
  if (kind !== "template_card_event") return drop(`event ${kind}`);
  const { data, error } = press.safeParse(body);
  if (data === undefined) return drop(`no usable ${error.issues[0]?.path.join(".")}`);
  // Events have no MsgId; delivered again, this one is the same in all of it (90238).
  const id = [data.FromUserName, data.CreateTime, data.TaskId, data.EventKey].join(":");
  return heard(data.FromUserName, id, { text: data.EventKey, attachments: [] }, true);
}

function heard(
  sender: string,
  id: string,
  said: { readonly text: string; readonly attachments: readonly string[] },
  pressed: boolean,
): HeardByApp {
  return {
    kind: "message",
    message: {
      platform: "wecom",
      id: boundId(id),
      chat: null,
      by: sender.toLowerCase(),
      // Only members of the organisation see the app.
      outsider: false,
      text: dropUnseen(bound(said.text)).trim(),
      quote: null,
      quotes: [],
      knownAs: null,
      attachments: said.attachments,
      answer: null,
    },
    sender,
    warning: null,
    pressed,
  };
}
