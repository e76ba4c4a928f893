/** What a doctor is called to: a folder with a station, small intents and an environment that fits, and what it says. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runDoctor } from "../../src/cli/doctor.ts";
import type { Environment } from "../../src/settings.ts";

/** None of them may ever be printed. */
export const SECRETS = {
  API_TOKEN: "api-token-nobody-sees",
  WECOM_BOT_TOKEN: "botTokenNobodySees",
  WECOM_BOT_AES_KEY: "6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt",
  WEBHOOK_BASE: "https://webhooks.invalid/secret-path",
};

export interface Bench {
  readonly folder: string;
  readonly environment: Environment;
  /** Rewrites the station file. */
  station(edit: (text: string) => string): void;
  /** Edits a file of the intents. */
  intents(file: string, edit: (text: string) => string): void;
}

const PHRASES = Array.from({ length: 40 }, (_, at) => `  - 借会议室的第${at}种说法\n`).join("");

export function openBench(given: Environment): Bench {
  const folder = mkdtempSync(join(tmpdir(), "bangban-doctor-"));
  const files: Record<string, string> = {
    "intents/menu/a.yaml": `category: 资源统筹
items:
- id: venue
  name: 活动场地协调
  summary: 协调会议室
  promise: 当日答复
  steps: [说明时间, 确认]
  size: small
  route: point
  phrases:
${PHRASES}`,
    "intents/commands.yaml": "- { id: accept, name: 接单, who: helper, words: [接单], phrases: [这个我来办] }\n",
    "intents/other.yaml": "phrases: [路灯坏了]\n",
    "intents/smalltalk.yaml": "phrases: [早上好]\n",
    "station.yaml": readFileSync(new URL("../doubles/station.yaml", import.meta.url), "utf8").replace(
      /, dingtalk: [\w-]+|^ +dingtalk: .*\n/gm,
      "",
    ),
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const change = (name: string, edit: (text: string) => string): void => {
    writeFileSync(join(folder, name), edit(readFileSync(join(folder, name), "utf8")));
  };
  return {
    folder,
    environment: {
      ...SECRETS,
      STATION_FILE: join(folder, "station.yaml"),
      INTENTS_DIR: join(folder, "intents"),
      DATA_DIR: join(folder, "data"),
      PUBLIC_URL: "https://street.example",
      WECOM_BOT_NAME: "小帮手",
      ...given,
    },
    station: (edit) => change("station.yaml", edit),
    intents: (file, edit) => change(join("intents", file), edit),
  };
}

export function closeBench({ folder }: Bench): void {
  rmSync(folder, { recursive: true, force: true });
}

export interface Diagnosis {
  readonly code: number;
  readonly text: string;
  readonly lines: readonly string[];
  readonly good: readonly string[];
  readonly notice: readonly string[];
  readonly must: readonly string[];
}

/** Early in a year: the calendar of the next one is nobody's concern yet. */
export const MARCH = Date.parse("2026-03-02T10:00:00+08:00");

export async function diagnose(environment: Environment, now: () => number = Date.now): Promise<Diagnosis> {
  let text = "";
  const out = { write: (piece: string) => (text += piece) };
  const code = await runDoctor(environment, { out, now });
  const lines = text.trimEnd().split("\n");
  const labelled = (label: string) =>
    lines.filter((line) => line.startsWith(`${label}　`)).map((line) => line.slice(4).replace(/^　+/, ""));
  return { code, text, lines, good: labelled("好"), notice: labelled("注意"), must: labelled("须处理") };
}

/** A host with a clock of its own. */
export async function openHost(clock: () => number | null): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((_, response) => {
    response.sendDate = false;
    const at = clock();
    if (at !== null) response.setHeader("date", new Date(at).toUTCString());
    response.writeHead(404).end();
  });
  return { url: `http://127.0.0.1:${await listen(server)}`, close: () => closed(server) };
}

/** The run's Redis has a socket file only; a `REDIS_URL` names a port. */
export async function openRedisPort(socketPath: string): Promise<{ url: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((here) => {
    const there = connect(socketPath);
    for (const socket of [here, there]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
    }
    here.pipe(there).pipe(here);
  });
  const port = await listen(server as Server);
  return {
    url: `redis://127.0.0.1:${port}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      await closed(server as Server);
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await closed(server);
  return port;
}

export function listen(server: Pick<Server, "listen" | "address">): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

export function closed(server: Pick<Server, "close">): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
