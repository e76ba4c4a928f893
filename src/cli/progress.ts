/** How far a long work is, on stderr: a line written over on a terminal, now and then one in a log; nothing for what takes no time. */
import type { OnProgress } from "../digest/lives.ts";

interface Out {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const TERMINAL_MS = 200;
const LOG_MS = 5_000;

export async function progressOn<T>(out: Out, what: string, work: (onProgress: OnProgress) => Promise<T>): Promise<T> {
  const isTerminal = out.isTTY === true;
  const everyMs = isTerminal ? TERMINAL_MS : LOG_MS;
  let next = performance.now() + everyMs;
  let wrote = false;
  const onProgress: OnProgress = (done, total) => {
    if (performance.now() < next) return;
    next = performance.now() + everyMs;
    wrote = true;
    out.write(isTerminal ? `\r${what} ${done}/${total}` : `${what} ${done}/${total}\n`);
  };
  try {
    return await work(onProgress);
  } finally {
    if (wrote && isTerminal) out.write(`\r${" ".repeat(60)}\r`);
  }
}
