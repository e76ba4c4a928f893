/** By when whoever is sent for has to accept: so many working minutes, never a night or a rest day (desk-practice 1). */
import { firstResponseDue } from "../../pledge/due.ts";
import type { Times } from "../../pledge/ladder.ts";
import type { Setting } from "../scene.ts";
import { type Awaited, awaitedFrom } from "../ticket/awaited.ts";

type Clocked = Pick<Setting, "calendar" | "station">;

/** What the station's clock goes by. */
export function timesOf({ calendar, station: { hours, ladder } }: Clocked): Times {
  return { calendar, hours, ladder };
}

export function acceptByFrom({ calendar, station }: Clocked, now: number): number {
  return firstResponseDue(now, station.ladder.accept, calendar, station.hours);
}

/** Who is sent for only when the first response is due already has as long as anybody; nothing to say otherwise. */
export function awaitedAnew(setting: Clocked, acceptBy: number, now: number): { readonly awaited?: Awaited } {
  return acceptBy > now ? {} : { awaited: awaitedFrom(acceptByFrom(setting, now)) };
}
