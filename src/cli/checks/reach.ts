/** Whether a platform's host can be reached from here, in words, and what it says about this machine's clock. */
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { type Finding, good, must, notice } from "./finding.ts";

const WAIT_MS = 3000;
/** Callbacks older than ten minutes are refused; a clock that has lost one minute will lose more. */
const SKEW_MS_MAX = 60_000;

const TROUBLES: readonly (readonly [RegExp, string])[] = [
  [/^(ABORT_ERR|ETIMEDOUT)$|timed out|没有回音/, "没有回音"],
  [/^(ENOTFOUND|EAI_AGAIN)$/, "查不到这个域名"],
  [/^ECONNREFUSED$/, "连接被拒绝"],
  [/^(ECONNRESET|EPIPE)$|socket hang up/, "连接中途断开"],
  [/^(ENETUNREACH|EHOSTUNREACH)$/, "网络不通"],
  [/^CERT_HAS_EXPIRED$/, "证书已过期，或本机时钟不准"],
  [/^CERT_NOT_YET_VALID$/, "证书尚未生效，或本机时钟不准"],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, "证书不是这个域名的，途中可能有代理"],
  [/SELF_SIGNED|^UNABLE_TO_|^DEPTH_ZERO/, "证书不受信任，途中可能有代理"],
  [/^(ERR_SSL|EPROTO)/, "那里答话的不是加密连接，请核对 http 与 https、ws 与 wss"],
  [/^Unexpected server response: \d+$/, "那里不是长连接的地址"],
];

/** `code`: of Node's errors, or the words of the socket's client. */
export function sayTrouble(code: string): string {
  return TROUBLES.find(([pattern]) => pattern.test(code))?.[1] ?? code;
}

export interface Host {
  /** As people call the platform. */
  readonly platform: string;
  readonly setting: string;
  readonly url: string;
  /** What does not work without it. */
  readonly without: string;
  /** Nothing is heard at all without it. */
  readonly isVital?: boolean;
}

export type Reached =
  | { readonly reached: true; readonly findings: readonly Finding[] }
  | { readonly reached: false; readonly findings: readonly Finding[] };

export async function reach(
  { platform, setting, url, without, isVital = false }: Host,
  now: () => number,
): Promise<Reached> {
  const { host } = new URL(url);
  const asked = now();
  const answer = await knock(url);
  if (answer.kind === "unreached") {
    const reason = sayTrouble(answer.reason);
    const level = isVital ? must : notice;
    return {
      reached: false,
      findings: [level(`${setting}：${host} 连不上（${reason}），${without}；请放通本机到它的出口`)],
    };
  }
  return {
    reached: true,
    findings: [
      good(`${setting}：${host} 连得上`),
      judgeClock({ platform, theirs: answer.date, asked, answered: now() }),
    ],
  };
}

export interface Clocks {
  readonly platform: string;
  /** The Date header, whose unit is a second; the other two are this machine's clock around it. */
  readonly theirs: number | null;
  readonly asked: number;
  readonly answered: number;
}

export function judgeClock({ platform, theirs, asked, answered }: Clocks): Finding {
  if (theirs === null) return notice(`时钟：${platform}的回应里没有时间，无法核对本机时钟`);
  const ahead = (asked + answered) / 2 - theirs;
  if (Math.abs(ahead) <= SKEW_MS_MAX) return good(`时钟：与${platform}相差不到一分钟`);
  const much = `${ahead > 0 ? "快" : "慢"}了 ${Math.round(Math.abs(ahead) / 1000)} 秒`;
  return must(`时钟：本机比${platform}${much}，相差十分钟以上的来信会被拒收；请开启时间同步（NTP）`);
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
      resolve({ kind: "unreached", reason: error.code ?? error.name });
    });
    outgoing.end();
  });
}
