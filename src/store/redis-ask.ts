/** One question to a Redis behind a socket file, without a client that would come back by itself. */
import { createConnection } from "node:net";

/** The answer's text; null: nobody listens there; "": somebody does, and says nothing (stopped, busy, or going). */
export function askRedis(socketPath: string, command: string, waitMs = 1000): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(socketPath);
    let answer = Buffer.alloc(0);
    const end = (result: string | null): void => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(waitMs, () => end(""));
    socket.on("connect", () => socket.write(`${command}\r\n`));
    socket.on("data", (bytes) => {
      answer = Buffer.concat([answer, bytes]);
      const whole = wholeAnswer(answer);
      if (whole !== null) end(whole);
    });
    socket.on("close", () => end(""));
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "ECONNREFUSED") end(null);
      // A full backlog, or gone in the middle: somebody was there.
      else if (["EAGAIN", "ECONNRESET", "EPIPE"].includes(error.code ?? "")) end("");
      else reject(error);
    });
  });
}

/** `+PONG`, `-LOADING …` or the text of a `$` answer; null while it is still on its way. */
function wholeAnswer(bytes: Buffer): string | null {
  const lineEnd = bytes.indexOf("\r\n");
  if (lineEnd < 0) return null;
  const line = bytes.toString("utf8", 0, lineEnd);
  if (!line.startsWith("$")) return line;
  const from = lineEnd + 2;
  const to = from + Number(line.slice(1));
  return bytes.length < to ? null : bytes.toString("utf8", from, to);
}
