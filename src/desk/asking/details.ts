/**
 * What an item asks for (date, number of people …): read from what is typed, kept with the ticket, and asked for once
 * where it is missing and needed. Nothing waits for the answer.
 */
import { shanghaiDate } from "../../pledge/hours.ts";
import {
  type ReadSlots,
  readAnswer,
  readSlots,
  type Ask as SlotAsk,
  type Slots,
  type Surroundings,
} from "../../understanding/slots.ts";
import { neededSlots } from "../../understanding/slots-needed.ts";
import type { Draft } from "../draft.ts";
import type { Ask } from "../known.ts";
import type { Scene, Setting } from "../scene.ts";
import { isActive, mayHappen, type Ticket } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";

/** What is known already is only replaced by words that say so: 改到周四, 换成四十人. */
const REPLACES = /改|换|变|调|提前|推迟|延[期后到]|更正|应该是|不是/u;
/** What stands around details, and asks for nothing: 时间定在…, 我们大概…参加。 */
const FILLERS =
  /时间|日期|人数|地点|联系人|姓名|名字|电话|手机号?|号码|数量|需求|补充|要求|活动|开会|听课|上课|讲课|培训|能坐下?|坐得下|到会|使用|用的?|定在|安排在|就定|应该|可能|预计|估计|大概|大约|左右|一共|总共|全部|参加|到场|我们|公司|这边|党员|同志|上下|暂定|先按|就是|就行|可以|谢谢|麻烦|您好|你好|好的|[改换调][到成为]|提前到|推迟到|延到|是|在|有|约|共|吧|呢|啊|哦|嗯|的|了|那|就|算|按|和|等|开始|结束|叫|来|去|都|要/gu;

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
