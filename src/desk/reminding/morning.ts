/** 今日待办: one message a helper when the working day begins, with what the night held back. Pure. */
import { shanghaiDate } from "../../pledge/hours.ts";
import { whenShown } from "../../understanding/dates.ts";
import * as words from "../../words/todo.ts";
import type { Setting } from "../scene.ts";
import { countsOf, todoLines } from "../team/todo.ts";
import type { Ticket } from "../ticket/ticket.ts";

/** Other people's cases that are told; of more only how many there are. */
const BESIDE = 10;

export interface Morning {
  readonly mine: readonly Ticket[];
  /** Of colleagues who are away. */
  readonly others: readonly Ticket[];
  /** What came up in the night about cases of other people. */
  readonly beside: readonly Ticket[];
}

/** @param conversation the group in which it is read, or null among staff, where companies may be named */
export function morningText(
  setting: Setting,
  { mine, others, beside }: Morning,
  conversation: string | null,
  now: number,
): string {
  const where = { ...setting, now, conversation: conversation ?? "" };
  const lines = (tickets: readonly Ticket[]) => todoLines(where, tickets, conversation === null);
  const today = shanghaiDate(now);
  const date = whenShown({ from: today, to: today, time: "" }, today);
  return words.morning(
    date,
    countsOf(where, mine),
    { mine: lines(mine), others: lines(others), beside: lines(beside.slice(0, BESIDE)), more: beside.length - BESIDE },
    [...mine, ...others].some(({ state }) => state === "open"),
    setting.prompts,
  );
}
