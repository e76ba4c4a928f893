/** How far a long work is, on stderr: a line that is written over and wiped at the end; nothing for what takes no time. */
import type { OnProgress } from "../digest/lives.ts";

/** What is done sooner needs no line. */
const QUIET_MS = 500;
const EVERY_MS = 200;

export async function progressOn<T>(
  out: NodeJS.WritableStream,
  what: string,
  work: (onProgress: OnProgress) => Promise<T>,
): Promise<T> {
  let next = performance.now() + QUIET_MS;
  let wrote = false;
  const onProgress: OnProgress = (done, total) => {
    if (performance.now() < next) return;
    next = performance.now() + EVERY_MS;
    wrote = true;
    out.write(`\r${what} ${done}/${total}`);
  };
  try {
    return await work(onProgress);
  } finally {
    if (wrote) out.write(`\r${" ".repeat(60)}\r`);
  }
}
