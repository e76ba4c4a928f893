/** 撤销: within five minutes one's own last act is taken back, if nobody has acted since (desk-practice 6). */
import { whenText } from "../../pledge/when.ts";
import { fromLeaveLine, toLeaveLine } from "../../station/leave.ts";
import * as called from "../../words/names.ts";
import * as words from "../../words/undo.ts";
import type { Change, Line, Visit } from "../decision.ts";
import type { Draft } from "../draft.ts";
import { named } from "../lines/facts.ts";
import { canBeTold, tellStaff } from "../lines/telling.ts";
import type { Scene } from "../scene.ts";
import type { Who } from "../ticket/event.ts";
import { isActive, type Ticket } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import type { Did, Earlier } from "./did.ts";

const UNDO_MS = 5 * 60_000;
/** Stands for the whole group among those who were told. */
const GROUP: Who = "";

/** What this decision has done, as it is kept for those minutes; null where nothing was done that could be taken back. */
export function didOf(
  changes: readonly Change[],
  lines: readonly Line[],
  at: number,
  leave: Did["leave"],
  [visit]: readonly Visit[],
): Did | null {
  if (changes.length === 0 && leave === null && !visit) return null;
  const events = changes.flatMap((change) => change.events.map(({ event }) => event));
  const act = visit ? words.VISIT : leave === null ? words.actOf(events) : leaveActOf(leave);
  return {
    at,
    act,
    leave,
    ...(visit ? { visit: visit.at } : {}),
    toldOfLeave: leave === null ? [] : [...new Set(lines.flatMap(toldBy))],
    tickets: changes.map(({ before, after }) => ({
      id: after.id,
      version: String(Number(before?.version ?? 0) + 1),
      earlier: before && earlierOf(before.ticket, after),
      told: [...new Set(lines.filter((line) => isAbout(line, after)).flatMap(toldBy))],
    })),
  };
}

/** Coming back takes days away, or marks one. */
function leaveActOf({ before, after }: NonNullable<Did["leave"]>): string {
  const daysBack = (line: string) => (line === "" ? 0 : fromLeaveLine(line).back.length);
  return daysBack(after) > daysBack(before) ? "销假" : "请假";
}

function toldBy({ audience }: Line): Who[] {
  if (audience.kind === "answer") return [];
  if (audience.kind === "staff" || audience.kind === "alone") return [audience.person];
  if (audience.kind === "leaders") return [];
  return audience.mention.length > 0 ? [...audience.mention] : [GROUP];
}

function isAbout({ about, also = [] }: Line, { number }: Ticket): boolean {
  return about === number || also.includes(number);
}

function earlierOf(before: Ticket, after: Ticket): Earlier {
  const fields = Object.entries(before).filter(([field, value]) => {
    return JSON.stringify(value) !== JSON.stringify(after[field as keyof Ticket]);
  });
  return Object.fromEntries(fields) as Earlier;
}

export function undo(draft: Draft, scene: Scene): void {
  const { talk, overview } = scene.known;
  const did = talk.did && scene.now - talk.did.at <= UNDO_MS ? talk.did : null;
  if (!did || !overview) {
    draft.answer(words.nothingToUndo());
    return;
  }
  const meant = [...scene.known.named, ...scene.known.shorts];
  if (meant.length > 0 && !meant.some(({ ticket }) => did.tickets.some(({ id }) => id === ticket.id))) {
    draft.answer(words.notThisOne());
    return;
  }
  const stored = new Map((overview?.done ?? []).map((one) => [one.ticket.id, one]));
  const touched = did.tickets.find(({ id, version }) => {
    const now = stored.get(id);
    return (now?.acted ?? now?.version) !== version;
  });
  const moved = did.leave !== null && lineOf(scene, did.leave.person) !== did.leave.after;
  if (touched || moved) {
    const ticket = touched && stored.get(touched.id)?.ticket;
    draft.answer(words.actedSince(ticket ? named(ticket) : null), ticket);
    return;
  }
  for (const one of did.tickets) {
    const before = stored.get(one.id);
    if (before) takeBack(draft, scene, before, one, did.act);
  }
  if (did.leave) takeBackLeave(draft, scene, did, did.leave);
  if (did.visit !== undefined) takeBackVisit(draft, scene, did.visit);
  draft.forgetDid(scene);
}

function takeBack(
  draft: Draft,
  scene: Scene,
  stored: StoredTicket,
  { earlier, told }: Did["tickets"][number],
  act: string,
): void {
  const ticket =
    earlier === null
      ? draft.happen(stored, { event: "withdrawn", reason: "撤销登记" })
      : draft.happen(stored, { event: "undone", act, back: earlier });
  const state = called.STATE_WORDS[ticket.state];
  // An application that was replaced by the one that is taken back is there again.
  const wanted = earlier !== null && "proposal" in earlier ? (ticket.proposal?.due ?? null) : null;
  const again = wanted === null ? "" : words.asksAgain(whenText(wanted, scene.now));
  draft.answer(
    earlier === null ? words.registrationUndone(named(ticket)) : words.undone(named(ticket), act, state) + again,
    ticket,
  );
  const text = words.undoneForOthers(named(ticket), speakerName(scene), act, state) + again;
  const due = earlier !== null && "due" in earlier && isActive(ticket) ? whenText(ticket.due, scene.now) : null;
  const forAsker = words.undoneForAsker(named(ticket), act, state, due);
  // What a leader said was told where no company reads along, and so is that it is taken back.
  const isApart = earlier !== null && "supervisors" in earlier;
  for (const who of told) {
    if (who === scene.who) continue;
    if (who === GROUP) draft.say({ kind: "group", ticket, mention: [] }, forAsker, ticket);
    else if (isApart) draft.say({ kind: "staff", person: who, ticket }, text, ticket);
    else if (scene.station.personById(who)) tellStaff(draft, scene, who, ticket, text);
    else if (canBeTold(scene, ticket)) draft.mention(who, ticket, forAsker);
  }
}

function takeBackLeave(
  draft: Draft,
  scene: Scene,
  did: Did,
  { person, before, after }: NonNullable<Did["leave"]>,
): void {
  draft.leave({ person, before: after, after: before });
  draft.answer(words.undone(null, did.act, ""));
  for (const who of did.toldOfLeave) {
    const text = words.undoneForOthers(null, speakerName(scene), did.act, "");
    if (who !== scene.who && who !== GROUP) draft.say({ kind: "staff", person: who, ticket: null }, text, null);
  }
}

/** What it asked about is asked no longer. */
function takeBackVisit(draft: Draft, scene: Scene, at: number): void {
  draft.visit({ at, by: scene.who, enterprise: null, text: "", undone: true });
  draft.answer(words.undone(null, words.VISIT, ""));
  draft.ask(scene, null);
}

function lineOf({ known }: Scene, person: string): string {
  const leave = known.standing.leaves.get(person);
  return leave ? toLeaveLine(leave) : "";
}

function speakerName({ person }: Scene): string {
  return person?.name ?? "诉求人";
}
