/** What is known of what an item asks for, as lines show it: short, and with what is personal hidden. */
import { maskName } from "../../words/mask.ts";
import { plain } from "../../words/plain.ts";
import type { Setting } from "../scene.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { askOf } from "./details.ts";
import { hideNames } from "./names-hidden.ts";

/** As much of one slot as a line shows. */
const SHOWN_CHARACTERS = 30;
/** `12月2日（周三）下午　约30人`: what the item asks for and is known; names and numbers of people masked. Empty where nothing is. */
export function detailsText(setting: Pick<Setting, "intents">, ticket: Pick<Ticket, "item" | "slots">): string {
  const known = new Map(ticket.slots);
  const order = askOf(setting, ticket)?.map(({ slot }) => slot) ?? [...known.keys()];
  return order
    .flatMap((slot) => {
      const text = known.get(slot);
      return text === undefined ? [] : [plain(slot === "name" ? maskName(text) : text, SHOWN_CHARACTERS)];
    })
    .join("　");
}

/** What the company typed, with private people's names masked: those that are read from it, and those that are known. */
export function maskNames(setting: Pick<Setting, "station">, text: string, { slots }: Pick<Ticket, "slots">): string {
  return hideNames(text, new Set(setting.station.people.map(({ name }) => name)), slots);
}
