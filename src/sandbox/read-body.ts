import type { IncomingMessage } from "node:http";

/** Null: too long. Nothing at all if whoever sends it hangs up. */
export function readBody(request: IncomingMessage, bytesMax: number, done: (body: string | null) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  request.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size <= bytesMax) chunks.push(chunk);
    else chunks.length = 0;
  });
  request.on("end", () => done(size > bytesMax ? null : Buffer.concat(chunks).toString("utf8")));
  request.on("error", () => undefined);
}
