/** A street with many companies, each with its own group, and an imitated WeCom in which they all talk. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openMatcherFor } from "../../src/cli/match.ts";
import { memoryHistory, type Shown } from "../../src/sandbox/history.ts";
import type { Said } from "../../src/sandbox/wecom/talk.ts";
import { openWecomServer, type WecomServer } from "../../src/sandbox/wecom-server.ts";
import { stationTag } from "../../src/store/keys.ts";
import { readIntents } from "../../src/understanding/intents.ts";
import { TEST_DATA } from "../doubles/test-data.ts";
import type { DeskProcess } from "./desk-process.ts";
import { until } from "./until.ts";

export const BOT = {
  id: "aibFAULTS",
  name: "小帮手",
  token: "faultsToken",
  aesKey: `${"b".repeat(42)}A`,
  secret: "faults-secret",
};
export const API_TOKEN = "faults-token";
const STATION = "faults";
export const TAG = stationTag(STATION);
/** The desk's day: a Monday morning, whatever the machine's clock says. */
const DAY = "2026-12-07";
const CHIEF = "zhao.yi";
const HELPERS_GROUP = "wrHELPERS";
const INTENTS_DIR = fileURLToPath(new URL("../../intents", import.meta.url));
const UNSEEN = fileURLToPath(new URL("../understanding/unseen.jsonl", import.meta.url));

/** One request of one person who asks nothing else. */
export interface Request {
  readonly chat: string;
  readonly by: string;
  readonly text: string;
}

export interface Town {
  readonly wecom: WecomServer;
  readonly chats: readonly string[];
  /** For a desk of this town, without its Redis. */
  readonly environment: Readonly<Record<string, string>>;
  readonly dataDir: string;
  /** What stands in `clock` of a new Redis, so that the desk's day is `DAY`. */
  readonly clockAhead: () => string;
  /** What only the chief was told in the helpers' group. */
  readonly toldChief: () => readonly Shown[];
  /** So many requests, spread over the groups in turn, each from somebody else. */
  requests(count: number, prefix?: string): Request[];
  say(request: Request): Promise<Said>;
  close(): Promise<void>;
}

export interface TownOptions {
  readonly groups: number;
  readonly redeliverAfterMs?: number;
  readonly retries?: number;
  /** How the bot hears. */
  readonly mode?: "callback" | "socket";
}

