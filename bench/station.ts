/** A station with as many companies as the office looks after, each with a group and a webhook of its own. */
import { writeFileSync } from "node:fs";

export const STATION = "bench";
export const TAG = `{${STATION}}`;
export const GROUPS = 3_500;
const POINTS = 9;

export const BOT = { id: "aibBENCH", name: "小帮手", token: "benchToken", aesKey: `${"b".repeat(42)}A` };

export const chatOf = (group: number) => `wrBENCH${group}`;
export const keyOf = (group: number) => `key${group}`;
export const helperOf = (group: number) => `helper${group % POINTS}`;
export const webhookOf = (origin: string, group: number) => `${origin}/cgi-bin/webhook/send?key=${keyOf(group)}`;

export function writeStation(file: string, origin: string): void {
  const points = times(POINTS, (n) => `  - { id: p${n}, name: 第${n}服务点, main: ${n === 0}, helpers: [h${n}] }`);
  const helpers = times(
    POINTS,
    (n) => `  - { id: h${n}, name: 帮办员${n}, role: helper, wecom: helper${n}, mobile: "1380000${1000 + n}" }`,
  );
  const enterprises = times(GROUPS, (n) => `  - { name: ${enterprise(n)}, point: p${n % POINTS} }`);
  const groups = times(
    GROUPS,
    (n) =>
      `  - { platform: wecom, chat: ${chatOf(n)}, kind: service, enterprise: ${enterprise(n)}, webhook: "${webhookOf(origin, n)}" }`,
  );
  const text = `station: ${STATION}
name: 测速服务站
points:
${points}
people:
  - { id: chief, name: 首席帮办员, role: chief, wecom: chief }
${helpers}
enterprises:
${enterprises}
groups:
${groups}
`;
  writeFileSync(file, text);
}

/** The environment of a desk of this station. */
export function environmentOf(paths: {
  stationFile: string;
  dataDir: string;
  origin: string;
  port?: number;
}): Record<string, string> {
  return {
    NODE_ENV: "production",
    PORT: String(paths.port ?? 0),
    STATION_FILE: paths.stationFile,
    DATA_DIR: paths.dataDir,
    LOG_LEVEL: "warn",
    WECOM_BOT_TOKEN: BOT.token,
    WECOM_BOT_AES_KEY: BOT.aesKey,
    WECOM_BOT_ID: BOT.id,
    WECOM_BOT_NAME: BOT.name,
    WECOM_API_BASE: paths.origin,
  };
}

function enterprise(n: number): string {
  return `${["甬", "海", "江", "塘"][n % 4]}${String.fromCodePoint(0x4e30 + (n % 900))}测速${n}有限公司`;
}

function times(count: number, line: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => line(n)).join("\n");
}
