/** By when a late case is answered at the latest: lateness has a new time (desk-practice 4), and one that can be kept. Pure. */
import { shanghaiDate, shanghaiTime } from "../../pledge/hours.ts";
import { nextRung, type Times } from "../../pledge/ladder.ts";
import type { Ticket } from "../ticket/ticket.ts";

/** Until it is red, while there is more time left than a blue light leaves; else the close of the next working day. */
export function answerBy({ due }: Pick<Ticket, "due">, times: Times, now: number): number {
  const red = nextRung("yellow", due, times);
  const pressing = red && nextRung(null, red.at, times);
  if (red && pressing && pressing.at > now) return red.at;
  return shanghaiTime(times.calendar.nextWorkday(shanghaiDate(now)), times.hours.close);
}
