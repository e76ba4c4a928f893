/** WeCom's self-built app: its secret, its id, and whether this machine may call for it; nothing is sent to anybody. */
import { z } from "zod";
import type { WecomApp } from "../../platform-settings.ts";
import { openPost } from "../../platforms/post.ts";
import { redact } from "../../platforms/redact.ts";
import { readPosted } from "../../platforms/wecom/outcome.ts";
import type { Station } from "../../station/station.ts";
import { adviceOn } from "./advice.ts";
import { type Examined, type Finding, good, listed, must, notice } from "./finding.ts";
import { sayTrouble } from "./reach.ts";

const WAIT_MS = 3000;
const NAME = "企业微信自建应用";

/** Null: what there is stands in for something that was refused. */
export function appOf({ settings, refused }: Pick<Examined, "settings" | "refused">): WecomApp | null {
  const isRefused = [...refused].some((name) => /^WECOM_(?:CORP_ID|AGENT_ID|APP_)/.test(name));
  return isRefused ? null : settings.wecom.app;
}

export async function checkApp(examined: Examined): Promise<readonly Finding[]> {
  const app = appOf(examined);
  if (app === null || examined.refused.has("WECOM_API_BASE")) return [];
  const ask = openQuestion(examined.settings.wecom.apiBase);
  const token = await ask("/cgi-bin/gettoken", { corpid: app.corpId, corpsecret: app.secret }, [app.secret]);
  if (token.kind === "failed") return [failed("取凭证", token)];
  const value = z.object({ access_token: z.string() }).safeParse(token.answer).data?.access_token ?? "";
  const agent = await ask("/cgi-bin/agent/get", { access_token: value, agentid: String(app.agentId) }, [value]);
  if (agent.kind === "failed") return [good(`${NAME}：企业 ID 和 Secret 被接受`), failed("查看应用", agent)];
  return judgeAgent(agent.answer, examined.station);
}

type Answered =
  | { readonly kind: "answered"; readonly answer: object }
  /** `isReached`: it has answered, with a refusal. */
  | { readonly kind: "failed"; readonly isReached: boolean; readonly reason: string };

type Question = (path: string, query: Record<string, string>, secrets: readonly string[]) => Promise<Answered>;

function openQuestion(apiBase: string): Question {
  const post = openPost(WAIT_MS);
  return async (path, query, secrets) => {
    const url = new URL(`${apiBase}${path}?${new URLSearchParams(query)}`);
    const posted = await post(url, null, { method: "GET" });
    if (posted.kind !== "answered") return { kind: "failed", isReached: false, reason: sayTrouble(posted.reason) };
    const read = readPosted(posted);
    if (read.kind !== "read") return { kind: "failed", isReached: true, reason: read.reason };
    const { errcode, errmsg } = read.answer;
    if (errcode === 0) return { kind: "answered", answer: read.answer };
    return { kind: "failed", isReached: true, reason: redact(`${errcode} ${errmsg}`, secrets) };
  };
}

function failed(what: string, { isReached, reason }: Extract<Answered, { kind: "failed" }>): Finding {
  if (!isReached) return notice(`${NAME}：${what}没有回答（${reason}），没有查完`);
  const advice = adviceOn("wecom", reason);
  return must(`${NAME}：${what}被拒绝（${reason}）${advice === null ? "" : `；${advice}`}`);
}

const some = z.array(z.unknown()).catch([]);
const agentAnswer = z.object({
  name: z.string().catch(""),
  close: z.number().catch(0),
  allow_userinfos: z.object({ user: z.array(z.object({ userid: z.string() })).catch([]) }).catch({ user: [] }),
  allow_partys: z.object({ partyid: some }).catch({ partyid: [] }),
  allow_tags: z.object({ tagid: some }).catch({ tagid: [] }),
});

function judgeAgent(answer: object, station: Station | null): Finding[] {
  const { name, close, allow_userinfos, allow_partys, allow_tags } = agentAnswer.parse(answer);
  if (close === 1) return [must(`${NAME}：“${name}”已被停用，请在 企业微信管理后台 → 应用管理 里启用`)];
  const accepted = good(`${NAME}：“${name}”的企业 ID、Secret、AgentId 都被接受`);
  // Whom a department or a tag holds, this answer does not say.
  if (allow_partys.partyid.length + allow_tags.tagid.length > 0 || station === null) return [accepted];
  const seen = new Set(allow_userinfos.user.map(({ userid }) => userid.toLowerCase()));
  const unseen = station.people.filter(
    ({ accounts: { wecom } }) => wecom !== undefined && !seen.has(wecom.toLowerCase()),
  );
  if (unseen.length === 0) return [accepted];
  const names = listed(unseen.map((person) => `${person.name}（${person.id}）`));
  return [
    accepted,
    notice(`${NAME}：可见范围里没有 ${names}，发不到他们；请在 企业微信管理后台 → 应用管理 → 自建 → 可见范围 里加上`),
  ];
}
