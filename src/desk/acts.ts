/** What people do to a ticket, and what is said about it. Each act knows that it may be done: `actOn` has checked. */
import { addDays, shanghaiDate } from "../pledge/hours.ts";
import { durationText, whenText } from "../pledge/when.ts";
import * as words from "../words/desk.ts";
import { plain } from "../words/plain.ts";
import type { Command } from "./command.ts";
import { type Draft, pledgeFrom } from "./draft.ts";
import type { TicketAct } from "./entitlement.ts";
import { enterpriseName, itemName, named, ownerName, staffName, statusFacts } from "./facts.ts";
import { offerItems } from "./matching.ts";
import type { Scene } from "./scene.ts";
import { isActive, isEnded, mayHappen, type Ticket } from "./ticket.ts";
import type { StoredTicket } from "./ticket-record.ts";

/** 办结 needs a result that says something: 好了 alone is none. */
const RESULT_CHARACTERS = 5;
/** Rating, correcting it and 未解决: within three working days (desk-practice 2). */
const AFTERWARDS_WORKDAYS = 3;

export type Act = (draft: Draft, scene: Scene, stored: StoredTicket, command: Command) => void;

export const ACTS: Readonly<Record<TicketAct, Act>> = {
  accept(draft, scene, stored) {
    const ticket = draft.happen(stored, { event: "accepted" });
    draft.answer(
      words.accepted({ ...named(ticket), owner: staffName(scene, scene.who), ...promised(scene, ticket) }),
      ticket,
    );
  },

  progress(draft, scene, stored, { argument }) {
    if (!argument) {
      draft.answer(words.resultWanted(named(stored.ticket), scene.prompts), stored.ticket);
      return;
    }
    if (stored.ticket.state === "open") draft.happen(stored, { event: "accepted" });
    const ticket = draft.happen(stored, { event: "noted", kind: "progress", text: argument });
    draft.answer(words.noted(named(ticket)), ticket);
    const facts = { ...named(ticket), owner: staffName(scene, scene.who), text: plain(argument, 500) };
    draft.mention(ticket.asker, ticket, words.progress(facts));
  },

  resolve(draft, scene, stored, { argument }) {
    if ([...argument.replace(/[\s\p{P}]/gu, "")].length < RESULT_CHARACTERS) {
      draft.answer(words.resultWanted(named(stored.ticket), scene.prompts), stored.ticket);
      return;
    }
    if (stored.ticket.state === "open") draft.happen(stored, { event: "accepted" });
    const ticket = draft.happen(stored, { event: "resolved", result: argument });
    draft.answer(words.resultNoted(named(ticket)), ticket);
    const facts = {
      ...named(ticket),
      took: durationText(scene.now - ticket.received),
      late: scene.now > ticket.due,
      due: whenText(ticket.due, scene.now),
      result: plain(argument, 500),
    };
    draft.mention(ticket.asker, ticket, words.resolved(facts, scene.prompts));
    draft.askOther(ticket.conversation, ticket.asker, { kind: "rate", ticket: ticket.id }, scene.now);
  },

  supplement(draft, scene, stored, { argument }) {
    const text = argument || pictures(scene);
    if (!text) {
      draft.answer(words.sayInOneSentence(), stored.ticket);
      return;
    }
    const ticket = draft.happen(stored, { event: "noted", kind: "supplement", text });
    draft.answer(words.supplemented(named(ticket)), ticket);
    if (ticket.owner) draft.mention(ticket.owner, ticket, words.supplementForHelper(named(ticket), plain(text, 500)));
  },

  urge(draft, scene, stored) {
    const ticket = draft.happen(stored, { event: "urged" });
    const owner = ownerName(scene, ticket) ?? "帮办员";
    const due = whenText(ticket.due, scene.now);
    const late = scene.now > ticket.due;
    draft.answer(words.urged({ ...named(ticket), owner, due, late }), ticket);
    const facts = {
      ...named(ticket),
      item: itemName(scene, ticket.item),
      enterprise: enterpriseName(ticket),
      due,
      owner,
    };
    if (ticket.owner) draft.mention(ticket.owner, ticket, words.urgedForHelper(facts));
    if (late) tellChief(draft, scene, ticket, words.lateForChief(facts));
  },

  withdraw(draft, scene, stored, { argument }) {
    const ticket = draft.happen(stored, { event: "withdrawn", reason: argument });
    draft.answer(words.withdrawn(named(ticket)), ticket);
    if (ticket.owner) draft.mention(ticket.owner, ticket, words.withdrawnForHelper(named(ticket)));
    if (scene.known.talk.ask) draft.ask(scene, null);
  },

  change(draft, scene, stored, command) {
    offerItems(draft, scene, stored, command.explicit ? command.argument : "");
  },

  "rate-good": rate,
  "rate-bad": rate,

  reopen(draft, scene, stored, { argument }) {
    const { why: _, ...pledge } = pledgeFrom(scene, scene.now, stored.ticket.size);
    const ticket = draft.happen(stored, { event: "reopened", ...pledge, reason: argument });
    const due = whenText(ticket.due, scene.now);
    draft.answer(words.reopened({ ...named(ticket), due, owner: ownerName(scene, ticket) ?? "帮办员" }), ticket);
    const item = itemName(scene, ticket.item);
    const facts = {
      ...named(ticket),
      item,
      enterprise: enterpriseName(ticket),
      due,
      text: plain(argument || "未解决", 300),
    };
    if (ticket.owner) draft.mention(ticket.owner, ticket, words.reopenedForHelper(facts, scene.prompts));
    draft.ask(scene, null);
  },

  query(draft, scene, { ticket }) {
    draft.answer(words.status(statusFacts(scene, ticket, scene.now, seesAll(scene, ticket))), ticket);
  },
};

