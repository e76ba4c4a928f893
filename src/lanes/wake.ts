/** Tells this process at once what another one has made: a lane with work in it. */
import type { Redis } from "ioredis";
import { keys } from "../store/keys.ts";

export interface Wakers {
  in(): void;
  out(): void;
}

/** `listening` must be a connection of its own: subscribed, it can do nothing else. */
export function listenForWork(listening: Redis, tag: string, processId: string, wakers: Wakers): void {
  const channel = tag + keys.wake;
  const subscribe = () => {
    // Without it the look every 250 ms still finds the work.
    listening.subscribe(channel).catch(() => {});
  };
  listening.on("ready", subscribe);
  if (listening.status === "ready") subscribe();
  listening.on("message", (_channel: string, call: string) => {
    const [lane, by] = call.split(" ");
    if (by === processId) return;
    if (lane === "in") wakers.in();
    else wakers.out();
  });
}
