/**
 * What DingTalk says, in its two dialects (dingtalk.md 3.7): `oapi.dingtalk.com` answers HTTP 200 with an errcode
 * whatever happened, `api.dingtalk.com` an HTTP status with a code in words. The Chinese is the imitation's own.
 */
import { randomUUID } from "node:crypto";

export interface Told {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  /** The errcode or the code in words; 0 for success in both dialects. */
  readonly code: number | string;
  /** Sent instead of the JSON. */
  readonly xml?: string;
}

export const OK: Told = errcode(0, "ok");

/** Of `/robot/send` and `/robot/sendBySession`. */
export const webhookSays = {
  busy: () => errcode(-1, "系统繁忙"),
  noJson: () => errcode(40035, "缺少参数 json"),
  notPost: () => errcode(43002, "需要POST请求"),
  badContentType: () => errcode(43004, "无效的HTTP HEADER Content-Type"),
  quotaGone: () => errcode(90020, "接口调用次数超过企业的限制"),
  tooOften: () => errcode(130101, "send too fast, exceed 20 times per minute"),
  noSession: () => errcode(300001, "session 不存在"),
  badSign: () => errcode(310000, "机器人发送签名不匹配，请确认签名和时间戳都放在调用的网址中"),
  badTimestamp: () => errcode(310000, "机器人发送签名过期，时间戳与当前时间相差一小时以上"),
  notAllowed: () => errcode(310000, "来源IP不在机器人的白名单中"),
  badParameter: (what: string) => errcode(400002, `参数错误：${what}`),
  noToken: () => errcode(400101, "access_token不存在"),
  stopped: () => errcode(400102, "机器人已停用"),
  badType: () => errcode(400105, "不支持的消息类型"),
  notInGroup: () => errcode(400106, "机器人不在群中"),
  throttled: () => errcode(410100, "发送速度太快而限流"),
  tooLong: () => errcode(460101, "消息内容太长"),
} as const;

/** Of the OpenAPI. */
export const apiSays = {
  busy: () => code(500, "system.error", "系统错误，请稍后重试"),
  noJson: () => code(400, "MissingParameter", "缺少请求体"),
  missing: (name: string) => code(400, `Missing${name}`, `${name} is mandatory for this action.`),
  badCredentials: () => code(400, "invalidClientIdOrSecret", "无效的clientId或者clientSecret"),
  authFailed: () => code(401, "authFailed", "鉴权失败"),
  badToken: () => code(401, "InvalidAuthentication", "不合法的access_token"),
  noPermission: (scope: string) =>
    code(403, "Forbidden.AccessDenied.AccessTokenPermissionDenied", "应用尚未开通所需的权限", {
      accessdenieddetail: { requiredScopes: [scope] },
    }),
  tooOften: () => code(403, "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", "应用调用该接口的频率过高"),
  quotaGone: () => code(403, "Forbidden.AccessDenied.ApiCountLimitForOrg", "企业本月调用次数已用完"),
  noRobotCode: () => code(400, "invalidParameter.robotCode.empty", "robotCode 不能为空"),
  foreignRobotCode: () => code(400, "invalidParameter.robotCode.auth", "robotCode 不属于该应用"),
  noConversation: () => code(400, "miss.openConversationId", "缺少 openConversationId"),
  unknownConversation: () => code(400, "invalid.openConversationId", "openConversationId 不合法"),
  /** The robot was taken out of the group. The table has no code for it by name; a desk may rely on "no retry". */
  notInGroup: () => code(400, "resource.not.found", "机器人不在该群中"),
  badMsgKey: () => code(400, "invalidParameter.msgKey.invalid", "msgKey 不合法"),
  badMsgParam: () => code(400, "invalidParameter.msgParam.invalid", "msgParam 不合法"),
  longMsgParam: () => code(400, "invalidParameter.msgParam.tooLong", "msgParam 过长"),
  noPeople: () => code(400, "miss.userIds", "缺少 userIds"),
  tooManyPeople: () => code(400, "too.many.people", "一次最多二十人"),
} as const;

export function done(body: Readonly<Record<string, unknown>>): Told {
  return { status: 200, body, code: 0 };
}

function errcode(number: number, errmsg: string): Told {
  return { status: 200, body: { errcode: number, errmsg }, code: number };
}

function code(status: number, name: string, message: string, more: Readonly<Record<string, unknown>> = {}): Told {
  return { status, body: { code: name, requestid: randomUUID().toUpperCase(), message, ...more }, code: name };
}
