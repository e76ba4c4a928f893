/** 08:30 今日待办 (desk-practice 6): every working day, when the quiet hours are over, everybody's box is to be said. */
import { shanghaiDate } from "../../pledge/hours.ts";
import { morningOf } from "../../pledge/quiet.ts";
import { isAway } from "../../station/duty.ts";
import { intoBox, staffBox } from "./box.ts";
import { NO_WORK, type Routine } from "./routine.ts";

export const morningRoutine: Routine = {
  name: "morning",
  next(after, { calendar, station }) {
    const today = shanghaiDate(after);
    const at = morningOf(today, station.hours);
    if (calendar.isWorkday(today) && after < at) return at;
    return morningOf(calendar.nextWorkday(today), station.hours);
  },
  async work(_scheduled, now, { station }) {
    const today = shanghaiDate(now);
    const here = station.people.filter((person) => person.role !== "leader" && !isAway(person, today));
    return {
      ...NO_WORK,
      writes: here.flatMap(({ id }) => intoBox(staffBox(id), "morning", "1", now)),
    };
  },
};
