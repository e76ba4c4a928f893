/** The effect of one message or one step, as commit.lua takes it: all or nothing. */
import type { Redis } from "ioredis";
import type { Outgoing } from "../chat/outgoing.ts";
import { readScript, runScript } from "../store/script.ts";
import { checkShape } from "./write-shape.ts";

/** What was read and relied on: a field of a hash (behind the tag) and its value, '' for absent. */
export type Check = readonly [key: string, field: string, expected: string];

/** A Redis command on a key behind the tag. */
export type Write = readonly [command: string, key: string, ...args: string[]];

/** Stands in writes and replies for a number that the commit gives: `long` for 20261123-017, `short` for 1123-017. */
export interface NumberPlaceholder {
  readonly long: string;
  readonly short: string;
  /** YYYYMMDD */
  readonly day: string;
}

export interface Plan {
  /** The message whose effect this is; null for a step that the clock started. */
  readonly head: { readonly conversation: string; readonly uid: string } | null;
  readonly checks: readonly Check[];
  readonly numbers: readonly NumberPlaceholder[];
  readonly writes: Write[];
  readonly replies: readonly Outgoing[];
}

/** `gone`: the message is not the head any more, so this has been done. `moved`: what was read has changed since. */
export type Committed =
  | { readonly kind: "done"; readonly numbers: readonly string[] }
  | { readonly kind: "gone" }
  | { readonly kind: "moved"; readonly key: string };

export type Commit = (plan: Plan) => Promise<Committed>;

const script = readScript("commit");
/** Where a line goes that has no way at all: its lane is taken at once, and given up to a person. */
const NOWHERE = "nowhere:nowhere";

export function openCommit(redis: Redis, tag: string, processId: string, now?: () => number): Commit {
  return async ({ head, checks, numbers, writes, replies }) => {
    const args = [head?.conversation ?? "", head?.uid ?? "", processId, now ? String(now()) : ""];
    args.push(String(checks.length));
    for (const check of checks) args.push(...check);
    args.push(String(numbers.length));
    for (const { long, short, day } of numbers) args.push(long, short, day);
    args.push(String(writes.length));
    for (const write of writes) {
      checkShape(write);
      args.push(String(write.length), ...write);
    }
    args.push(String(replies.length));
    for (const reply of replies) args.push(...replyArguments(reply));
    const [kind, ...rest] = (await runScript(redis, script, tag, args)) as string[];
    if (kind === "done") return { kind, numbers: rest };
    if (kind === "moved") return { kind, key: rest[0] ?? "" };
    return { kind: "gone" };
  };
}

/** id, channel, urgent, body, merge: as commit.lua and settle.lua push a line. */
export function replyArguments(reply: Outgoing): string[] {
  return [
    reply.id,
    reply.ways[0]?.channel ?? NOWHERE,
    reply.urgent ? "1" : "",
    JSON.stringify(reply),
    // As JSON the key has no line break, so that the first one ends it.
    reply.merge ? `${JSON.stringify(reply.merge.key)}\n${reply.merge.line}` : "",
  ];
}
