/** What was missing is told: as the answer to the question, by quoting the ticket, or of one's own accord. */
import type { Ask as SlotAsk } from "../../understanding/slots.ts";
import * as toCompany from "../../words/company.ts";
import { plain, RESULT_CHARACTERS } from "../../words/plain.ts";
import * as toStaff from "../../words/staff.ts";
import type { Draft } from "../draft.ts";
import type { Ask } from "../known.ts";
import { named } from "../lines/facts.ts";
import { tellStaff } from "../lines/telling.ts";
import { explicitCommand } from "../orders/command.ts";
import type { Scene } from "../scene.ts";
import { withPictures } from "../ticket/pictures.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import { askOf, detailsIn, keepDetails, ticketsAsked } from "./details.ts";
import { detailsText, maskNames } from "./details-shown.ts";
import { isOwnRequest } from "./joining.ts";
import { pendingAsk } from "./pending-ask.ts";

type DetailsAsk = Ask & { kind: "details" };

/** False if the text says nothing of what was asked for, or asks for something of its own. */
export function answerDetails(draft: Draft, scene: Scene, ask: DetailsAsk, text: string): boolean {
  const asked = ticketsAsked(scene, ask);
  const command = explicitCommand(scene, text);
  if (asked.length === 0 || (command && command.command !== "supplement")) return false;
  const said = command ? command.argument : text;
  const details = detailsIn(scene, said, questionsOf(scene, asked, ask), asked[0]?.ticket.slots ?? [], true);
  if (!details) return false;
  const items = asked.map(({ ticket }) => ticket.item);
  if (!details.alone && !command && isOwnRequest(scene, said, items, askedAgo(scene))) return false;
  const slots = new Set(details.slots.map(([slot]) => slot));
  const answered = asked.filter(({ ticket }) => askOf(scene, ticket)?.some(({ slot }) => slots.has(slot)));
  if (answered.length === 0) return false;
  draft.ask(scene, null);
  supplementAll(draft, scene, answered, withPictures(scene, said), true);
  return true;
}

/** The same of one ticket that was quoted or numbered: only what is details, or was asked for and is no request. */
export function answerDetailsOf(draft: Draft, scene: Scene, stored: StoredTicket, text: string): boolean {
  const pending = pendingAsk(scene);
  const mine = pending?.kind === "details" && [pending.ticket, ...pending.also].includes(stored.ticket.id);
  const command = explicitCommand(scene, text);
  const corrects = command?.command === "change";
  const supplements = command?.command === "supplement";
  if (command && !corrects && !supplements) return false;
  const said = command ? command.argument : text;
  const ask = mine ? questionsOf(scene, [stored], pending) : askOf(scene, stored.ticket);
  const details = detailsIn(scene, said, ask, stored.ticket.slots, mine);
  if (!details) return false;
  // 改 周四下午 corrects a detail, 改 党费收缴 the item.
  const answers = supplements || (!corrects && mine && !isOwnRequest(scene, said, [stored.ticket.item], 0));
  if (!details.alone && !answers) return false;
  if (mine && pending.also.length === 0) draft.ask(scene, null);
  supplementAll(draft, scene, [stored], withPictures(scene, supplements ? said : text), mine);
  return true;
}

/** A supplement to each of them, with what it says of what their items ask for; one line to each helper. */
export function supplementAll(
  draft: Draft,
  scene: Scene,
  several: readonly StoredTicket[],
  text: string,
  asAnswer = false,
): void {
  const lines = new Map<string, { tickets: Ticket[]; texts: string[] }>();
  for (const stored of several) {
    draft.happen(stored, { event: "noted", kind: "supplement", text });
    const { ticket, slots } = keepDetails(draft, scene, stored, text, scene.now, asAnswer);
    const details = slots.length > 0 ? detailsText(scene, ticket) : "";
    draft.answer(toCompany.supplemented(named(ticket), ticket.owner !== null, details), ticket);
    if (ticket.owner === null) continue;
    const own = lines.get(ticket.owner) ?? { tickets: [], texts: [] };
    own.tickets.push(ticket);
    own.texts.push(toStaff.supplementForHelper(named(ticket), saidShown(scene, ticket, text), details));
    lines.set(ticket.owner, own);
  }
  for (const [owner, { tickets, texts }] of lines) tellStaff(draft, scene, owner, tickets, texts.join("\n"));
}

function askedAgo({ now, known }: Scene): number {
  return now - known.talk.askedAt;
}

export function saidShown(scene: Scene, ticket: Ticket, text: string): string {
  return plain(maskNames(scene, text, ticket), RESULT_CHARACTERS);
}

function questionsOf(scene: Scene, asked: readonly StoredTicket[], { slots }: DetailsAsk): SlotAsk {
  return asked.flatMap(({ ticket }) => (askOf(scene, ticket) ?? []).filter(({ slot }) => slots.includes(slot)));
}