export async function openTown({
  groups,
  redeliverAfterMs = 1500,
  retries = 100,
  mode = "callback",
}: TownOptions): Promise<Town> {
  const folder = mkdtempSync(join(tmpdir(), "bangban-faults-"));
  const dataDir = join(folder, "data");
  mkdirSync(dataDir);
  mkdirSync(join(TEST_DATA, "model"), { recursive: true });
  // Trained once for the whole run (test/doubles/model.ts).
  symlinkSync(join(TEST_DATA, "model"), join(dataDir, "model"));
  const wecom = await openWecomServer({
    deskUrl: "http://127.0.0.1",
    bot: BOT,
    mode,
    history: memoryHistory(),
    redeliverAfterMs,
    retries,
  });
  const chats = Array.from({ length: groups }, (_, i) => `wrFAULT${i}`);
  for (const chat of [...chats, HELPERS_GROUP]) await wecom.addGroup({ chat, name: chat, webhookKey: `key-${chat}` });
  for (const account of [CHIEF, "qian.er", "zhou.wu", "wu.liu", "sun.san", "wang.ba"]) {
    wecom.addPerson({ account, name: account, groups: [...chats, HELPERS_GROUP] });
  }
  const stationFile = join(folder, "station.yaml");
  writeFileSync(stationFile, stationText(wecom.origin, chats));
  const phrases = openRequests();

  return {
    wecom,
    chats,
    dataDir,
    environment: {
      STATION_FILE: stationFile,
      INTENTS_DIR,
      DATA_DIR: dataDir,
      API_TOKEN,
      LOG_LEVEL: "info",
      ...(mode === "callback"
        ? { WECOM_BOT_TOKEN: BOT.token, WECOM_BOT_AES_KEY: BOT.aesKey }
        : { WECOM_BOT_SECRET: BOT.secret, WECOM_WS_URL: wecom.wsUrl }),
      WECOM_BOT_ID: BOT.id,
      WECOM_BOT_NAME: BOT.name,
      WECOM_API_BASE: wecom.origin,
    },
    clockAhead: () => String(Date.parse(`${DAY}T09:00:00+08:00`) - Date.now()),
    toldChief: () => wecom.sent(HELPERS_GROUP).filter(({ mentions }) => mentions.includes(CHIEF)),
    requests: (count, prefix = "asker") =>
      Array.from({ length: count }, (_, i) => ({
        chat: chats[i % groups] ?? "",
        by: `${prefix}.${i}`,
        text: phrases[i % phrases.length] ?? "",
      })),
    say: ({ chat, by, text }) => wecom.say({ chat, by, text: `@${BOT.name} ${text}` }),
    async close() {
      await wecom.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Words that nobody trained on and that clearly ask for one thing, of the items that the point's helper does alone. */
function openRequests(): string[] {
  const { items } = readIntents(INTENTS_DIR);
  const matcher = openMatcherFor({ INTENTS_DIR, DATA_DIR: TEST_DATA });
  return readFileSync(UNSEEN, "utf8")
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { text: string }).text)
    .filter((text) => {
      const { kind, items: found } = matcher.understand(text);
      const [only, ...more] = found;
      // An invited officer is called in the helpers' group, which has one window for all of them.
      return kind === "item" && only !== undefined && more.length === 0 && items.get(only)?.route === "point";
    });
}

function stationText(origin: string, chats: readonly string[]): string {
  const webhook = (chat: string) => `"${origin}/cgi-bin/webhook/send?key=key-${chat}"`;
  const enterprises = chats.map((_, i) => `  - { name: 第${i}制造有限公司, point: ${i % 2 ? "nan" : "bei"} }`);
  const groups = chats.map(
    (chat, i) =>
      `  - { platform: wecom, chat: ${chat}, kind: service, enterprise: 第${i}制造有限公司, webhook: ${webhook(chat)} }`,
  );
  return `
station: ${STATION}
name: 测试服务站
hours: { open: "08:30", close: "18:00", cutoff: "16:30", quiet: { from: "20:00", to: "08:30" } }
points:
  - { id: nan, name: 南社区服务点, main: true, helpers: [h02] }
  - { id: bei, name: 北社区服务点, helpers: [h03] }
people:
  - { id: chief, name: 首席帮办员甲, role: chief, wecom: ${CHIEF} }
  - { id: org, name: 特邀帮办员乙, role: invited, field: organisation, wecom: qian.er }
  - { id: eco, name: 特邀帮办员戊, role: invited, field: economy, wecom: zhou.wu }
  - { id: uni, name: 特邀帮办员己, role: invited, field: union, wecom: wu.liu }
  - { id: h02, name: 帮办员丙, role: helper, wecom: sun.san }
  - { id: h03, name: 帮办员辛, role: helper, wecom: wang.ba }
enterprises:
${enterprises.join("\n")}
groups:
${groups.join("\n")}
  - { platform: wecom, chat: ${HELPERS_GROUP}, kind: helpers, webhook: ${webhook(HELPERS_GROUP)} }
`;
}

export interface Row {
  readonly number: string;
  readonly asker: string;
  readonly group: string;
  readonly text: string;
}

interface Reply {
  readonly state: string;
  readonly reason: string | null;
  readonly text: string;
  readonly about: string | null;
}

/** Every ticket there is, by its number. */
export async function allTickets({ api }: DeskProcess): Promise<Row[]> {
  const found: Row[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page: { tickets: Row[]; cursor: string | null } = await api(`/tickets?limit=200&cursor=${cursor}`);
    found.push(...page.tickets);
    cursor = page.cursor;
  }
  return found.sort((a, b) => a.number.localeCompare(b.number, "en", { numeric: true }));
}

/** Nothing waits any more, going in or out. */
export async function untilQuiet({ api }: DeskProcess, ms: number): Promise<void> {
  let waiting: readonly unknown[] = [];
  try {
    await until("nothing waits in the desk", ms, async () => {
      const { messages } = await api<{ messages: unknown[] }>("/inbox?state=waiting");
      const { replies } = await api<{ replies: unknown[] }>("/outbox?state=waiting");
      waiting = [...messages, ...replies];
      return waiting.length === 0;
    });
  } catch (error) {
    throw new Error(`still waiting: ${JSON.stringify(waiting)}`, { cause: error });
  }
}

export interface Asked {
  readonly request: Request;
  readonly said: Said;
}

/** How often each of these was answered and called out: what the people in the groups saw. */
export interface Seen {
  readonly request: Request;
  readonly numbers: readonly string[];
  readonly receipts: number;
  readonly mentions: number;
}

export function seenBy(town: Town, tickets: readonly Row[], asked: readonly Asked[]): Seen[] {
  const calls = [...town.chats, HELPERS_GROUP]
    .flatMap((chat) => town.wecom.sent(chat))
    .filter(({ from, mentions, text }) => from === "webhook" && mentions.length > 0 && !text.includes("未能送达"));
  return asked.map(({ request, said }) => {
    const numbers = tickets.flatMap(({ asker, number }) => (asker === `wecom:${request.by}` ? [number] : []));
    const shown = town.wecom.sent(request.chat);
    // By its heading: another ticket's line may name this one as a possible duplicate.
    const headings = numbers.map((number) => `【#${number.slice(4)} `);
    const about = ({ text }: Shown) => headings.some((heading) => text.includes(heading));
    return {
      request,
      numbers,
      // In its thread, and by whatever other way.
      receipts: shown.filter(
        (line) => (line.from === "bot" && line.quoting === said.message?.id) || (isReceipt(line) && about(line)),
      ).length,
      // Also among the staff, where the chief is called.
      mentions: calls.filter(about).length,
    };
  });
}

function isReceipt({ from, text }: Shown): boolean {
  return from === "webhook" && text.includes("已受理】");
}

/** 1 … count of the day, in order, without a gap. */
export function numbersOfDay(count: number): string[] {
  const day = DAY.replaceAll("-", "");
  return Array.from({ length: count }, (_, i) => `${day}-${String(i + 1).padStart(3, "0")}`);
}

/** Lines that nobody got, but for those of which the desk says that they may have arrived. */
export async function certainlyLost({ api }: DeskProcess): Promise<Reply[]> {
  const { replies } = await api<{ replies: Reply[] }>("/outbox?state=failed&limit=200");
  return replies.filter(({ reason }) => !reason?.startsWith("可能已经送出"));
}

/** What a well-behaved desk never does; the second use of a `response_url` is what "maybe sent" means, and refused. */
export function wrongdoings({ wecom }: Town): readonly unknown[] {
  return wecom.violations.filter(({ kind }) => kind !== "used-twice");
}
