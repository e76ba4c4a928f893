/** What a run opens (folders, processes, servers) and takes away again in reverse, also when it is interrupted. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { openSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ROOT } from "./built.ts";

export interface Workshop {
  readonly folder: string;
  /** Closed with the rest, last opened first. */
  keep(close: () => Promise<void> | void): void;
  start(name: string, command: string, args: readonly string[], env?: NodeJS.ProcessEnv): Started;
  /** One of bench/servers, which tells its port. */
  serve(file: string, options: object): Promise<Server>;
  close(): Promise<void>;
}

export interface Started {
  readonly process: ChildProcess;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export interface Server {
  readonly port: number;
  ask<T>(question: string): Promise<T>;
}

const END_WAIT_MS = 8_000;
const READY_WAIT_MS = 30_000;
/** `BENCH_PROFILE=<folder> npm run bench`: each server leaves a CPU profile there, for Chrome's DevTools. */
const PROFILE = process.env["BENCH_PROFILE"];
const PROFILING = PROFILE ? ["--cpu-prof", `--cpu-prof-dir=${PROFILE}`] : [];

export async function openWorkshop(): Promise<Workshop> {
  const folder = await mkdtemp(join(tmpdir(), "bangban-bench-"));
  const closers: (() => Promise<void> | void)[] = [() => rm(folder, { recursive: true, force: true })];
  let closing: Promise<void> | null = null;

  function start(name: string, command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Started {
    if (closing) throw new Error("the bench is being closed");
    const log = openSync(join(folder, `${name}.log`), "a");
    const ipc = command === process.execPath ? (["ipc"] as const) : [];
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { PATH: process.env["PATH"], HOME: process.env["HOME"], NODE_ENV: "production", ...env },
      stdio: ["ignore", log, log, ...ipc],
      // A Ctrl+C of the terminal is ours to pass on: the servers are ended in order.
      detached: true,
    });
    child.on("error", () => {});
    const stop = async (signal: NodeJS.Signals = "SIGTERM") => {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.kill(signal);
      const ended = await Promise.race([gone, sleep(END_WAIT_MS, null, { ref: false })]);
      if (ended === null) child.kill("SIGKILL");
      await gone;
    };
    closers.push(() => stop());
    return { process: child, stop };
  }

  return {
    folder,
    keep: (close) => closers.push(close),
    start,
    async serve(file, options) {
      const path = join(import.meta.dirname, "servers", `${file}.ts`);
      const args = [...PROFILING, "--import", "tsx", path, JSON.stringify(options)];
      const { process: child } = start(file, process.execPath, args);
      const port = await Promise.race([
        once(child, "message").then(([message]) => Number(message)),
        once(child, "exit").then(() => null),
        sleep(READY_WAIT_MS, null, { ref: false }),
      ]);
      if (port === null) throw new Error(`${file}: ${readFileSync(join(folder, `${file}.log`), "utf8").trim()}`);
      return {
        port,
        async ask<T>(question: string) {
          child.send(question);
          const [answer] = await once(child, "message");
          return answer as T;
        },
      };
    },
    close() {
      closing ??= (async () => {
        for (const close of closers.reverse()) await close();
      })();
      return closing;
    },
  };
}
