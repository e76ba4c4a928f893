/** Sends what the out-lanes lend: one message a lease, and whatever became of it is settled. */
import {
  type Capability,
  type Outgoing,
  type SendOutcome,
  textOn,
  type Utterance,
  type Way,
  type Ways,
} from "../chat/outgoing.ts";
import { splitText } from "../chat/parts.ts";
import { isAway } from "../store/connection.ts";
import type { Begun, Lent, Outbox, Verdict } from "./outbox.ts";
import { judge, judgeBefore } from "./verdict.ts";

/** Sends in flight to one origin, so that a stalled platform does not hold the others. */
const MOST_PER_ORIGIN = 48;
/** How long a channel waits that found its origin full. */
const CROWDED_MS = 100;
/** And one whose picture could not be read, or does not go this way. */
const AGAIN_MS = 100;

function isVerdict(value: Uint8Array | Verdict | null): value is Verdict {
  return value !== null && "outcome" in value;
}

/** The ways out of one platform, as the sender needs them. */
export interface Speaker {
  readonly ways: Ways;
  origin(way: Way): string | null;
  send(way: Way, utterance: Utterance): Promise<SendOutcome>;
}

export interface SenderDeps {
  readonly outbox: Outbox;
  /** The platform that a channel belongs to; null if it is off. */
  speakerOf(channel: string): Speaker | null;
  /** What stands once under several short lines. */
  mergedClosing(channel: string): string;
  /** The bytes of a line's picture; null where they are kept no more. */
  pictureOf(key: string): Promise<Uint8Array | null>;
  /** One line to the chief about a line that nobody got. */
  notice(line: Outgoing): Outgoing;
  newId(): string;
  readonly now: () => number;
  readonly onSent: (channel: string, outcome: string, ms: number) => void;
  readonly log: { error(details: object, message: string): void };
}

export function openSender(deps: SenderDeps): (lent: Lent) => Promise<void> {
  const inFlight = new Map<string, number>();

  async function attempt(lent: Lent): Promise<void> {
    const speaker = deps.speakerOf(lent.channel);
    const able = ({ line, way }: Begun) => {
      const kind = line.ways[way]?.kind;
      return (kind && speaker?.ways[kind]) ?? null;
    };
    const judged = lent.entries.map((begun) => ({ begun, before: judgeBefore(begun, able(begun), deps.now()) }));
    const settled: Verdict[] = judged.flatMap(({ before }) => before?.verdict ?? []);
    const [first, ...others] = judged.flatMap(({ begun, before }) => (before ? [] : [begun]));
    if (!first) return settle(lent, settled, 0, true);

    const way = first.line.ways[first.way] as Way;
    const all = [first, ...others];
    const capability = able(first);
    const verdicts = (outcome: SendOutcome) => all.map((begun) => judge(begun, capability, outcome));
    if (!speaker || !capability) {
      const refused = verdicts({ kind: "refused", reason: "该平台未启用" });
      return settle(lent, [...settled, ...refused.map(({ verdict }) => verdict)], 0, true);
    }

    const picture = await pictureFor(first, capability);
    if (isVerdict(picture)) return settle(lent, [...settled, picture], AGAIN_MS, true);

    const text = others.length === 0 ? textOn(first.line, way) : mergedText(all, lent.channel);
    if (picture === null && Buffer.byteLength(text) > capability.bytesMax)
      return settleInParts(lent, first, settled, capability);

    const origin = speaker.origin(way) ?? "";
    const busy = inFlight.get(origin) ?? 0;
    if (busy >= MOST_PER_ORIGIN) {
      const waiting = all.map(({ line }): Verdict => ({ id: line.id, outcome: "again", reason: "" }));
      return settle(lent, [...settled, ...waiting], CROWDED_MS, true);
    }
    inFlight.set(origin, busy + 1);
    const from = performance.now();
    let outcome: SendOutcome;
    try {
      const buttons = capability.buttons && others.length === 0 ? (first.line.buttons ?? []) : [];
      const said = picture === null ? { text } : { text: "", picture };
      outcome = await speaker.send(way, { id: first.line.id, buttons, ...said });
    } finally {
      const left = (inFlight.get(origin) ?? 1) - 1;
      if (left > 0) inFlight.set(origin, left);
      else inFlight.delete(origin);
    }
    deps.onSent(lent.channel, outcome.kind, performance.now() - from);
    const judgements = verdicts(outcome);
    const restMs = Math.max(...judgements.map((judgement) => judgement.restMs));
    return settle(lent, [...settled, ...judgements.map(({ verdict }) => verdict)], restMs, false);
  }

  /** Null: on this way its text is said. */
  async function pictureFor(begun: Begun, { pictures }: Capability): Promise<Uint8Array | Verdict | null> {
    const { line, way } = begun;
    if (line.picture === undefined || way >= line.picture.ways) return null;
    // The way could do it when the line was written.
    if (!pictures) return judge(begun, null, { kind: "refused", reason: "这条途径不能发图片" }).verdict;
    try {
      const bytes = await deps.pictureOf(line.picture.key);
      // A link to it would lead nowhere.
      return bytes ?? { id: line.id, outcome: "failed", reason: "图片已过保存期限" };
    } catch (error) {
      // Nothing has left yet: that Redis was away for a moment is no doubt about the line.
      if (isAway(error)) return { id: line.id, outcome: begun.maybeSent ? "doubt" : "again", reason: "" };
      throw error;
    }
  }

  function mergedText(all: readonly Begun[], channel: string): string {
    return [...all.map(({ line }) => line.merge?.line ?? line.text), deps.mergedClosing(channel)].join("\n");
  }

  /** Longer than this way carries: its parts take its place, each with the number, and go the same ways. */
  async function settleInParts(lent: Lent, begun: Begun, settled: Verdict[], { bytesMax }: Capability): Promise<void> {
    const { line, way: index } = begun;
    const { elsewhere: _, picture: __, ...own } = line;
    const text = textOn(line, line.ways[index] as Way);
    const lines = splitText(text, bytesMax, line.about).map((part) => ({
      ...own,
      id: deps.newId(),
      text: part,
      ways: line.ways.slice(index),
      merge: null,
    }));
    const others = lent.entries.filter((other) => other !== begun && !settled.some(({ id }) => id === other.line.id));
    const waiting = others.map((other): Verdict => ({ id: other.line.id, outcome: "again", reason: "" }));
    await settle(lent, [...settled, { id: line.id, outcome: "sent", reason: "" }, ...waiting], 0, true, lines);
  }

  function settle(
    lent: Lent,
    all: readonly Verdict[],
    restMs: number,
    unsent: boolean,
    parts: readonly Outgoing[] = [],
  ): Promise<void> {
    const failed = new Set(all.flatMap(({ id, outcome }) => (outcome === "failed" ? [id] : [])));
    const lost = lent.entries.filter(({ line }) => failed.has(line.id) && !line.notice);
    return deps.outbox.settle(lent, {
      verdicts: all,
      restMs,
      unsent,
      lines: lost.map(({ line }) => deps.notice(line)),
      parts,
    });
  }

  return async (lent) => {
    try {
      await attempt(lent);
    } catch (error) {
      // Not settled: the lease runs out, and the line comes back as one that may have been sent.
      deps.log.error({ err: error, channel: lent.channel }, "a send could not be settled");
    }
  };
}
