import { plain } from "../../words/plain.ts";
import * as toAnybody from "../../words/replies.ts";
import type { Draft } from "../draft.ts";
import { itemName, named, seesAll } from "../lines/facts.ts";
import type { Scene } from "../scene.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";

export function askWhich(draft: Draft, scene: Scene, options: readonly StoredTicket[], text: string): void {
  const described = options.map(({ ticket }) => {
    const { number } = named(ticket);
    const said = seesAll(scene, ticket) ? `　${plain(ticket.text, 20)}` : "";
    return `${number} ${itemName(scene, ticket.item)}${said}`;
  });
  draft.answer(toAnybody.whichTicket(described, scene.prompts));
  draft.ask(scene, { kind: "which", options: options.map(({ ticket }) => ticket.number), text });
}
