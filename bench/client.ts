/** Posts callbacks that were sealed beforehand, over connections that are kept. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { readMessages } from "./http-stream.ts";

export interface Client {
  /** Resolves when it is answered with 200. With no connection free it waits for one. */
  post(request: Buffer): Promise<void>;
  close(): void;
}

export interface Round {
  readonly answered: number;
  readonly ms: number;
  readonly perSecond: number;
}

export async function openClient(port: number, connections: number): Promise<Client> {
  const idle: Socket[] = [];
  const queue: ((socket: Socket) => void)[] = [];
  const sockets = await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect(port, "127.0.0.1");
      await once(socket, "connect");
      return socket;
    }),
  );
  const waiting = new Map<Socket, { resolve(): void; reject(error: Error): void }>();
  for (const socket of sockets) {
    idle.push(socket);
    readMessages(socket, (head) => {
      const asked = waiting.get(socket);
      waiting.delete(socket);
      const next = queue.shift();
      if (next) next(socket);
      else idle.push(socket);
      if (head.startsWith("HTTP/1.1 200")) asked?.resolve();
      else asked?.reject(new Error(`the desk answered ${head.slice(0, 40)}`));
    });
    socket.on("close", () => waiting.get(socket)?.reject(new Error("the desk closed a connection")));
  }
  const send = (socket: Socket, request: Buffer) =>
    new Promise<void>((resolve, reject) => {
      waiting.set(socket, { resolve, reject });
      socket.write(request);
    });
  return {
    post(request) {
      const socket = idle.pop();
      if (socket) return send(socket, request);
      return new Promise<Socket>((resolve) => queue.push(resolve)).then((free) => send(free, request));
    },
    close() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** As fast as the connections carry them: until `ms` are over or the requests are used up. */
export async function drive(
  port: number,
  requests: readonly Buffer[],
  { connections, ms = Number.POSITIVE_INFINITY }: { connections: number; ms?: number },
): Promise<Round> {
  const client = await openClient(port, connections);
  const from = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (next < requests.length && performance.now() - from < ms) {
        const request = requests[next++];
        if (request) await client.post(request);
      }
    }),
  );
  const took = performance.now() - from;
  client.close();
  return { answered: next, ms: took, perSecond: (next / took) * 1000 };
}
