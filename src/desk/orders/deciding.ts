/** 同意, 不同意: to what was proposed about a ticket. Who may say so is in the table of entitlement.ts. */
import { shanghaiDate } from "../../pledge/hours.ts";
import { whenText } from "../../pledge/when.ts";
import { plain, RESULT_CHARACTERS } from "../../words/plain.ts";
import * as proposed from "../../words/proposals.ts";
import type { Draft } from "../draft.ts";
import { named, staffName } from "../lines/facts.ts";
import { tellStaff } from "../lines/telling.ts";
import type { Scene } from "../scene.ts";
import { present } from "../team/colleague.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import { askWhichOrder } from "./choosing.ts";
import type { Command } from "./command.ts";
import { type Consent, hasCondition, readConsent } from "./consent.ts";
import { declineNow } from "./declining.ts";
import { extendTo } from "./extension.ts";
import { giveTo } from "./giving.ts";
import { readNewDue } from "./new-due.ts";

export function agree(draft: Draft, scene: Scene, stored: StoredTicket, command: Command): void {
  const { ticket } = stored;
  const { proposal } = ticket;
  if (!proposal || isOfReplaced(draft, scene, stored, command)) return;
  const said = pressedDue(scene, command) === null ? command.argument : "";
  const consent: Consent = command.chosen ? { kind: "plain" } : readConsent(scene, ticket, proposal, said);
  if (consent.kind === "unclear") {
    askWhichOrder(draft, scene, stored, consent.choices);
    return;
  }
  draft.ask(scene, null);
  const { kind, reason, to } = proposal;
  if (kind === "decline") {
    declineNow(draft, scene, stored, reason);
    return;
  }
  if (kind === "hand-over") {
    const person = to === null ? null : scene.station.personById(to);
    // Whoever was there when it was proposed may be away by now.
    const chosen = person && present(draft, scene, stored, { person, why: "", reason });
    if (chosen) giveTo(draft, scene, stored, "assigned", chosen);
    return;
  }
  const due = consent.kind === "until" ? consent.due : (command.due ?? proposal.due);
  if (due === null || due <= scene.now) {
    draft.happen(stored, { event: "lapsed" });
    draft.answer(proposed.timeOver(named(ticket)), ticket);
    return;
  }
  const remark = hasCondition(said) ? said : "";
  const moved = consent.kind === "until" && consent.moved;
  const provisional = !scene.calendar.isPublished(shanghaiDate(due));
  extendTo(draft, scene, stored, { due, provisional, reason, remark, moved });
}

export function refuse(draft: Draft, scene: Scene, stored: StoredTicket, command: Command): void {
  const { proposal } = stored.ticket;
  if (!proposal || isOfReplaced(draft, scene, stored, command)) return;
  draft.ask(scene, null);
  const reason = pressedDue(scene, command) === null ? command.argument : "";
  const ticket = draft.happen(stored, { event: "refused", reason });
  const facts = { ...named(ticket), by: staffName(scene, scene.who), reason: plain(reason, RESULT_CHARACTERS) };
  draft.answer(proposed.refused(named(ticket), proposal.kind), ticket);
  if (proposal.by !== scene.who)
    tellStaff(draft, scene, proposal.by, ticket, proposed.refusedForProposer(facts, proposal.kind));
}

/** A button says which application it stands under: 同意 #1207-017 延至 2026年12月9日（周三）18:00. */
function pressedDue({ calendar, station }: Scene, { argument }: Command): number | null {
  const [, said] = /^延至 (\d{4}年\d{1,2}月\d{1,2}日（周.）\d{1,2}:\d\d)$/u.exec(argument) ?? [];
  return said === undefined
    ? null
    : (readNewDue(said, { due: 0, now: 0, calendar, hours: station.hours })?.due ?? null);
}

/** The button, or a quote, of an application that a newer one has replaced: its word is not taken for the newer. */
function isOfReplaced(draft: Draft, scene: Scene, { ticket }: StoredTicket, command: Command): boolean {
  const { proposal } = ticket;
  const replaced = proposal?.replaced ?? [];
  if (!proposal || proposal.due === null || replaced.length === 0 || command.chosen) return false;
  const pressed = pressedDue(scene, command);
  const [, quoted = ""] = /延至 ([^\n]+)/u.exec(scene.message.quote ?? "") ?? [];
  const isQuoted = (due: number) =>
    [whenText(due, scene.now), whenText(due, due)].some((shown) => quoted.startsWith(shown));
  const isOld = pressed === null ? !isQuoted(proposal.due) && replaced.some(isQuoted) : replaced.includes(pressed);
  if (!isOld) return false;
  draft.answer(proposed.replacedByNewer(named(ticket), whenText(proposal.due, scene.now), scene.prompts), ticket);
  return true;
}
