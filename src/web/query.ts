/** What may stand behind the question mark of `/api`: read once, refused with one line. Names that we do not know are left alone. */
import type { ParsedUrlQuery } from "node:querystring";
import { STATES, type State } from "../desk/ticket/state-machine.ts";
import type { DateText } from "../pledge/hours.ts";

/** The caller's mistake; `message` is told. */
export class BadQuery extends Error {
  readonly status = 400;
  readonly expose = true;
}

export interface TicketQuery {
  readonly state: State | null;
  readonly point: string | null;
  readonly from: DateText | null;
  readonly to: DateText | null;
  readonly limit: number;
  readonly cursor: string | null;
}

export interface LedgerQuery {
  readonly from: DateText;
  readonly to: DateText;
  readonly point: string | null;
}

export const QUEUE_STATES = ["failed", "waiting"] as const;
export type QueueState = (typeof QUEUE_STATES)[number];

export interface QueueQuery {
  /** Null: both. */
  readonly state: QueueState | null;
  readonly limit: number;
  readonly cursor: string | null;
}

const LIMIT_DEFAULT = 50;
const LIMIT_MAX = 200;
/** Longer than any cursor of ours, and than any name. */
const LENGTH_MAX = 600;

export function readTicketQuery(query: ParsedUrlQuery): TicketQuery {
  const from = dateIn(query, "from");
  const to = dateIn(query, "to");
  if (from !== null && to !== null && from > to) throw new BadQuery("from 不能晚于 to");
  return {
    state: oneOf(query, STATES),
    point: textIn(query, "point"),
    from,
    to,
    limit: limitIn(query),
    cursor: textIn(query, "cursor"),
  };
}

/** Left out: up to today, and from the first of the month that it ends in. */
export function readLedgerQuery(query: ParsedUrlQuery, today: DateText): LedgerQuery {
  const given = dateIn(query, "from");
  const to = dateIn(query, "to") ?? (given !== null && given > today ? given : today);
  const from = given ?? `${to.slice(0, 8)}01`;
  if (from > to) throw new BadQuery("from 不能晚于 to");
  return { from, to, point: textIn(query, "point") };
}

export function readQueueQuery(query: ParsedUrlQuery): QueueQuery {
  return { state: oneOf(query, QUEUE_STATES), limit: limitIn(query), cursor: textIn(query, "cursor") };
}

/** Left empty is left out: `?state=&point=` is how forms send it. */
function textIn(query: ParsedUrlQuery, name: string): string | null {
  const value = query[name];
  if (Array.isArray(value)) throw new BadQuery(`${name} 只能写一次`);
  if (value === undefined || value === "") return null;
  if (value.length > LENGTH_MAX) throw new BadQuery(`${name} 太长`);
  return value;
}

function oneOf<const Value extends string>(query: ParsedUrlQuery, values: readonly Value[]): Value | null {
  const text = textIn(query, "state");
  if (text === null) return null;
  const found = values.find((value) => value === text);
  if (found === undefined) throw new BadQuery(`state 只能是 ${values.join("、")} 之一`);
  return found;
}

function limitIn(query: ParsedUrlQuery): number {
  const text = textIn(query, "limit");
  if (text === null) return LIMIT_DEFAULT;
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > LIMIT_MAX) throw new BadQuery(`limit 应为 1 到 ${LIMIT_MAX} 的整数`);
  return limit;
}

function dateIn(query: ParsedUrlQuery, name: string): DateText | null {
  const text = textIn(query, name);
  if (text === null) return null;
  if (!isRealDate(text)) throw new BadQuery(`${name} 应为 2026-11-23 这样的真实日期`);
  return text;
}

function isRealDate(text: string): text is DateText {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  // 2026-02-30 is parsed as the second of March.
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
