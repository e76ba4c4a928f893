/** The `req_id`s under which callbacks went out, and how far each has been answered (wecom.md 2.7). */
import type { Shown } from "../../history.ts";
import { newRequestId } from "./frames.ts";

/** Where a callback came from: what an answer under its request is shown in, and below. */
export interface Origin {
  /** The chat as it is shown. */
  readonly room: string;
  /** Id of the shown message; null for an event. */
  readonly message: string | null;
  /** Null for a message. */
  readonly event: string | null;
}

export interface BotRequest extends Origin {
  /** Wire clock, ms. */
  readonly issued: number;
  /** The connection that it went out on. */
  readonly line: number;
  /** The answer that is being written, or was. */
  stream: { readonly id: string; readonly begun: number; readonly shown: Shown } | null;
  /** Answered for good: a finished stream, or anything else that is said in one go. */
  spent: boolean;
}

export interface Requests {
  issue(origin: Origin, line: number, now: number): string;
  /** Undefined: never issued, or older than a conversation may be answered (24 h). */
  look(reqId: string, now: number): BotRequest | undefined;
}

const LIFE_MS = 24 * 3_600_000;

export function openRequests(): Requests {
  /** In the order of issue: what is oldest stands first. */
  const requests = new Map<string, BotRequest>();
  return {
    issue(origin, line, now) {
      for (const [reqId, { issued }] of requests) {
        if (now - issued <= LIFE_MS) break;
        requests.delete(reqId);
      }
      const reqId = newRequestId();
      requests.set(reqId, { ...origin, issued: now, line, stream: null, spent: false });
      return reqId;
    },
    look(reqId, now) {
      const found = requests.get(reqId);
      return found !== undefined && now - found.issued <= LIFE_MS ? found : undefined;
    },
  };
}
