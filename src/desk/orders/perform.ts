/** An order about one ticket is carried out, or it is said why not. */
import { shanghaiDate } from "../../pledge/hours.ts";
import * as toAnybody from "../../words/replies.ts";
import { answerGeneral, isGeneral } from "../asking/general.ts";
import type { Draft } from "../draft.ts";
import { actName, named, staffName } from "../lines/facts.ts";
import { isGroup } from "../lines/home.ts";
import type { Scene } from "../scene.ts";
import { ACTIVE, type State } from "../ticket/state-machine.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import { ACTS } from "./acts.ts";
import type { Command } from "./command.ts";
import { performAtDesk } from "./desk-acts.ts";
import {
  asDeskAct,
  asTicketAct,
  gradesOwnWork,
  isWork,
  mayDo,
  type Relation,
  relationsTo,
  type TicketAct,
  whoMay,
} from "./entitlement.ts";
import { hindrance } from "./hindrance.ts";
import { unmerge } from "./merging.ts";

type Relations = ReadonlySet<Relation>;

export function perform(draft: Draft, scene: Scene, stored: StoredTicket, command: Command): void {
  if (command.command === "undo" && stored.ticket.state === "merged") {
    unmerge(draft, scene, stored);
    return;
  }
  if (isGeneral(command.command)) {
    answerGeneral(draft, scene, command.command);
    return;
  }
  const atDesk = asDeskAct(command.command);
  if (atDesk && performAtDesk(draft, scene, atDesk, command)) return;
  const act = asTicketAct(command.command);
  if (!act) {
    draft.answer(toAnybody.notYet(named(stored.ticket), actName(scene, command.command)), stored.ticket);
    return;
  }
  const instead = insteadOf(act, stored.ticket.state);
  if (instead !== null && mayDo(instead, relationsHere(scene, stored))) {
    ACTS[instead](draft, scene, stored, command);
    return;
  }
  const owner = stored.ticket.owner === null ? null : staffName(scene, stored.ticket.owner);
  const relations = relationsHere(scene, stored);
  const refusal = mayDo(act, relations)
    ? hindrance(scene, stored.ticket, act)
    : gradesOwnWork(act, relations)
      ? toAnybody.notOwnWork(named(stored.ticket), graderOf(stored.ticket))
      : toAnybody.mayNot(
          named(stored.ticket),
          actName(scene, act),
          whoMay(act, owner, stored.ticket.proposal),
          isWork(act),
        );
  if (refusal !== null) draft.answer(refusal, stored.ticket);
  else ACTS[act](draft, scene, stored, command);
}

/** 没解决 of what is still worked on wants it done; whoever urges what is over wants to know what came of it. */
function insteadOf(act: TicketAct, state: State): TicketAct | null {
  const active = ACTIVE.some((each) => each === state);
  if (act === "reopen" && active) return "urge";
  return act === "urge" && !active ? "query" : null;
}

/** Who can say how well it was done. */
function graderOf(ticket: Ticket): toAnybody.Grader {
  if (ticket.recorder === null) return "asker";
  return isGroup(ticket) ? "group" : "nobody";
}

export function relationsHere(scene: Scene, { ticket }: Pick<StoredTicket, "ticket">): Relations {
  return relationsTo(ticket, scene, scene.station, shanghaiDate(scene.now));
}
