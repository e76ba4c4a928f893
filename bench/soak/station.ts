/** A street with as many companies as asked for: each with a group on either platform, and a clerk who may come alone. */
import type { PlatformName } from "../../src/chat/message.ts";

const POINTS = 9;
const PREFIX = { wecom: "wr", dingtalk: "cid" } as const;

/** The group in which the burst takes place is the first one. */
export const BURST = 0;

export const chatOf = (platform: PlatformName, nth: number) => `${PREFIX[platform]}SOAK${nth}`;
export const clerkOf = (nth: number) => `clerk${nth}`;
export const enterpriseOf = (nth: number) => `${["甬", "海", "江", "塘"][nth % 4]}东长跑${nth}有限公司`;
export const helperOf = (nth: number) => `helper${nth % POINTS}`;
export const helperNameOf = (nth: number) => `帮办员${"甲乙丙丁戊己庚辛壬"[nth % POINTS]}`;
export const HELPERS = Array.from({ length: POINTS }, (_, nth) => helperOf(nth));

/** `webhookOf`: null where a group has none. */
export function stationText(
  station: string,
  groups: number,
  webhookOf: (platform: PlatformName, nth: number) => string | null,
): string {
  const points = times(POINTS, (n) => `  - { id: p${n}, name: 第${n}服务点, main: ${n === 0}, helpers: [h${n}] }`);
  const helpers = times(POINTS, (n) => {
    const accounts = `wecom: ${helperOf(n)}, dingtalk: ${helperOf(n)}`;
    return `  - { id: h${n}, name: ${helperNameOf(n)}, role: helper, ${accounts} }`;
  });
  const enterprises = times(groups, (n) => `  - { name: ${enterpriseOf(n)}, point: p${n % POINTS} }`);
  const group = (platform: PlatformName) => (n: number) => {
    const webhook = webhookOf(platform, n);
    const where = `platform: ${platform}, chat: ${chatOf(platform, n)}, kind: service, enterprise: ${enterpriseOf(n)}`;
    return `  - { ${where}${webhook === null ? "" : `, webhook: "${webhook}"`} }`;
  };
  return `station: ${station}
name: 长跑服务站
hours: { open: "08:30", close: "18:00", cutoff: "16:30", quiet: { from: "20:00", to: "08:30" } }
points:
${points}
people:
  - { id: chief, name: 首席帮办员, role: chief, wecom: chief, dingtalk: chief }
${helpers}
enterprises:
${enterprises}
groups:
${times(groups, group("wecom"))}
${times(groups, group("dingtalk"))}
`;
}

function times(count: number, line: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => line(n)).join("\n");
}
