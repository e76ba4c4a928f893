/** A message that failed every time: nothing of it is read any more, it is kept for a person, and the chief is told. */
import type { Plan, Write } from "../../lanes/commit.ts";
import type { Taken } from "../../lanes/inbox.ts";
import { keys } from "../../store/keys.ts";
import * as toAnybody from "../../words/replies.ts";
import type { Setting } from "../scene.ts";
import { address } from "./addressing.ts";

const KEPT_S = 30 * 86_400;
const REASON = "多次处理失败";

export function asidePlan(taken: Taken, { station, platforms, newId }: Setting, wireNow: number): Plan {
  const { conversation, uid } = taken;
  const audience = { kind: "staff" as const, person: station.chief.id, ticket: null };
  const line = { audience, text: toAnybody.unreadable(conversation), about: null };
  const replies = [address(line, { station, message: null, platforms, newId })];
  return { head: { conversation, uid }, checks: [], numbers: [], writes: keptForReading(taken, wireNow), replies };
}

/** The message as it stands in its lane, where `/api/inbox?state=failed` finds it. */
export function keptForReading({ uid, conversation, received, message, deliveries }: Taken, wireNow: number): Write[] {
  const key = keys.inFailedEntry(uid);
  const entry = `${uid}\n${received}\n${JSON.stringify(message)}`;
  return [
    ["HSET", key, "entry", entry, "conversation", conversation, "reason", REASON, "attempts", String(deliveries)],
    ["EXPIRE", key, String(KEPT_S)],
    ["ZADD", keys.inFailed, String(wireNow), uid],
  ];
}
