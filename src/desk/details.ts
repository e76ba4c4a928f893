/**
 * What an item asks for (date, number of people …): read from what is typed, kept with the ticket, and asked for once
 * where it is missing and needed. Nothing waits for the answer.
 */
import { shanghaiDate } from "../pledge/hours.ts";
import {
  type ReadSlots,
  readAnswer,
  readSlots,
  type Ask as SlotAsk,
  type Slots,
  type Surroundings,
} from "../understanding/slots.ts";
import { findName } from "../understanding/slots-name.ts";
import { neededSlots } from "../understanding/slots-needed.ts";
import { maskName } from "../words/mask.ts";
import { plain } from "../words/plain.ts";
import type { Draft } from "./draft.ts";
import type { Ask } from "./known.ts";
import type { Scene, Setting } from "./scene.ts";
import { isActive, mayHappen, type Ticket } from "./ticket.ts";
import type { StoredTicket } from "./ticket-record.ts";

/** As much of one slot as a line shows. */
const SHOWN_CHARACTERS = 30;
/** A name is looked for no further. */
const NAMED_WITHIN = 600;
/** What is known already is only replaced by words that say so: 改到周四, 换成四十人. */
const REPLACES = /改|换|变|调|提前|推迟|延[期后到]|更正|应该是|不是/u;
/** What stands around details, and asks for nothing: 时间定在…, 我们大概…参加。 */
const FILLERS =
  /时间|日期|人数|地点|联系人|姓名|名字|电话|手机号?|号码|数量|需求|补充|要求|活动|开会|听课|上课|讲课|培训|能坐下?|坐得下|到会|使用|用的?|定在|安排在|就定|应该|可能|预计|估计|大概|大约|左右|一共|总共|全部|参加|到场|我们|公司|这边|党员|同志|左右|上下|暂定|先按|就是|就行|可以|谢谢|麻烦|您好|你好|好的|[改换调][到成为]|提前到|推迟到|延到|是|在|有|约|共|吧|呢|啊|哦|嗯|的|了|那|就|算|按|和|等|开始|结束|叫|来|去|都|要/gu;
/** A request of its own, though it speaks of the same: 再借一间. */
const ANOTHER = /再[借订约要请来派给]|另外?[借订约要请]|另一|还[要想得]再|也[要想]/u;

/** From here on help that no item covers is wanted; below, what was said a moment ago is gone on about. */
export const OTHER_MARK = 0.6;
/** Messages of one person within two minutes about the same thing are one request (desk-practice 2). */
export const JOIN_MS = 2 * 60_000;
/** A sentence that is not only details still answers the question for them. */
const ANSWERED_MS = 10 * 60_000;

function surroundingsOf({ station }: Pick<Setting, "station">, now: number, known: Slots): Surroundings {
  const date = new Map(known).get("date");
  return { today: shanghaiDate(now), staff: new Set(station.people.map(({ name }) => name)), date };
}

export function askOf({ intents }: Pick<Setting, "intents">, { item }: Pick<Ticket, "item">): SlotAsk | null {
  return item === null ? null : (intents.items.get(item)?.ask ?? []);
}

/** Keeps what a text says of what is asked for. What was known stays, unless the text corrects it. */
export function keepDetails(
  draft: Draft,
  setting: Setting,
  stored: StoredTicket | Ticket,
  text: string,
  now: number,
  asAnswer = false,
): { readonly ticket: Ticket; readonly slots: Slots } {
  const ticket = draft.current(stored);
  const known = new Map(ticket.slots);
  const said = readDetails(text, askOf(setting, ticket), surroundingsOf(setting, now, ticket.slots), asAnswer);
  const slots = said.slots.filter(([slot, value]) => {
    const before = known.get(slot);
    if (before === undefined) return true;
    return before !== value && (REPLACES.test(text) || (slot === "date" && isNarrower(before, value)));
  });
  if (slots.length === 0 || !mayHappen(ticket, "detailed")) return { ticket, slots: [] };
  return { ticket: draft.happen(stored, { event: "detailed", slots }), slots };
}

