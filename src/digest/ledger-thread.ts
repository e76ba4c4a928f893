/** A ledger made off the event loop: this file starts the thread and is the thread. */
import { once } from "node:events";
import { Readable, Writable } from "node:stream";
import { isMainThread, type MessagePort, parentPort, workerData } from "node:worker_threads";
import { type Overlay, openCalendar } from "../pledge/calendar.ts";
import type { Hours } from "../pledge/hours.ts";
import type { Ladder } from "../pledge/ladder.ts";
import { connect, type RedisAddress, untilReady } from "../store/connection.ts";
import { startThread } from "../thread.ts";
import { streamLedger } from "./ledger.ts";
import { type NameLists, namesOf } from "./names.ts";
import type { Period } from "./period.ts";

export interface LedgerAssignment {
  readonly address: RedisAddress;
  readonly tag: string;
  readonly period: Period;
  readonly now: number;
  readonly points: readonly string[];
  /** Only this one's; null for all. */
  readonly point: string | null;
  readonly names: NameLists;
  readonly holidays: Overlay;
  readonly hours: Hours;
  readonly ladder: Ladder;
}

const TASK = "ledger";
const READY_WAIT_MS = 3_000;

/** The file, as it is made and as fast as it is read; destroyed, it is made no further. */
export function ledgerInThread(assignment: LedgerAssignment): Readable {
  const worker = startThread(new URL(import.meta.url), { ...assignment, task: TASK });
  const file = new Readable({
    // One chunk for each time that somebody asks.
    read: () => worker.postMessage("more"),
    destroy(error, done) {
      worker.terminate().then(
        () => done(error),
        () => done(error),
      );
    },
  });
  worker.on("message", (chunk: Uint8Array | null) => file.push(chunk));
  worker.once("error", (error) => file.destroy(error));
  worker.once("exit", (code) => {
    if (!file.readableEnded && !file.destroyed && code !== 0) file.destroy(new Error(`a ledger ended with ${code}`));
  });
  return file;
}

/** Hands on a chunk for each `more`, and has the others wait. */
function sinkTo(port: MessagePort): Writable {
  let wanted = 0;
  let waiting: (() => void) | null = null;
  const handOn = (): void => {
    if (wanted === 0 || waiting === null) return;
    const send = waiting;
    waiting = null;
    wanted -= 1;
    send();
  };
  port.on("message", () => {
    wanted += 1;
    handOn();
  });
  return new Writable({
    write(chunk: Buffer, _, done) {
      waiting = () => {
        port.postMessage(chunk);
        done();
      };
      handOn();
    },
  });
}

async function make(port: MessagePort, { address, tag, names, holidays, ...of }: LedgerAssignment): Promise<void> {
  const sink = sinkTo(port);
  const redis = connect(address, TASK);
  redis.connect().catch(() => {});
  await untilReady(redis, READY_WAIT_MS);
  await streamLedger(sink, { redis, tag }, { ...of, names: namesOf(names), calendar: openCalendar(holidays) });
  sink.end();
  await once(sink, "finish");
  redis.disconnect();
  port.postMessage(null);
  port.close();
}

const given = workerData as (LedgerAssignment & { readonly task?: string }) | null;
if (!isMainThread && parentPort && given?.task === TASK) await make(parentPort, given);
