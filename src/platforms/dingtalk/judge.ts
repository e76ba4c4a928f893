/** What an answer of DingTalk's means for a line (design.md 2, "The two lanes", column out; dingtalk.md 3.7). Pure. */
import type { SendOutcome } from "../../chat/outgoing.ts";
import type { Posted } from "../post.ts";

export type Answered = Extract<Posted, { kind: "answered" }>;
export type Answer = Readonly<Record<string, unknown>>;

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

type Meaning = "busy" | "second" | "minute" | "ten minutes" | "quota" | "permission" | "address" | "token";

/** Codes of the old interface and of the webhooks are numbers, those of the new one words; a few say the same. */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map([
  ["-1", "busy"],
  ["15", "busy"],
  ["504", "busy"],
  ["system.error", "busy"],
  ["QpsLimitForAppkeyAndApi", "second"],
  ["QpsLimitForApi", "second"],
  ["90018", "second"],
  ["90002", "second"],
  ["429", "minute"],
  ["130101", "minute"],
  ["QpmLimitForAppkeyAndApi", "minute"],
  ["send.too.fast", "minute"],
  ["too.many.group", "minute"],
  ["too.many.people", "minute"],
  // The robot is silenced for as long, and longer if it goes on.
  ["410100", "ten minutes"],
  ["ApiCountLimitForOrg", "quota"],
  ["90020", "quota"],
  ["AccessTokenPermissionDenied", "permission"],
  ["88", "permission"],
  ["IpNotInWhiteList", "address"],
  ["InvalidAuthentication", "token"],
  ["40014", "token"],
  ["42001", "token"],
]);

/** What can be told without knowing who was asked for what; or the answer, which must be read. */
export function judgeDelivery(posted: Posted): Answered | SendOutcome {
  if (posted.kind === "unreached") return { kind: "busy", reason: `连接不上：${posted.reason}` };
  if (posted.kind === "unanswered") return { kind: "doubt", reason: `已发出，没有应答：${posted.reason}` };
  // Before anything behind it saw the line, a gate bars an address that calls too much for five minutes, with any status.
  if (readAnswer(posted)?.["punish"] === "deny") return pace(5 * MINUTE_MS, "本机调用过于频繁，被暂停五分钟");
  return posted;
}

/** An answer without a code that says more. `HTTP 200` without a code is nobody we know, who may have passed it on. */
export function judgeStatus(status: number): SendOutcome {
  if (status >= 500) return { kind: "busy", reason: `HTTP ${status}` };
  if (status === 429) return pace(MINUTE_MS, "HTTP 429");
  // A 3xx too: whoever redirects is not DingTalk, and we do not carry a secret address after him.
  if (status < 200 || status >= 300) return { kind: "refused", reason: `HTTP ${status}` };
  return { kind: "doubt", reason: `HTTP ${status}，应答无法识别` };
}

/** `reason`: the code and its words. */
export function judgeCode(code: string, answer: Answer, { status }: Answered, reason: string): SendOutcome {
  switch (meaningOf(code)) {
    case "busy":
      return { kind: "busy", reason };
    case "second":
      return pace(SECOND_MS, reason);
    case "minute":
      return pace(MINUTE_MS, reason);
    case "ten minutes":
      return pace(10 * MINUTE_MS, reason);
    case "quota":
      return { kind: "refused", reason: `本月接口调用次数已用完（${reason}）` };
    case "permission":
      // 88 is an envelope; an empty one is a failure behind the gateway.
      if (code === "88" && subCodeOf(answer) === "") return { kind: "busy", reason };
      return {
        kind: "refused",
        reason: `应用缺少权限${scopesOf(answer)}，请管理员在开发者后台申请并发布（${reason}）`,
      };
    case "address":
      return { kind: "refused", reason: `本机出口 IP 不在应用的白名单内（${reason}）` };
    case "token":
      return { kind: "refused", reason: `应用的访问凭证未被接受（${reason}）` };
    default:
      if (status >= 500) return { kind: "busy", reason };
      return status === 429 ? pace(MINUTE_MS, reason) : { kind: "refused", reason };
  }
}

/** The platform did not know our token: worth one more call with a new one (3.1). */
export function isTokenRefused(posted: Answered): boolean {
  const answer = readAnswer(posted);
  const code = codeOf(answer, "code") ?? codeOf(answer, "errcode");
  return code === null ? posted.status === 401 : meaningOf(code) === "token";
}

/** The object that was answered; null where it is none, e.g. a page of a proxy. */
export function readAnswer({ body }: Answered): Answer | null {
  if (body === null) return null;
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

/** Numbers come as numbers or as text (1.6). */
export function codeOf(answer: Answer | null, key: "code" | "errcode"): string | null {
  const code = answer?.[key];
  if (typeof code === "number") return String(code);
  return typeof code === "string" && code !== "" ? code : null;
}

export function wordsOf(answer: Answer, key: "message" | "errmsg"): string {
  const words = answer[key];
  return typeof words === "string" ? words : "";
}

function meaningOf(code: string): Meaning | undefined {
  // "Forbidden.AccessDenied.QpsLimitForApi": what it means stands last.
  return MEANINGS.get(code) ?? MEANINGS.get(code.slice(code.lastIndexOf(".") + 1));
}

function subCodeOf(answer: Answer): string {
  const subCode = answer["subCode"] ?? answer["sub_code"];
  return typeof subCode === "string" ? subCode : "";
}

function scopesOf(answer: Answer): string {
  const detail = answer["accessdenieddetail"];
  const scopes =
    typeof detail === "object" && detail !== null && "requiredScopes" in detail ? detail.requiredScopes : [];
  const named = Array.isArray(scopes) ? scopes.filter((each) => typeof each === "string") : [];
  return named.length === 0 ? "" : ` ${named.slice(0, 5).join("、")} `;
}

function pace(restMs: number, reason: string): SendOutcome {
  return { kind: "pace", restMs, reason };
}
