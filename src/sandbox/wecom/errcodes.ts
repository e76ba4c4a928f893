/** WeCom's refusals (wecom.md 4.7): HTTP 200, an errcode, and an errmsg with a hint that support asks for. */
import { randomInt } from "node:crypto";

export interface Refusal {
  readonly errcode: number;
  readonly errmsg: string;
}

export const OK: Refusal = { errcode: 0, errmsg: "ok" };

export const refusals = {
  busy: () => refusal(-1, "system error"),
  badType: () => refusal(40008, "invalid message type"),
  badImageSize: () => refusal(40009, "invalid image size"),
  badParameter: (what: string) => refusal(40058, `${what}. invalid Request Parameter`),
  notPost: () => refusal(43002, "require POST method"),
  empty: () => refusal(44004, "empty content"),
  tooOften: () => refusal(45009, "api freq out of limit"),
  /**
   * A response_url that was used or is older than an hour. WeCom documents the rule (101138) and no code for it
   * (wecom.md 2.9); 60140 is this imitation's choice. A desk may only rely on "not 0 and not a busy code".
   */
  codeGone: () => refusal(60140, "response_code used or expired"),
  noWebhook: () => refusal(93000, "invalid webhook url"),
  badMd5: () => refusal(301019, "media md5 not match"),
} as const;

function refusal(errcode: number, errmsg: string): Refusal {
  const hint = `${Date.now()}${randomInt(1e9, 1e10)}`;
  const more = `https://open.work.weixin.qq.com/devtool/query?e=${errcode}`;
  return { errcode, errmsg: `${errmsg}, hint: [${hint}], from ip: 127.0.0.1, more info at ${more}` };
}
