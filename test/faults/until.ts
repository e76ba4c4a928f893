/** Waiting for conditions, and a free port. */
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

const LOOK_EVERY_MS = 20;

/** Resolves with the first value that is not null, false or an error; how long that took is up to `performance.now()`. */
export async function until<T>(
  what: string,
  ms: number,
  look: () => Promise<T | null | false> | T | null | false,
): Promise<T> {
  const deadline = performance.now() + ms;
  let last: unknown = null;
  for (;;) {
    try {
      const found = await look();
      if (found !== null && found !== false) return found;
    } catch (error) {
      last = error;
    }
    if (performance.now() > deadline) throw new Error(`not within ${ms} ms: ${what}`, { cause: last });
    await wait(LOOK_EVERY_MS);
  }
}

/** Nobody's now, and in all likelihood nobody's when it is used: what is killed comes back at the same address. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
