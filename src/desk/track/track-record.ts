/**
 * A track as the ticket's hash holds it: one short line of numbers, moments counted from the receipt. A year has a hundred
 * thousand of them, so that every letter of it is half a megabyte.
 */
import { DEADLINE_STATES, type Deadline, type Fallen } from "./deadline.ts";
import { COUNTED, type Mark, STANDINGS, type Standing, type Told, Track } from "./track.ts";

/** Of a ticket whose story was written before tracks were kept (store/schema.ts sees to it that there is none). */
const UNKNOWN = "";
/** For a mark that was found by a call-back, beside ratings 1 to 5. */
const SOLVED = 6;
const UNSOLVED = 7;

type Numbers = number[];
type Line = [
  moves: Numbers,
  promises: Numbers,
  pledge: Numbers,
  response: Numbers,
  marks: Numbers[],
  rest: Numbers,
  reason?: string,
];

/** Of a story from its beginning; unknown where that is no `opened`. */
export function trackOf(story: readonly Told[]): string {
  const [first] = story;
  if (first?.event !== "opened") return UNKNOWN;
  const track = new Track(first.received ?? first.at);
  for (const told of story) hear(track, told);
  return toLine(track);
}

/** With what has happened now. */
export function trackAfter(line: string, received: number, told: Told): string {
  const track = trackFrom(line, received);
  if (track === null) return UNKNOWN;
  hear(track, told);
  return toLine(track);
}

export function trackFrom(line: string, received: number): Track | null {
  if (line === UNKNOWN) return null;
  const [moves, promises, pledge, response, marks, rest, reason = ""] = JSON.parse(line) as Line;
  const track = new Track(received);
  const moment = (offset: number | undefined): number => received + (offset ?? 0);
  for (let i = 0; i < moves.length; i += 2) {
    track.moves.push({ at: moment(moves[i]), to: STANDINGS[moves[i + 1] ?? 0] ?? "active" });
  }
  for (let i = 0; i < promises.length; i += 3) {
    track.promises.push({ at: moment(promises[i]), due: moment(promises[i + 1]), round: promises[i + 2] ?? 1 });
  }
  readDeadline(track.pledge, pledge, received);
  readDeadline(track.response, response, received);
  for (const group of marks) {
    const made: Mark[] = [];
    for (let i = 0; i < group.length; i += 3)
      made.push(markFrom(moment(group[i]), group[i + 1] ?? 0, group[i + 2], received));
    track.marks.push(made);
  }
  const [round = 1, rounds = 1, isMarked = 0, accepted = -1, ...counts] = rest;
  track.round = round;
  track.rounds = rounds;
  track.isMarked = isMarked === 1;
  track.accepted = accepted < 0 ? null : moment(accepted);
  for (const [i, name] of COUNTED.entries()) track.counts[name] = counts[i] ?? 0;
  track.reason = reason;
  return track;
}

function toLine(track: Track): string {
  const { received, round, rounds, isMarked, accepted, counts, reason } = track;
  const offset = (at: number | null): number => (at === null ? -1 : at - received);
  const line: Line = [
    track.moves.flatMap(({ at, to }) => [offset(at), STANDINGS.indexOf(to)]),
    track.promises.flatMap(({ at, due, round: of }) => [offset(at), due - received, of]),
    deadlineNumbers(track.pledge, received),
    deadlineNumbers(track.response, received),
    track.marks.map((group) =>
      group.flatMap(({ at, rating, solved, gone }) => [
        offset(at),
        rating ?? (solved ? SOLVED : UNSOLVED),
        offset(gone),
      ]),
    ),
    [round, rounds, isMarked ? 1 : 0, offset(accepted), ...COUNTED.map((name) => counts[name])],
  ];
  if (reason !== "") line.push(reason);
  return JSON.stringify(line);
}

function deadlineNumbers({ state, due, since, round, fallen }: Deadline, received: number): Numbers {
  const fell = fallen.flatMap(({ at, kept, round: of }) => [at - received, kept ? 1 : 0, of]);
  return [DEADLINE_STATES.indexOf(state), due - received, since - received, round, ...fell];
}

function readDeadline(deadline: Deadline, numbers: Numbers, received: number): void {
  const [state = 0, due = 0, since = 0, round = 0] = numbers;
  deadline.state = DEADLINE_STATES[state] ?? "none";
  deadline.due = received + due;
  deadline.since = received + since;
  deadline.round = round;
  for (let i = 4; i < numbers.length; i += 3) {
    const fallen: Fallen = {
      at: received + (numbers[i] ?? 0),
      kept: numbers[i + 1] === 1,
      round: numbers[i + 2] ?? 0,
    };
    deadline.fallen.push(fallen);
  }
}

function markFrom(at: number, mark: number, gone = -1, received: number): Mark {
  return {
    at,
    rating: mark >= SOLVED ? null : mark,
    solved: mark >= SOLVED ? mark === SOLVED : mark >= 3,
    gone: gone < 0 ? null : received + gone,
  };
}

function hear(track: Track, told: Told): void {
  if (told.event === "undone") takeBack(track, told);
  else track.tell(told);
}

/** Stories of before tracks were kept do not say how it was. */
function takeBack(track: Track, { at: told, back = {} }: Told): void {
  const at = Math.max(told, track.received);
  const before = trackFrom(back.track ?? UNKNOWN, track.received);
  if (before) track.takeBack(before, at);
  else track.standAgain(at, back.state === undefined ? track.standing() : standingOf(back.state), back.due);
}

function standingOf(state: string): Standing {
  if (state === "resolved" || state === "closed") return "resolved";
  return STANDINGS.find((standing) => standing === state) ?? "active";
}
