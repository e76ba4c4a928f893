/** 等待 原因: the asker has to do something first. The asker's next word ends it, the clock after three working days at most. */
import { shanghaiDate } from "../../pledge/hours.ts";
import { nextRung } from "../../pledge/ladder.ts";
import { pauseEnds } from "../../pledge/pause.ts";
import { whenText } from "../../pledge/when.ts";
import * as toCompany from "../../words/company-working.ts";
import { plain, RESULT_CHARACTERS } from "../../words/plain.ts";
import * as toStaff from "../../words/staff-working.ts";
import { timesOf } from "../clock/accept-by.ts";
import type { Draft } from "../draft.ts";
import { answeredBy } from "../lines/answered-by.ts";
import { named } from "../lines/facts.ts";
import { speakToAsker, tellAsker, tellOwner } from "../lines/telling.ts";
import type { Scene, Setting } from "../scene.ts";
import { asksReason } from "../team/colleague.ts";
import { afterPause, isLate } from "../ticket/lateness.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import type { Command } from "./command.ts";
import { relationsTo } from "./entitlement.ts";

export function wait(draft: Draft, scene: Scene, stored: StoredTicket, { argument }: Command): void {
  // What is needed must be said, or the asker could not answer it.
  if (asksReason(draft, scene, stored, "wait", { reason: argument })) return;
  if (stored.ticket.state === "open") draft.happen(stored, { event: "accepted" });
  const until = pauseEnds(scene.now, scene.calendar, scene.station.hours);
  const ticket = draft.happen(stored, { event: "paused", reason: argument, until });
  const facts = {
    ...named(ticket),
    reason: plain(argument, RESULT_CHARACTERS),
    until: whenText(until, scene.now),
    late: isLate(ticket, scene.now),
  };
  const telling = tellAsker(draft, scene, ticket, toCompany.paused(facts, scene.prompts));
  if (telling !== "answered") draft.answer(toStaff.paused(facts, telling), ticket);
  draft.ask(scene, null);
  if (telling !== "posted" && telling !== "call")
    draft.askOther(ticket.conversation, ticket.asker, { kind: "waiting", ticket: ticket.id }, scene.now);
}

/** Says nothing: whoever ends the pause knows what to say. */
export function resume(draft: Draft, setting: Setting, stored: StoredTicket, now: number): Ticket {
  const before = draft.current(stored);
  const times = timesOf(setting);
  const since = before.pause?.since ?? now;
  const ticket = draft.happen(stored, { event: "resumed", ...afterPause(before, { since, now }, times) });
  // As little time is left as before: it stays blue, and nobody is told so twice.
  const isStillBlue =
    before.light === "blue" && ticket.light === null && (nextRung(null, ticket.due, times)?.at ?? now) <= now;
  return isStillBlue ? draft.happen(ticket, { event: "light", light: "blue" }) : ticket;
}

/** Whatever the asker's side has just told of a case that waits for it ends the pause. */
export function resumeAnswered(draft: Draft, scene: Scene): void {
  for (const { before, after } of draft.changed()) {
    if (before?.ticket.state !== "paused" || after.state !== "paused") continue;
    const relations = relationsTo(after, scene, scene.station, shanghaiDate(scene.now));
    const asking = relations.has("asker") || relations.has("recorder") || relations.has("colleague");
    if (!asking || after.owner === scene.who) continue;
    const ticket = resume(draft, scene, before, scene.now);
    const answered = answeredBy(scene, ticket, scene.now);
    const due = whenText(ticket.due, scene.now);
    draft.answer(toCompany.resumed(answered), ticket);
    tellOwner(draft, scene, ticket, toStaff.resumed({ ...answered, due }));
  }
}

/** Three working days have passed without a word of the asker. */
export function pauseOver(draft: Draft, setting: Setting, stored: StoredTicket, now: number): void {
  const { pause } = stored.ticket;
  const ticket = resume(draft, setting, stored, now);
  const facts = {
    ...named(ticket),
    due: whenText(ticket.due, now),
    late: isLate(ticket, now),
    reason: plain(pause?.reason ?? "", RESULT_CHARACTERS),
  };
  tellOwner(draft, setting, ticket, toStaff.pauseOver(facts));
  speakToAsker(draft, setting, ticket, toCompany.pauseOver(answeredBy(setting, ticket, now)));
}
