/** A program of ours as the last word of a script: its terminal, its signals, its exit code. */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { root } from "./setup.mjs";

/**
 * @param {string[]} args node's
 * @param {NodeJS.ProcessEnv} [env]
 */
export function become(args, env = process.env) {
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: "inherit" });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      // Ctrl+C in a terminal reaches the child by itself; twice would mean impatience.
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal ?? "SIGTERM"]));
}
