/** 病了，这周都来不了，活儿给王八: free words about being away are put down once that is confirmed. */
import { shanghaiDate } from "../../pledge/hours.ts";
import type { Person } from "../../station/station.ts";
import { whenShown } from "../../understanding/dates.ts";
import * as words from "../../words/leave.ts";
import { isNeverMind, isNo, isYes, readDigit } from "../asking/short-answers.ts";
import type { Draft } from "../draft.ts";
import type { Ask } from "../known.ts";
import { mayDoAtDesk, mayRegisterLeaveOf } from "../orders/entitlement.ts";
import type { Scene } from "../scene.ts";
import { goOnLeave } from "./leave.ts";
import { speaksOfColleague } from "./leave-of-others.ts";
import { deputyIn, leaveDaysIn, tellsOfLeave } from "./leave-words.ts";
import { absentIn, withoutAbsent } from "./whose-leave.ts";

/** As likely as this, the matcher's word counts beside the days. */
const LIKELY = 0.25;

/** False where the words tell of nothing of the kind, or of somebody whose leave is none of the speaker's. */
export function offerLeave(draft: Draft, scene: Scene, speaker: Person, text: string): boolean {
  const absent = absentIn(scene.station, speaker, text);
  if (absent.kind === "unclear") return false;
  const person = absent.kind === "colleague" ? absent.person : speaker;
  const self = person === speaker;
  if (self ? !mayDoAtDesk("leave", speaker) : !mayRegisterLeaveOf(speaker)) return false;
  const said = self ? text : withoutAbsent(text, person);
  const today = shanghaiDate(scene.now);
  const days = leaveDaysIn(said, today);
  const deputy = deputyIn(scene.station, person, said, speaker);
  const read = scene.understand(text).commands.find(({ command }) => command === "leave")?.confidence ?? 0;
  if (!(days !== null && read >= LIKELY) && !tellsOfLeave(said, days, deputy.kind)) return false;
  if (days === null) {
    draft.answer(words.daysWanted(scene.prompts));
    return true;
  }
  const shown = whenShown({ ...days, time: "" }, today);
  const instead = deputy.kind === "one" ? deputy.person.name : null;
  draft.answer(words.whetherToTake(self ? null : person.name, shown, instead, scene.prompts));
  draft.ask(scene, { kind: "leave", text });
  return true;
}

/** False if the text answers neither yes nor no. */
export function answerLeave(draft: Draft, scene: Scene, { text }: Ask & { kind: "leave" }, answer: string): boolean {
  const { person } = scene;
  if (!person) return false;
  const digit = readDigit(answer);
  const yes = digit === 1 || isYes(answer);
  if (!yes && digit !== 0 && !isNeverMind(answer) && !isNo(answer)) return false;
  draft.ask(scene, null);
  if (!yes) draft.answer(words.notTaken());
  else if (!speaksOfColleague(draft, scene, "leave", person, text)) goOnLeave(draft, scene, person, text);
  return true;
}
