/** The plain XML that WeCom seals for an application (wecom.md 4.1). Pure; one line, as WeCom writes it. */
import { cdata } from "../envelopes.ts";

export interface AppSource {
  readonly corpId: string;
  readonly agentId: number;
  readonly by: string;
  readonly createdS: number;
}

export const APP_KINDS = ["text", "image", "voice", "video", "location", "link"] as const;
export type AppKind = (typeof APP_KINDS)[number];

/** `msgId`: 64 bits in decimal. `text`: what was typed; of a place its name, of a link its title. */
export function messageXml(source: AppSource, msgId: string, kind: AppKind, text: string): string {
  return whole(source, kind, `${content(kind, text)}<MsgId>${msgId}</MsgId>`);
}

/** Events have no id: the sender and the second tell them apart. */
export function eventXml(source: AppSource, event: string, eventKey: string): string {
  return whole(source, "event", `<Event>${cdata(event)}</Event><EventKey>${cdata(eventKey)}</EventKey>`);
}

export interface Click {
  readonly key: string;
  readonly task: string;
  readonly responseCode: string;
}

export function clickXml(source: AppSource, { key, task, responseCode }: Click): string {
  const details = [
    `<Event>${cdata("template_card_event")}</Event>`,
    `<EventKey>${cdata(key)}</EventKey>`,
    `<TaskId>${cdata(task)}</TaskId>`,
    `<CardType>${cdata("button_interaction")}</CardType>`,
    `<ResponseCode>${cdata(responseCode)}</ResponseCode>`,
  ];
  return whole(source, "event", details.join(""));
}

function whole({ corpId, agentId, by, createdS }: AppSource, type: string, details: string): string {
  const head = `<ToUserName>${cdata(corpId)}</ToUserName><FromUserName>${cdata(by)}</FromUserName><CreateTime>${createdS}</CreateTime>`;
  return `<xml>${head}<MsgType>${cdata(type)}</MsgType>${details}<AgentID>${agentId}</AgentID></xml>`;
}

function content(kind: AppKind, text: string): string {
  const media = `<MediaId>${cdata("media-1")}</MediaId>`;
  const picture = `<PicUrl>${cdata("https://wework.qpic.cn/sandbox/0")}</PicUrl>`;
  switch (kind) {
    case "text":
      return `<Content>${cdata(text)}</Content>`;
    case "image":
      return `${picture}${media}`;
    case "voice":
      return `${media}<Format>${cdata("amr")}</Format>`;
    case "video":
      return `${media}<ThumbMediaId>${cdata("media-2")}</ThumbMediaId>`;
    case "location":
      return `<Location_X>29.89</Location_X><Location_Y>121.52</Location_Y><Scale>16</Scale><Label>${cdata(text)}</Label>`;
    case "link":
      return `<Title>${cdata(text)}</Title><Description>${cdata("")}</Description><Url>${cdata("https://example.com/")}</Url>${picture}`;
  }
}
