/** 08:30 今日待办 (desk-practice 6): every working day, when the quiet hours are over, everybody's box is to be said. */
import { shanghaiDate, shanghaiTime } from "../../pledge/hours.ts";
import { isAway } from "../../station/duty.ts";
import type { Station } from "../../station/station.ts";
import { keys } from "../../store/keys.ts";
import { BOX, staffBox } from "./box.ts";
import { NO_WORK, type Routine } from "./routine.ts";

export const morningRoutine: Routine = {
  name: "morning",
  next(after, { calendar, station }) {
    const today = shanghaiDate(after);
    const at = morningOf(today, station);
    if (calendar.isWorkday(today) && after < at) return at;
    return morningOf(calendar.nextWorkday(today), station);
  },
  async work(_scheduled, now, { station }) {
    const today = shanghaiDate(now);
    const here = station.people.filter((person) => person.role !== "leader" && !isAway(person, today));
    return {
      ...NO_WORK,
      writes: here.flatMap(({ id }) => [
        ["HINCRBY", keys.box(staffBox(id)), "v", "1"],
        ["HSET", keys.box(staffBox(id)), "morning", "1"],
        ["ZADD", keys.steps, "LT", String(now), BOX + staffBox(id)],
      ]),
    };
  },
};

/** When the quiet hours are over (pledge/quiet.ts). */
function morningOf(day: string, { hours: { open, quiet } }: Pick<Station, "hours">): number {
  const overnight = quiet.from > quiet.to;
  return shanghaiTime(day, overnight ? Math.max(quiet.to, open) : open);
}
