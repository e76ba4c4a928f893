/** What became of everything that was said, and what must not have: pure. */
import type { Shown } from "../../src/sandbox/history.ts";
import type { Bound } from "./ways.ts";

/** One request, and who is responsible for it. */
export interface Said {
  /** The group, or `@account` of somebody who came alone. */
  readonly room: string;
  /** As the desk calls whoever spoke. */
  readonly asker: string;
  readonly text: string;
  readonly helper: { readonly account: string; readonly name: string };
}

export interface Ticket {
  readonly number: string;
  readonly asker: string;
  readonly text: string;
}

/** A line of the desk, in the order in which lines were shown; `real`: when, on the machine's clock. */
export type Line = Pick<Shown, "chat" | "from" | "text" | "mentions" | "at"> & { readonly real: number };

export interface Counted {
  readonly messages: number;
  readonly tickets: number;
  readonly receipts: number;
  readonly mentions: number;
  /** Null where nothing follows anything. */
  readonly inOrder: boolean | null;
  /** When the last of its receipts and mentions was shown: the soak's clock, and the machine's. */
  readonly last: { readonly at: number; readonly real: number };
  readonly faults: readonly string[];
}

/** On a card they stand without their brackets. */
const HEADS = /#(\d{4}-\d{3,}) (已受理|待接单)/gu;

/** `said` in the order in which it was said; `isOneRoom`: all of it in one conversation, so that its order counts. */
export function judge(
  said: readonly Said[],
  tickets: readonly Ticket[],
  lines: readonly Line[],
  isOneRoom: boolean,
): Counted {
  const numbersOf = group(tickets, ({ asker, text }) => `${asker}\n${text}`);
  const heads = lines.flatMap((line, place) =>
    [...line.text.matchAll(HEADS)].map(([, number = "", kind = ""]) => ({ line, place, number, kind })),
  );
  const headsOf = group(heads, ({ number, kind }) => `${number} ${kind}`);

  const faults: string[] = [];
  const wanted = (what: string, count: number, { room, text }: Said): boolean => {
    if (count !== 1) faults.push(`${what} ${count} 次：${room} ${text}`);
    return count === 1;
  };
  let [ticketed, receipted, mentioned, at, real] = [0, 0, 0, 0, 0];
  const numbers: number[] = [];
  const places: number[] = [];
  for (const one of said) {
    const own = numbersOf.get(`${one.asker}\n${one.text}`) ?? [];
    if (!wanted("工单", own.length, one)) continue;
    ticketed++;
    const number = own[0]?.number ?? "";
    numbers.push(placeOf(number));
    const short = number.slice(4);
    const receipts = (headsOf.get(`${short} 已受理`) ?? []).filter(({ line }) => line.chat === one.room);
    const mentions = (headsOf.get(`${short} 待接单`) ?? []).filter(({ line }) => reaches(line, one));
    if (wanted("回执", receipts.length, one)) receipted++;
    if (wanted("提醒", mentions.length, one)) mentioned++;
    places.push(receipts[0]?.place ?? -1);
    for (const { line } of [...receipts, ...mentions]) [at, real] = [Math.max(at, line.at), Math.max(real, line.real)];
  }
  const inOrder = isOneRoom ? ascends(numbers) && ascends(places) : null;
  if (inOrder === false) faults.push("编号或回执的先后与说话的先后不同");
  return {
    messages: said.length,
    tickets: ticketed,
    receipts: receipted,
    mentions: mentioned,
    inOrder,
    last: { at, real },
    faults,
  };
}

/** Called by telephone, spoken to alone, or, where nothing can ring, named. */
function reaches({ chat, mentions, text }: Line, { room, helper }: Said): boolean {
  if (chat === `@${helper.account}`) return true;
  return chat === room && (mentions.includes(helper.account) || text.includes(`@${helper.name}`));
}

/** The most lines that were shown in one such span, wherever that was. */
export function busiest(lines: readonly Line[], { from, per, spanMs }: Bound): number {
  const ours = lines.filter((line) => line.from === from);
  const rooms = per === "all" ? [ours] : [...group(ours, ({ chat }) => chat).values()];
  let most = 0;
  for (const room of rooms) {
    let first = 0;
    room.forEach(({ at }, last) => {
      while ((room[first]?.at ?? at) <= at - spanMs) first++;
      most = Math.max(most, last - first + 1);
    });
  }
  return most;
}

/** Among all numbers: behind 20261207-999 comes 20261207-1000. */
function placeOf(number: string): number {
  const [day = "", nth = ""] = number.split("-");
  return Number(day) * 1e6 + Number(nth);
}

function ascends(values: readonly number[]): boolean {
  return values.every((value, at) => at === 0 || value > (values[at - 1] ?? value));
}

function group<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const found = groups.get(key);
    if (found) found.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
