/** WeCom: the bot's keys and names, and whether the machine can speak to WeCom's hosts at all. */
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { CallbackKeys } from "../../platform-settings.ts";
import { openEnvelope, seal } from "../../platforms/wecom/envelope.ts";
import { type Examined, type Finding, good, must, notice } from "./finding.ts";

const WAIT_MS = 3000;
/** Callbacks older than ten minutes are refused; a clock that has lost one minute will lose more. */
const SKEW_MS_MAX = 60_000;

const REASONS: Readonly<Record<string, string>> = {
  ABORT_ERR: "没有回音",
  ENOTFOUND: "查不到这个域名",
  EAI_AGAIN: "查不到这个域名",
  ECONNREFUSED: "连接被拒绝",
  CERT_HAS_EXPIRED: "证书已过期，或本机时钟不准",
  CERT_NOT_YET_VALID: "证书尚未生效，或本机时钟不准",
};

/** null: what there is stands in for something that was refused. */
export function botOf({ settings, refused }: Examined): CallbackKeys | null {
  return refused.has("WECOM_BOT_TOKEN") || refused.has("WECOM_BOT_AES_KEY")
    ? null
    : (settings.wecom.bot?.callback ?? null);
}

export async function checkBot(examined: Examined): Promise<readonly Finding[]> {
  const bot = botOf(examined);
  if (bot === null) return [];
  return [
    opensWhatItSeals(bot)
      ? good("WECOM_BOT_AES_KEY：解出 32 字节，加密解密正常")
      : must("WECOM_BOT_AES_KEY：不能用来加密，请照企业微信后台的 EncodingAESKey 原样填写"),
    good(`WECOM_BOT_NAME：${(examined.settings.wecom.bot?.names ?? []).join("、")}（须与机器人在群里显示的名字一致）`),
  ];
}

function opensWhatItSeals({ token, aesKey }: CallbackKeys): boolean {
  if (Buffer.from(`${aesKey}=`, "base64").length !== 32) return false;
  const { encrypt } = seal("好", { token, aesKey, timestamp: 0, nonce: "0" });
  const opened = openEnvelope(aesKey, encrypt, null);
  return opened.kind === "plain" && opened.text === "好";
}

export async function checkWecomHost({ settings, refused, now }: Examined): Promise<readonly Finding[]> {
  if (refused.has("WECOM_API_BASE")) return [];
  const { apiBase } = settings.wecom;
  const { host } = new URL(apiBase);
  const asked = now();
  const answer = await knock(apiBase);
  if (answer.kind === "unreached") {
    return [
      notice(
        `WECOM_API_BASE：${host} 连不上（${answer.reason}），机器人的回复（response_url）和群消息推送（webhook）都会发不出去；请放通本机到它的出口`,
      ),
    ];
  }
  const reached = good(`WECOM_API_BASE：${host} 连得上`);
  return [reached, judgeClock({ theirs: answer.date, asked, answered: now() })];
}

/** `theirs`: the Date header, whose unit is a second; the other two are this machine's clock around it. */
export function judgeClock(clock: { theirs: number | null; asked: number; answered: number }): Finding {
  const { theirs, asked, answered } = clock;
  if (theirs === null) return notice("时钟：企业微信的回应里没有时间，无法核对本机时钟");
  const ahead = (asked + answered) / 2 - theirs;
  if (Math.abs(ahead) <= SKEW_MS_MAX) return good("时钟：与企业微信相差不到一分钟");
  const much = `${ahead > 0 ? "快" : "慢"}了 ${Math.round(Math.abs(ahead) / 1000)} 秒`;
  return must(`时钟：本机比企业微信${much}，相差十分钟以上的来信会被拒收；请开启时间同步（NTP）`);
}

type Answer =
  | { readonly kind: "answered"; readonly date: number | null }
  | { readonly kind: "unreached"; readonly reason: string };

/** Any answer will do, a refusal too. */
function knock(address: string): Promise<Answer> {
  const url = new URL(address);
  const request = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve) => {
    const outgoing = request(url, { method: "HEAD", agent: false, signal: AbortSignal.timeout(WAIT_MS) });
    outgoing.on("response", ({ headers }) => {
      const date = Date.parse(headers.date ?? "");
      resolve({ kind: "answered", date: Number.isNaN(date) ? null : date });
      outgoing.destroy();
    });
    outgoing.on("error", (error: NodeJS.ErrnoException) => {
      const code = error.code ?? error.name;
      resolve({ kind: "unreached", reason: REASONS[code] ?? code });
    });
    outgoing.end();
  });
}