function rate(draft: Draft, scene: Scene, stored: StoredTicket, { rating, argument }: Command): void {
  if (rating === null) return;
  if (stored.ticket.rating === rating) {
    draft.answer(words.rated(named(stored.ticket), rating >= 3), stored.ticket);
    return;
  }
  let ticket = draft.happen(stored, { event: "rated", rating });
  if (rating >= 3 && mayHappen(ticket, "closed")) ticket = draft.happen(stored, { event: "closed" });
  if ([...argument].length > 6 && mayHappen(ticket, "noted")) {
    draft.happen(stored, { event: "noted", kind: "remark", text: argument });
  }
  draft.answer(words.rated(named(ticket), rating >= 3), ticket);
  draft.ask(scene, null);
  if (rating <= 2) {
    const item = itemName(scene, ticket.item);
    const owner = ownerName(scene, ticket) ?? "帮办员";
    const facts = {
      ...named(ticket),
      item,
      enterprise: enterpriseName(ticket),
      rating: words.RATING_WORDS[rating],
      owner,
    };
    tellChief(draft, scene, ticket, words.lowRatingForChief(facts));
  }
}

/** Why an act that its author may do cannot be done now; null if it can. */
export function hindrance(scene: Scene, ticket: Ticket, act: TicketAct): string | null {
  const name = actName(scene, act);
  if (act === "query") return null;
  if (act === "rate-good" || act === "rate-bad" || act === "reopen") {
    if (ticket.resolvedAt === null) {
      return isEnded(ticket)
        ? words.notNow(named(ticket), name, words.STATE_WORDS[ticket.state])
        : words.notNow(named(ticket), name, "尚未办结");
    }
    return isStillOpenToWords(scene, ticket.resolvedAt) ? null : words.tooLate(named(ticket), name, scene.prompts);
  }
  if (act === "accept" && ticket.state !== "open" && isActive(ticket)) {
    return words.notNow(named(ticket), name, `已由${ownerName(scene, ticket) ?? "帮办员"}办理`);
  }
  return isActive(ticket) ? null : words.notNow(named(ticket), name, words.STATE_WORDS[ticket.state]);
}

function isStillOpenToWords({ calendar, now }: Scene, resolvedAt: number): boolean {
  let last = shanghaiDate(resolvedAt);
  for (let i = 0; i < AFTERWARDS_WORKDAYS; i++) last = calendar.nextWorkday(last);
  return shanghaiDate(now) < addDays(last, 1);
}

export function actName({ intents }: Pick<Scene, "intents">, act: string): string {
  return intents.commands.find(({ id }) => id === act)?.name ?? act;
}

export function seesAll({ person, conversation }: Scene, ticket: Ticket): boolean {
  return ticket.conversation === conversation || (person !== null && conversation.includes(":@"));
}

export function tellChief(draft: Draft, { station }: Pick<Scene, "station">, ticket: Ticket, text: string): void {
  draft.say({ kind: "staff", person: station.chief.id, ticket }, text, ticket);
}

function promised(scene: Scene, ticket: Ticket): { due: string; small: boolean } {
  return { due: whenText(ticket.due, scene.now), small: ticket.size === "small" };
}

/** Pictures are not downloaded: the story keeps `[图片×2]`. */
export function pictures({ message }: Pick<Scene, "message">): string {
  const counts = new Map<string, number>();
  for (const kind of message.attachments) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, n]) => `[${kind}×${n}]`).join("");
}
