/**
 * What becomes of a line after a send was tried: pure, and the only place where it is decided
 * (design.md 2, "The two lanes", column out).
 */
import type { Capability, SendOutcome } from "../chat/outgoing.ts";
import type { Begun, Verdict } from "./outbox.ts";

const BACK_OFF_MIN_MS = 500;
const BACK_OFF_MAX_MS = 60_000;
/** So often may a sender die with a line in hand: each death costs one repetition at most, none may cost the line. */
const MOST_DEATHS = 8;
/** About ten minutes; then the next way, where there is one. */
const MOST_BUSY = 15;
/** A channel that has been busy or paced for about a day is not coming back. */
const MOST_ATTEMPTS = 1500;

export function backOffMs(attempts: number): number {
  return Math.min(BACK_OFF_MIN_MS * 2 ** Math.min(attempts - 1, 10), BACK_OFF_MAX_MS);
}

export interface Judgement {
  readonly verdict: Verdict;
  /** How long the whole channel rests. */
  readonly restMs: number;
}

/** Before anything is sent: an entry that may have been sent already, or cannot go this way any more. */
export function judgeBefore(begun: Begun, capability: Capability | null, wireNow: number): Judgement | null {
  const way = begun.line.ways[begun.way];
  if (!way) return judged(begun, "failed", "没有可以送达的途径");
  if (begun.maybeSent && !mayRepeat(begun, capability, MOST_DEATHS)) {
    return judged(begun, "failed", "可能已经送出，未再重发");
  }
  if ("expires" in way && way.expires <= wireNow) {
    return moveOnFrom(begun, "这条消息的回复时限已过");
  }
  return null;
}

export function judge(begun: Begun, capability: Capability | null, outcome: SendOutcome): Judgement {
  switch (outcome.kind) {
    case "sent": {
      const sent = judged(begun, "sent", "");
      return outcome.knownAs === undefined ? sent : { ...sent, verdict: { ...sent.verdict, knownAs: outcome.knownAs } };
    }
    case "busy":
      // This time certainly not taken: nobody waits a day for an address that is wrong.
      if (begun.attempts >= (begun.line.ways[begun.way + 1] ? MOST_BUSY : MOST_ATTEMPTS)) {
        return moveOnFrom(begun, outcome.reason);
      }
      return judged(begun, "again", outcome.reason, backOffMs(begun.attempts));
    case "pace":
      if (begun.attempts >= MOST_ATTEMPTS) return moveOnFrom(begun, outcome.reason);
      return judged(begun, "again", outcome.reason, outcome.restMs);
    case "refused":
      // An address that takes one line refuses it after a doubt because it had arrived.
      if ((capability?.once || outcome.used) && begun.doubts > 0) return judged(begun, "sent", "");
      return moveOnFrom(begun, outcome.reason);
    case "doubt":
      if (mayRepeat({ ...begun, doubts: begun.doubts + 1 }, capability, 1)) {
        return judged(begun, "doubt", outcome.reason, BACK_OFF_MIN_MS);
      }
      return judged(begun, "failed", `可能已经送出，未再重发（${outcome.reason}）`);
  }
}

/** A mention that may have been sent is sent once more, and whatever the way itself keeps from doubling; anything else is not. */
function mayRepeat(
  begun: Pick<Begun, "line" | "doubts">,
  capability: Capability | null,
  mostMentions: number,
): boolean {
  if (capability?.once || capability?.dedupes) return begun.doubts <= MOST_DEATHS;
  return begun.line.pings && begun.doubts <= mostMentions;
}

/** Where it may have arrived, another way would have it read twice: only a mention is worth that. */
function moveOnFrom(begun: Begun, reason: string): Judgement {
  if (begun.doubts > 0 && !begun.line.pings) return judged(begun, "failed", `可能已经送出，未再重发（${reason}）`);
  return moveOn(begun, reason);
}

function moveOn(begun: Begun, reason: string): Judgement {
  const way = begun.way + 1;
  const next = begun.line.ways[way];
  if (!next) return judged(begun, "failed", reason);
  return {
    verdict: { id: begun.line.id, outcome: "next", reason, next: { channel: next.channel, way } },
    restMs: 0,
  };
}

function judged(begun: Begun, outcome: Verdict["outcome"], reason: string, restMs = 0): Judgement {
  return { verdict: { id: begun.line.id, outcome, reason }, restMs };
}
