/** Somebody's identity or bank card number typed where others read along: a gentle word, once a person and group. */
import * as urgent from "../../words/emergency.ts";
import { hasIdentity } from "../../words/mask.ts";
import type { Draft } from "../draft.ts";
import type { Scene } from "../scene.ts";

export function warnOfIdentity(draft: Draft, scene: Scene): void {
  const { message, known } = scene;
  if (message.chat === null || known.talk.warned || !hasIdentity(message.text)) return;
  draft.answer(urgent.identityWarning());
  draft.warned(scene);
}
