/** The built desk as a child process, and somebody who starts it again whenever it is gone, as systemd would. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { inject } from "vitest";
import { until } from "./until.ts";

export interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface DeskProcess {
  readonly url: string;
  /** What all its lives wrote to stderr, without stacks. */
  readonly log: () => string;
  start(): void;
  /** Resolves when `/readyz` says 200. */
  ready(ms?: number): Promise<void>;
  /** `/readyz`'s status now; null where nobody answers. */
  readiness(): Promise<number | null>;
  signal(name: NodeJS.Signals): void;
  /** kill -9, and gone when it resolves. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with how it ended. */
  stop(): Promise<End>;
  api<T>(path: string): Promise<T>;
  /** From now on it is started again after so many milliseconds, until `stop` or `letGo`. */
  superviseAfter(pauseMs: () => number): void;
  letGo(): void;
}

export interface DeskProcessOptions {
  readonly port: number;
  readonly apiToken: string;
  readonly environment: Readonly<Record<string, string>>;
}

const READY_MS = 15_000;

export function openDeskProcess({ port, apiToken, environment }: DeskProcessOptions): DeskProcess {
  const url = `http://127.0.0.1:${port}`;
  let desk: ChildProcess | null = null;
  let pauseMs: (() => number) | null = null;
  let log = "";

  const lives = (): boolean => desk !== null && desk.exitCode === null && desk.signalCode === null;
  const start = (): void => {
    if (lives()) return;
    const { PATH = "", TMPDIR = "" } = process.env;
    desk = spawn(process.execPath, [inject("mainPath")], {
      env: { PATH, ...(TMPDIR ? { TMPDIR } : {}), NODE_ENV: "production", PORT: String(port), ...environment },
      stdio: ["ignore", "ignore", "pipe"],
    });
    const { pid } = desk;
    desk.stderr?.setEncoding("utf8").on("data", (text: string) => {
      log += text;
    });
    desk.once("exit", async (code, signal) => {
      log += `--- ${new Date().toISOString()} ${pid} ended: ${signal ?? code}\n`;
      if (pauseMs === null) return;
      await wait(pauseMs());
      if (pauseMs !== null) start();
    });
  };
  const end = async (name: NodeJS.Signals): Promise<End> => {
    const child = desk;
    if (child === null || !lives()) return { code: child?.exitCode ?? null, signal: child?.signalCode ?? null };
    const ended = once(child, "exit");
    child.kill(name);
    const [code, signal] = (await ended) as [number | null, NodeJS.Signals | null];
    return { code, signal };
  };
  const readiness = async (): Promise<number | null> => {
    try {
      const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2000) });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return null;
    }
  };
  return {
    url,
    log: () => log.replaceAll(/,"stack":"[^"]*"/g, ""),
    start,
    readiness,
    async ready(ms = READY_MS) {
      await until("the desk is ready", ms, async () => (await readiness()) === 200);
    },
    signal: (name) => void desk?.kill(name),
    async kill() {
      await end("SIGKILL");
    },
    async stop() {
      pauseMs = null;
      return end("SIGTERM");
    },
    async api<T>(path: string) {
      const headers = { authorization: `Bearer ${apiToken}` };
      const answer = await fetch(`${url}/api${path}`, { headers, signal: AbortSignal.timeout(5000) });
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as T;
    },
    superviseAfter(pause) {
      pauseMs = pause;
      start();
    },
    letGo() {
      pauseMs = null;
    },
  };
}
