/** What is known of what an item asks for, as lines show it: short, and with what is personal hidden. */
import { findName } from "../../understanding/slots-name.ts";
import { maskName } from "../../words/mask.ts";
import { plain } from "../../words/plain.ts";
import type { Setting } from "../scene.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { askOf } from "./details.ts";

/** As much of one slot as a line shows. */
const SHOWN_CHARACTERS = 30;
/** A name is looked for no further. */
const NAMED_WITHIN = 600;
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
  const staff = new Set(setting.station.people.map(({ name }) => name));
  const known = slots.flatMap(([slot, name]) => (slot === "name" ? [name] : []));
  const names = new Set([...known, findName(text.slice(0, NAMED_WITHIN), staff)?.text ?? ""]);
  names.delete("");
  let masked = text;
  for (const name of names) masked = masked.replaceAll(name, maskName(name));
  return masked;
}
