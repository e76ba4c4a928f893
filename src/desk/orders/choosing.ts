/** Where an order may mean several things its speaker says which, by a number; until then nothing happens. */
import { whenText } from "../../pledge/when.ts";
import * as words from "../../words/choosing.ts";
import type { Draft } from "../draft.ts";
import type { Choice } from "../known.ts";
import { actName, named } from "../lines/facts.ts";
import type { Scene } from "../scene.ts";
import { nameAndPlace } from "../team/colleague.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import type { Command } from "./command.ts";

export function askWhichOrder(draft: Draft, scene: Scene, { ticket }: StoredTicket, options: readonly Choice[]): void {
  const shown = options.map(({ act, whom, due }) => {
    const person = whom === null ? null : scene.station.personById(whom);
    const facts = {
      whom: person ? nameAndPlace(scene, person) : "",
      due: due === null ? "" : whenText(due, scene.now),
      asks: scene.who !== scene.station.chief.id,
    };
    return words.CHOICE_WORDS[act]?.(facts) ?? actName(scene, act);
  });
  draft.answer(words.whichOrder(named(ticket), shown, scene.prompts), ticket);
  draft.ask(scene, { kind: "order", ticket: ticket.id, options });
}

export function commandOf({ act, whom, due, said }: Choice): Command {
  const more = { ...(whom === null ? {} : { whom }), ...(due === null ? {} : { due }) };
  return { command: act, argument: said, rating: null, explicit: true, chosen: true, ...more };
}
