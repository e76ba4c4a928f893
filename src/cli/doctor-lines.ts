/** The doctor's findings as lines that a plain terminal and a pipe show alike, without anybody's secret. */

import type { Environment } from "../settings.ts";
import type { Station } from "../station/station.ts";
import type { Finding, Level } from "./checks/finding.ts";

/** Of one width: three characters and a gap, filled with full-width spaces. */
const LABELS: Readonly<Record<Level, string>> = { good: "好　　　", notice: "注意　　", must: "须处理　" };
/** Shorter ones would be found in words that have nothing to do with them. */
const SECRET_LENGTH_MIN = 8;

export function lineOf({ level, text }: Finding, secrets: readonly string[] = []): string {
  let shown = text;
  for (const secret of secrets) shown = shown.replaceAll(secret, "***");
  // What stands in a file may hold anything, and a terminal obeys some of it.
  return `${LABELS[level]}${shown.replace(/\p{Cc}+/gu, " ").trim()}`;
}

export function describeSummary(findings: readonly Finding[]): string {
  const count = (wanted: Level): number => findings.filter(({ level }) => level === wanted).length;
  const { must, notice } = { must: count("must"), notice: count("notice") };
  const end = must > 0 ? "请先改好“须处理”的各项" : notice > 0 ? "可以使用，“注意”的各项请看一看" : "可以使用";
  return `共 ${findings.length} 项：好 ${count("good")}，注意 ${notice}，须处理 ${must}。${end}`;
}

/** No line is meant to hold one; this is for the value that somebody has put into the wrong field. The longest first. */
export function secretsOf(environment: Environment): readonly string[] {
  const named = Object.keys(environment).filter((name) =>
    /^(?:API_TOKEN|(?:WECOM|DINGTALK)_\w*(?:TOKEN|AES_KEY))$|WEBHOOK|SECRET/.test(name),
  );
  const values = [...named.map((name) => environment[name]?.trim() ?? ""), ...passwordOf(environment["REDIS_URL"])];
  return values.filter(({ length }) => length >= SECRET_LENGTH_MIN).sort((one, other) => other.length - one.length);
}

/** Those that stand in the file itself: the webhooks, by what makes them secret. */
export function secretsIn({ groups, webhookOfChannel }: Station): readonly string[] {
  const webhooks = groups.flatMap(({ channel }) => (channel === null ? [] : (webhookOfChannel(channel) ?? [])));
  const values = webhooks.flatMap(({ url, secret }) => [url, ...new URL(url).searchParams.values(), secret ?? ""]);
  return values.filter(({ length }) => length >= SECRET_LENGTH_MIN).sort((one, other) => other.length - one.length);
}

function passwordOf(url = ""): string[] {
  if (!URL.canParse(url.trim())) return [];
  const { password } = new URL(url.trim());
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}
