/** When the company is answered, as it is told: as promised, or where that is over, by when at the latest. Pure. */
import { whenText } from "../../pledge/when.ts";
import type { AnsweredBy } from "../../words/line.ts";
import { timesOf } from "../clock/accept-by.ts";
import { answerBy } from "../clock/answer-by.ts";
import type { Setting } from "../scene.ts";
import { isLate } from "../ticket/lateness.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { named } from "./facts.ts";

export function answeredBy(setting: Setting, ticket: Ticket, now: number): AnsweredBy {
  const late = isLate(ticket, now);
  const by = late ? answerBy(ticket, timesOf(setting), now) : ticket.due;
  return { ...named(ticket), by: whenText(by, now), late };
}
