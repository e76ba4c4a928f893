/** A line by the application's interface: into a group (dingtalk.md 3.2) or to one person (3.3). Nobody can be mentioned. */
import { z } from "zod";
import type { SendOutcome } from "../../chat/outgoing.ts";
import type { AccessToken } from "../access-token.ts";
import { boundId } from "../ids.ts";
import type { Post, Posted } from "../post.ts";
import { redact } from "../redact.ts";
import { codeOf, isTokenRefused, judgeCode, judgeDelivery, judgeStatus, readAnswer, wordsOf } from "./judge.ts";

export interface SayByApiDeps {
  readonly post: Post;
  readonly token: AccessToken;
  readonly apiBase: string;
  readonly robotCode: string;
  /** For a whole send, a token and a second try included: it happens under a lease (design.md 2, "Bounds"). */
  readonly sendTimeoutMs: number;
  /** Wire clock, ms. */
  readonly now: () => number;
}

export type SayByApi = (whereTo: { group: string } | { person: string }, text: string) => Promise<SendOutcome>;

/** With less left a call is not begun: it would be cut off, and nobody would know whether it arrived. */
const LEAST_MS = 300;
const FLOW_REST_MS = 60_000;
const NO_TIME = { kind: "busy", reason: "取得访问凭证用去了全部时间" } as const;

const list = z.array(z.unknown()).catch([]);
const taken = z.object({
  processQueryKey: z.string().min(1),
  invalidStaffIdList: list,
  flowControlledStaffIdList: list,
});

export function openSayByApi({ post, token, apiBase, robotCode, sendTimeoutMs, now }: SayByApiDeps): SayByApi {
  const groupUrl = new URL(`${apiBase}/v1.0/robot/groupMessages/send`);
  const personUrl = new URL(`${apiBase}/v1.0/robot/oToMessages/batchSend`);
  return async (whereTo, text) => {
    const until = now() + sendTimeoutMs;
    const isGroup = "group" in whereTo;
    const body = {
      robotCode,
      ...(isGroup ? { openConversationId: whereTo.group } : { userIds: [whereTo.person] }),
      msgKey: "sampleText",
      msgParam: JSON.stringify({ content: text }),
    };
    let secret = "";
    const call = async (value: string): Promise<Posted | typeof NO_TIME> => {
      secret = value;
      const timeoutMs = Math.min(until - now(), sendTimeoutMs);
      if (timeoutMs < LEAST_MS) return NO_TIME;
      const headers = { "x-acs-dingtalk-access-token": value };
      return post(isGroup ? groupUrl : personUrl, body, { headers, timeoutMs });
    };
    const isStale = (each: Awaited<ReturnType<typeof call>>) => each.kind === "answered" && isTokenRefused(each);
    // Half of the time is what fetching a token may take.
    const posted = await token.with(call, isStale, () => until - now() >= sendTimeoutMs / 2);
    if (posted.kind === "busy" || posted.kind === "pace" || posted.kind === "refused") return posted;
    return judge(posted, secret);
  };
}

function judge(posted: Posted, secret: string): SendOutcome {
  const delivered = judgeDelivery(posted);
  if (delivered.kind !== "answered") return delivered;
  const answer = readAnswer(delivered);
  if (answer !== null && delivered.status < 300) {
    const { data } = taken.safeParse(answer);
    if (data !== undefined) return judgeTaken(data);
  }
  const code = codeOf(answer, "code");
  if (answer === null || code === null) return judgeStatus(delivered.status);
  return judgeCode(code, answer, delivered, redact(`${code} ${wordsOf(answer, "message")}`, [secret]));
}

/** It answers with a key for those whom it reached, also where that is nobody: we ask for one person at a time. */
function judgeTaken({ processQueryKey, ...missed }: z.infer<typeof taken>): SendOutcome {
  if (missed.invalidStaffIdList.length > 0) {
    return { kind: "refused", reason: "收件人不在本组织，或不在应用的可见范围内" };
  }
  if (missed.flowControlledStaffIdList.length > 0) {
    return { kind: "pace", restMs: FLOW_REST_MS, reason: "发给这个人的消息过多，被限流" };
  }
  return { kind: "sent", knownAs: boundId(processQueryKey) };
}
