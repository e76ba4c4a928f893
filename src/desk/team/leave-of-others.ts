/** 孙三请假三天, said by somebody else: put down where the speaker may, and never as the speaker's own. */
import type { Person } from "../../station/station.ts";
import * as words from "../../words/leave.ts";
import { plain } from "../../words/plain.ts";
import type { Draft } from "../draft.ts";
import { mayRegisterLeaveOf } from "../orders/entitlement.ts";
import type { Scene } from "../scene.ts";
import { comeBack, goOnLeave } from "./leave.ts";
import { absentIn } from "./whose-leave.ts";

const TYPED_CHARACTERS = 12;

/** False where the speaker's own is meant. */
export function speaksOfColleague(
  draft: Draft,
  scene: Scene,
  act: "leave" | "back",
  speaker: Person,
  text = scene.message.text,
): boolean {
  const absent = absentIn(scene.station, speaker, text);
  if (absent.kind === "speaker") return false;
  if (absent.kind === "unclear") draft.answer(words.whoseWanted(plain(absent.typed, TYPED_CHARACTERS), scene.prompts));
  else if (!mayRegisterLeaveOf(speaker)) draft.answer(words.notByYou(absent.person.name));
  else if (act === "leave") goOnLeave(draft, scene, speaker, text, absent.person);
  else comeBack(draft, scene, speaker, text, absent.person);
  return true;
}
