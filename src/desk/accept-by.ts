/** By when whoever is sent for has to accept: 30 working minutes, never a night or a rest day (desk-practice 1). */
import { addWorkingMinutes } from "../pledge/working-time.ts";
import { type Awaited, awaitedFrom } from "./awaited.ts";
import type { Setting } from "./scene.ts";
import { FIRST_RESPONSE_MINUTES } from "./ticket.ts";

type Times = Pick<Setting, "calendar" | "station">;

export function acceptByFrom({ calendar, station }: Times, now: number): number {
  return addWorkingMinutes(now, FIRST_RESPONSE_MINUTES, calendar, station.hours);
}

/** Who is sent for only when the first response is due already has as long as anybody; nothing to say otherwise. */
export function awaitedAnew(times: Times, acceptBy: number, now: number): { readonly awaited?: Awaited } {
  return acceptBy > now ? {} : { awaited: awaitedFrom(acceptByFrom(times, now)) };
}
