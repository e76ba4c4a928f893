/** The clock lights a ticket (desk-practice 1): each light once for one promise, and whoever the station says hears of it. */
import { type Ladder, type Light, nextRung, type Receiver } from "../../pledge/ladder.ts";
import { timesOf } from "../clock/accept-by.ts";
import type { Draft } from "../draft.ts";
import type { Setting } from "../scene.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import { notify } from "./box.ts";

/** After a downtime all that were due come one after the other, in their order, and people hear of the last one. */
export function lightUp(draft: Draft, setting: Setting, stored: StoredTicket, now: number): void {
  const times = timesOf(setting);
  for (;;) {
    const { light, due, broken } = draft.current(stored);
    const rung = nextRung(light, due, times);
    // The second promise of one ticket that is not kept is red at once.
    const isAgain = light === "yellow" && broken > 1;
    if (!rung || (rung.at > now && !isAgain)) return;
    const ticket = draft.happen(stored, { event: "light", light: rung.light });
    for (const receiver of receiversOf(rung.light, times.ladder)) notify(draft, setting, ticket, rung.light, receiver);
  }
}

/** Whoever asked was given a new time with the yellow light, until the red one: that is over now, and they hear so too. */
function receiversOf(light: Light, ladder: Ladder): ReadonlySet<Receiver> {
  const isGivenUp = light === "red" && ladder.yellow.tell.includes("asker");
  return new Set([...ladder[light].tell, ...(isGivenUp ? (["asker"] as const) : [])]);
}
