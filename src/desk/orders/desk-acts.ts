/** What is ordered at the desk that is about no ticket of its own: a team's days. */
import * as toAnybody from "../../words/team.ts";
import type { Draft } from "../draft.ts";
import { actName } from "../lines/facts.ts";
import { recordOnBehalf } from "../on-behalf/record-for.ts";
import { recordVisit } from "../on-behalf/visit.ts";
import { answerReport } from "../reports/report.ts";
import type { Scene } from "../scene.ts";
import { comeBack, goOnLeave } from "../team/leave.ts";
import { speaksOfColleague } from "../team/leave-of-others.ts";
import { answerToday } from "../team/today.ts";
import { answerTodo } from "../team/todo.ts";
import type { Command } from "./command.ts";
import { type DeskAct, mayDoAtDesk } from "./entitlement.ts";
import { undo } from "./undo.ts";

/** False where nothing was ordered by somebody who may: then the text is taken for what else it may be. */
export function performAtDesk(draft: Draft, scene: Scene, act: DeskAct, command: Command): boolean {
  const { person } = scene;
  if (act === "report" && (command.explicit || mayDoAtDesk(act, person))) {
    answerReport(draft, scene);
    return true;
  }
  if (person && (act === "leave" || act === "back") && speaksOfColleague(draft, scene, act, person)) return true;
  if (!mayDoAtDesk(act, person)) {
    if (command.explicit) draft.answer(toAnybody.forTheTeam(actName(scene, act)));
    return command.explicit;
  }
  if (act === "undo") {
    undo(draft, scene);
    return true;
  }
  if (!person) return false;
  switch (act) {
    case "leave":
      goOnLeave(draft, scene, person, command.argument);
      return true;
    case "back":
      comeBack(draft, scene, person, scene.message.text);
      return true;
    case "todo":
      answerTodo(draft, scene);
      return true;
    case "today":
      answerToday(draft, scene, person);
      return true;
    case "on-behalf":
      recordOnBehalf(draft, scene, command.argument);
      return true;
    case "visit":
      recordVisit(draft, scene, command.argument);
      return true;
    default:
      return false;
  }
}
