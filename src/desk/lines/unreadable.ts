/** A message that made the desk fail several times: kept as it is, nothing in it interpreted, and people are told. */
import type { Understanding } from "../../understanding/understanding.ts";
import * as toAnybody from "../../words/replies.ts";
import { openRequest } from "../asking/requests.ts";
import type { Decision } from "../decision.ts";
import { Draft } from "../draft.ts";
import type { Scene } from "../scene.ts";

const UNREAD: Understanding = {
  kind: "other",
  items: [],
  command: null,
  confidence: 0,
  candidates: [],
  commands: [],
  because: [],
  closest: null,
};

export function decideUnreadable(scene: Scene): Decision {
  const draft = Draft.of(scene);
  const { message, numbers, quoted } = scene;
  // About a ticket that exists it opens none: the chief reads it in the inbox.
  if (numbers.full.length === 0 && quoted.length === 0) openRequest(draft, scene, message.text, UNREAD, null);
  draft.say(
    { kind: "staff", person: scene.station.chief.id, ticket: null },
    toAnybody.unreadable(scene.conversation),
    null,
  );
  return draft.decision();
}
