/** The body that DingTalk posts to the desk or pushes down a stream (dingtalk.md 1.2 – 1.4). Pure. */
import type { SandboxPerson } from "./directory.ts";
import { encryptedId, singleConversation } from "./ids.ts";
import { NO_QUOTE, type Quoted, type QuoteShape, quoteFields } from "./quote.ts";

export type CallbackBody = Readonly<Record<string, unknown>>;

export interface Robot {
  readonly appKey: string;
  readonly appSecret: string;
  readonly robotCode: string;
  readonly name: string;
  readonly corpId: string;
}

export interface Spoken {
  readonly msgId: string;
  /** Null: one-to-one. */
  readonly group: { readonly chat: string; readonly name: string } | null;
  readonly by: SandboxPerson;
  /** As it stands on the screen, with the robot's @. */
  readonly text: string;
  /** Members who are mentioned besides the robot. */
  readonly mentioned: readonly SandboxPerson[];
  readonly images: number;
  readonly richText: boolean;
  readonly quote: { readonly quoted: Quoted; readonly shape: QuoteShape } | null;
  /** Wire clock, ms. */
  readonly at: number;
  readonly session: { readonly url: string; readonly expires: number };
}

/** Everybody outside is of one other organisation. */
const FOREIGN_CORP = "dingcorpelsewhere";
/** The callback of an organisation whose month is used up (dingtalk.md 0.8). */
const OVER_QUOTA = { errorCode: 20001, errorMessage: "本月Webhook与Stream消息推送次数已用完" };

export function messageBody(robot: Robot, spoken: Spoken, overQuota: boolean): CallbackBody {
  const { group, by } = spoken;
  const robotId = encryptedId(robot.robotCode);
  const chat = group?.chat ?? singleConversation(by.account);
  const isOutsider = by.outsider === true;
  const { top, inner } = spoken.quote === null ? NO_QUOTE : quoteFields(spoken.quote.quoted, spoken.quote.shape);
  return {
    senderPlatform: "Win",
    conversationId: chat,
    openThreadId: chat,
    conversationType: group === null ? "1" : "2",
    ...(group === null ? {} : { conversationTitle: group.name, atUsers: atUsers(robotId, spoken.mentioned) }),
    // True one-to-one as well.
    isInAtList: true,
    chatbotCorpId: robot.corpId,
    chatbotUserId: robotId,
    robotCode: robot.robotCode,
    msgId: spoken.msgId,
    senderNick: by.name,
    senderId: encryptedId(by.account.toLowerCase()),
    senderCorpId: isOutsider ? FOREIGN_CORP : robot.corpId,
    ...(isOutsider ? {} : { senderStaffId: by.account }),
    isAdmin: false,
    createAt: spoken.at,
    sessionWebhook: spoken.session.url,
    sessionWebhookExpiredTime: spoken.session.expires,
    ...top,
    ...(overQuota ? { msgtype: "text", ...OVER_QUOTA } : content(robot, spoken, inner)),
  };
}

function atUsers(robotId: string, mentioned: readonly SandboxPerson[]): unknown[] {
  const people = mentioned.map(({ account, outsider }) => ({
    dingtalkId: encryptedId(account.toLowerCase()),
    ...(outsider === true ? {} : { staffId: account }),
  }));
  return [{ dingtalkId: robotId }, ...people];
}

function content(robot: Robot, spoken: Spoken, inner: Readonly<Record<string, unknown>>): CallbackBody {
  const { msgId, group, text, images } = spoken;
  const pictures = Array.from({ length: images }, (_, nth) => ({
    downloadCode: `code-${nth}-${msgId}`,
    pictureDownloadCode: `picture-${nth}-${msgId}`,
  }));
  // A picture alone reaches the robot one-to-one only; in a group there is always the text with the @.
  if (group === null && text === "" && images === 1 && !spoken.richText) {
    return { msgtype: "picture", content: { ...pictures[0], ...inner } };
  }
  if (!spoken.richText && images === 0) {
    const stripped = group === null ? text : withoutRobot(text, robot.name);
    return { msgtype: "text", text: { content: stripped, ...inner } };
  }
  const words = text === "" ? [] : textParts(text, robot.name);
  return {
    msgtype: "richText",
    content: { richText: [...words, ...pictures.map((picture) => ({ type: "picture", ...picture }))], ...inner },
  };
}

/** The @ is taken out of plain text, and the space that the client put behind it stays in front. */
function withoutRobot(text: string, name: string): string {
  const rest = text.split(`@${name}`).join("");
  return rest.startsWith(" ") ? rest : ` ${rest}`;
}

/** In rich text the robot's @ stays, as a part of its own (dingtalk.md 1.4). */
function textParts(text: string, name: string): { readonly text: string }[] {
  const mention = `@${name}`;
  return text
    .split(mention)
    .flatMap((part, nth) => (nth === 0 ? [part] : [mention, part]))
    .filter((part) => part !== "")
    .map((part) => ({ text: part }));
}
