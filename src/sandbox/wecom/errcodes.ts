/** WeCom's refusals (wecom.md 4.7): HTTP 200, an errcode, and an errmsg with a hint that support asks for. */
import { randomInt } from "node:crypto";

export interface Refusal {
  readonly errcode: number;
  readonly errmsg: string;
}

export const OK: Refusal = { errcode: 0, errmsg: "ok" };

export const refusals = {
  busy: () => refusal(-1, "system error"),
  badSecret: () => refusal(40001, "invalid credential"),
  badType: () => refusal(40008, "invalid message type"),
  badImageSize: () => refusal(40009, "invalid image size"),
  badCorpId: () => refusal(40013, "invalid corpid"),
  badToken: () => refusal(40014, "invalid access_token"),
  listTooLong: () => refusal(40032, "invalid user list size"),
  badAgent: () => refusal(40056, "invalid agentid"),
  badParameter: (what: string) => refusal(40058, `${what}. invalid Request Parameter`),
  nothingAsked: (what: string) => refusal(40063, `${what} is empty. some parameters are empty`),
  noToken: () => refusal(41001, "access_token missing"),
  tokenExpired: () => refusal(42001, "access_token expired"),
  /** Not as documented, or taken before. WeCom's table calls 42014 to 42016 "task id errors" (wecom.md 4.7). */
  badTaskId: () => refusal(42014, "invalid task_id"),
  noCardAction: () => refusal(42045, "template_card.card_action missing or invalid"),
  notGet: () => refusal(43001, "require GET method"),
  notPost: () => refusal(43002, "require POST method"),
  empty: () => refusal(44004, "empty content"),
  tooOften: () => refusal(45009, "api freq out of limit"),
  /**
   * A response_url that was used or is older than an hour. WeCom documents the rule (101138) and no code for it
   * (wecom.md 2.9); 60140 is this imitation's choice. A desk may only rely on "not 0 and not a busy code".
   */
  codeGone: () => refusal(60140, "response_code used or expired"),
  noPrivilege: () => refusal(60011, "no privilege to access/modify contact/party/agent"),
  untrustedIp: () => refusal(60020, "not allow to access from your ip"),
  nobody: () => refusal(81013, "all touser & toparty & totag invalid"),
  noWebhook: () => refusal(93000, "invalid webhook url"),
  badMd5: () => refusal(301019, "media md5 not match"),
  /** Codes of the long connection (wecom.md 2.7, 2.9). */
  badRequestId: () => refusal(846605, "invalid req_id"),
  streamExpired: () => refusal(846608, "stream message update expired"),
  /** Documented as a rule (101463) without a code (wecom.md 2.9); 93006 is this imitation's choice. */
  neverSpoken: () => refusal(93006, "invalid chatid"),
} as const;

function refusal(errcode: number, errmsg: string): Refusal {
  const hint = `${Date.now()}${randomInt(1e9, 1e10)}`;
  const more = `https://open.work.weixin.qq.com/devtool/query?e=${errcode}`;
  return { errcode, errmsg: `${errmsg}, hint: [${hint}], from ip: 127.0.0.1, more info at ${more}` };
}
