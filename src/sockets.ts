/** Each platform's socket, held by one process under a lease; while it is up, the lane that goes out over it is served. */
import type { Redis } from "ioredis";
import { type Lent, type Outbox, type OutboxDeps, openOutbox } from "./lanes/outbox.ts";
import { type Pump, startPump } from "./lanes/pump.ts";
import type { Hearing, Link, Socket, SocketState } from "./platforms/platform.ts";
import { keys } from "./store/keys.ts";
import { openLease } from "./store/lease.ts";

export interface SocketsDeps {
  readonly redis: Redis;
  readonly outbox: Omit<OutboxDeps, "socket">;
  readonly most: number;
  readonly hearing: (socket: Socket) => Hearing;
  readonly sender: (outbox: Outbox) => (lent: Lent) => Promise<void>;
  readonly onFault: (error: unknown) => void;
  readonly log: { info(details: object, message: string): void };
}

export interface Sockets {
  /** One of the lanes that go out over a socket may have work. */
  wake(): void;
  states(): { readonly name: string; readonly state: SocketState }[];
  close(): Promise<void>;
}

export function openSockets(sockets: readonly Socket[], deps: SocketsDeps): Sockets {
  const open = sockets.map((socket) => openOne(socket, deps));
  return {
    wake() {
      for (const { pump } of open) pump?.wake();
    },
    states: () => open.map(({ name, state }) => ({ name, state: state() })),
    async close() {
      await Promise.all(open.map((one) => one.close()));
    },
  };
}

interface OpenSocket {
  readonly name: string;
  readonly pump: Pump | null;
  state(): SocketState;
  close(): Promise<void>;
}

function openOne(socket: Socket, deps: SocketsDeps): OpenSocket {
  const { name, lane } = socket;
  const { redis, log } = deps;
  const { tag, processId } = deps.outbox;
  let link: Link | null = null;
  let closing: Promise<void> = Promise.resolve();
  const isUp = () => link?.state() === "up";

  let pump: Pump | null = null;
  if (lane !== null) {
    const outbox = openOutbox({ ...deps.outbox, socket: lane });
    pump = startPump<Lent>({
      most: deps.most,
      // What waits for the socket is left in its lane: it is no attempt.
      take: (most) => (isUp() ? outbox.take(most) : Promise.resolve([])),
      work: deps.sender(outbox),
      onFault: deps.onFault,
    });
  }

  const lease = openLease({
    redis,
    tag,
    key: keys.holder(name),
    processId,
    onHeld() {
      log.info({ socket: name }, "this process holds the socket now");
      // One connection at a time: the last one is gone before the next one comes.
      closing = closing.then(() => {
        link = socket.open(deps.hearing(socket), () => pump?.wake());
      });
    },
    onLost() {
      log.info({ socket: name }, "another process holds the socket now");
      closing = closing.then(closeLink);
    },
  });

  async function closeLink(): Promise<void> {
    const last = link;
    link = null;
    await last?.close();
  }

  return {
    name,
    pump,
    state: () => (lease.held ? (link?.state() ?? "connecting") : "elsewhere"),
    async close() {
      await pump?.stop();
      closing = closing.then(closeLink);
      await closing;
      await lease.stop();
    },
  };
}