/** A time of the day that was known without one, or 下午两点 of an afternoon. */
function isNarrower(before: string, value: string): boolean {
  const [dayBefore, timeBefore] = dayAndTime(before);
  const [day, time] = dayAndTime(value);
  const isClock = (text: string) => /\d:\d/u.test(text);
  return day !== "" && day === dayBefore && (timeBefore === "" ? time !== "" : isClock(time) && !isClock(timeBefore));
}

function dayAndTime(date: string): readonly [day: string, time: string] {
  const at = date.lastIndexOf("）") + 1;
  return [date.slice(0, at), date.slice(at)];
}

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

/** What is missing and needed of these tickets, each question once, in the order of the menu. */
export function missingOf(setting: Pick<Setting, "intents">, tickets: readonly Ticket[]): SlotAsk {
  const asked = new Map<string, SlotAsk[number]>();
  for (const ticket of tickets) {
    for (const ask of neededSlots(ticket.text, askOf(setting, ticket) ?? [], ticket.slots)) {
      if (!asked.has(ask.slot)) asked.set(ask.slot, ask);
    }
  }
  return [...asked.values()];
}

/** The next message of this person here may be the answer. */
export function expectDetails(draft: Draft, scene: Scene, tickets: readonly Ticket[]): SlotAsk {
  const missing = missingOf(scene, tickets);
  const [first, ...others] = tickets;
  if (first && missing.length > 0) {
    const slots = missing.map(({ slot }) => slot);
    draft.ask(scene, { kind: "details", ticket: first.id, also: others.map(({ id }) => id), slots });
  }
  return missing;
}

/** The tickets that a question for details is about, as far as they are still worked on. */
export function ticketsAsked({ known }: Scene, ask: Ask & { kind: "details" }): StoredTicket[] {
  const { asked, mine } = known;
  const others = mine.filter(({ ticket }) => ask.also.includes(ticket.id) && ticket.id !== asked?.ticket.id);
  return [...(asked ? [asked] : []), ...others].filter(({ ticket }) => isActive(ticket));
}

export interface Details {
  readonly slots: Slots;
  /** The text says nothing else. */
  readonly alone: boolean;
}

/** What a text says of what these slots ask for; null where it says nothing of it. */
export function detailsIn(
  scene: Scene,
  text: string,
  ask: SlotAsk | null,
  known: Slots,
  asAnswer = false,
): Details | null {
  const { slots, rest } = readDetails(text, ask, surroundingsOf(scene, scene.now, known), asAnswer);
  if (slots.length === 0) return null;
  const saysElse = rest.replace(FILLERS, "").replace(/[\s\p{P}\p{S}]/gu, "");
  return { slots, alone: [...saysElse].length < 2 };
}

/** An answer may be as short as 30. */
function readDetails(text: string, ask: SlotAsk | null, surroundings: Surroundings, asAnswer: boolean): ReadSlots {
  return asAnswer && ask ? readAnswer(text, ask, surroundings) : readSlots(text, ask, surroundings);
}

/**
 * An item or `other` above the mark is a request of its own (desk-practice 6), save where the very item is being asked
 * about. `ageMs`: how long ago it was asked; the longer, the less is taken for an answer that is not only details.
 */
export function isOwnRequest(scene: Scene, text: string, items: readonly (string | null)[], ageMs: number): boolean {
  const { kind, confidence, items: meant } = scene.understand(text);
  const same = meant.some((item) => items.includes(item));
  if (kind === "item") return ANOTHER.test(text) || !meant.every((item) => items.includes(item));
  if (kind === "other") return ageMs > JOIN_MS || confidence >= OTHER_MARK;
  if (kind === "unclear") return ageMs > JOIN_MS && !same;
  // Talk, or an order that means nothing here: 我明天休息.
  return ageMs > ANSWERED_MS;
}
