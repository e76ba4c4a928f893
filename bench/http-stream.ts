/** As much of HTTP as two programs of ours need that say how long their bodies are: cheap, so that it is not what is measured. */
import type { Socket } from "node:net";

const END = "\r\n\r\n";

/** Calls back with each whole message, head and body as latin1. */
export function readMessages(socket: Socket, onMessage: (head: string, body: string) => void): void {
  let rest = "";
  socket.setNoDelay(true);
  socket.setEncoding("latin1");
  socket.on("data", (chunk: string) => {
    rest = rest === "" ? chunk : rest + chunk;
    for (;;) {
      const end = rest.indexOf(END);
      if (end < 0) return;
      const head = rest.slice(0, end);
      const from = end + END.length;
      const to = from + Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
      if (rest.length < to) return;
      const body = rest.slice(from, to);
      rest = rest.slice(to);
      onMessage(head, body);
    }
  });
  // Whoever waits for an answer hears of it by the connection's end.
  socket.on("error", () => {});
}
