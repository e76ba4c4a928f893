/**
 * The step by which a letter goes out, at its moment or late. Once: its record is checked and written by the commit that puts
 * its lines into their lanes, so that of two processes one sends it, and a crash before the commit leaves nothing but a
 * picture that nobody links to, which ends by itself (store/pictures.ts).
 *
 * After downtime the newest letter of the kind goes, on its day or on the next working morning, under its own date
 * (schedule.ts). Older ones do not: the chief is told which. What is owed is told by what was dealt with last, not by when
 * anybody looks: called too early, too often or by several it does the same.
 */
import type { Outgoing } from "../chat/outgoing.ts";
import { address } from "../desk/lines/addressing.ts";
import type { Setting } from "../desk/scene.ts";
import type { Check, Write } from "../lanes/commit.ts";
import { shanghaiDate } from "../pledge/hours.ts";
import { keys } from "../store/keys.ts";
import { type Pictures, picturePath } from "../store/pictures.ts";
import * as words from "../words/letters.ts";
import { type ChartData, chartData } from "./chart.ts";
import { daysText } from "./days-text.ts";
import { type Edition, readEdition } from "./edition.ts";
import { hasNothingToSay, letterOf } from "./letter.ts";
import type { Store } from "./lives.ts";
import { namesIn } from "./names.ts";
import { type Kind, type Period, periodOf } from "./period.ts";
import { drawPicture } from "./picture.ts";
import { isPictured, type LetterPicture, post } from "./posting.ts";
import { receiversOf } from "./receivers.ts";
import { lastLetter, nextLetter, sendingOf, untoldBefore } from "./schedule.ts";

export interface LetterOrder {
  readonly kind: Kind;
  /** From when on letters are owed, where none has gone yet: when the index of steps had it; `now` for a desk that begins. */
  readonly scheduled: number;
  /** Desk clock. */
  readonly now: number;
  readonly setting: Pick<Setting, "station" | "calendar" | "intents" | "platforms" | "newId">;
}

export interface LetterDeps {
  readonly store: Store;
  readonly pictures: Pick<Pictures, "put">;
  /** Without a slash at its end; null: no link leads to a picture. */
  readonly publicUrl: string | null;
  readonly log: { warn(details: object, message: string): void };
  /** Another hand, for tests. */
  readonly draw?: (data: ChartData, withinMs: number) => Promise<Uint8Array>;
}

export type LetterStep =
  /** What to commit: nothing is said before it is. */
  | {
      readonly kind: "send";
      readonly lines: readonly Outgoing[];
      readonly checks: readonly Check[];
      readonly writes: readonly Write[];
    }
  /** Come back then. */
  | { readonly kind: "wait"; readonly until: number }
  /** Nothing is owed now. */
  | { readonly kind: "done" };

/** A picture that takes longer is left out: the letter goes on time. */
const DRAWN_WITHIN_MS = 20_000;
/** Longer than anything asks about a letter. */
const RECORD_KEPT_S = 400 * 86_400;
/** Of one long downtime; a desk that was away for longer has other worries. */
const MOST_MISSED = 100;

export async function letterStep(order: LetterOrder, deps: LetterDeps): Promise<LetterStep> {
  const { kind, scheduled, now, setting } = order;
  const { station, calendar } = setting;
  const { redis, tag } = deps.store;
  const handled = await redis.hget(tag + keys.letters, kind);
  const owedAfter = handled === null ? scheduled - 1 : Number(handled);
  const due = lastLetter(kind, now, calendar, station.digest);
  if (due === null || due <= owedAfter) {
    // A desk that begins owes nothing from before: from here on it is known what it does.
    return handled === null ? { kind: "send", lines: [], ...handling(order, handled, due ?? now) } : { kind: "done" };
  }
  const sending = sendingOf(due, now, calendar, station.hours);
  if (sending.kind === "wait") return sending;

  const period = periodOf(kind, shanghaiDate(due));
  const record = keys.letter(kind, period.from);
  const isOver = sending.kind === "over";
  const { checks, writes } = handling(order, handled, due);
  const missed = missedBetween(order, owedAfter, isOver ? now : due - 1);
  const told = missed.length === 0 ? [] : [toChief(order, missed)];
  // As when the station file has it later on a day on which it has gone.
  const isSent = (await redis.hexists(tag + record, "sent")) === 1;
  if (isOver || isSent) return { kind: "send", lines: told, checks, writes };
  const lines = await letterLines(order, period, deps);
  return {
    kind: "send",
    lines: [...lines, ...told],
    checks: [...checks, [record, "sent", ""]],
    writes: [
      ...writes,
      ["HSET", record, "sent", String(now), "due", String(due), "lines", String(lines.length)],
      ["EXPIRE", record, String(RECORD_KEPT_S)],
    ],
  };
}

/** Whoever commits first has dealt with it; for the other it has moved. */
function handling({ kind }: LetterOrder, before: string | null, due: number) {
  const checks: Check[] = [[keys.letters, kind, before ?? ""]];
  const writes: Write[] = [["HSET", keys.letters, kind, String(due)]];
  return { checks, writes };
}

async function letterLines({ kind, now, setting }: LetterOrder, period: Period, deps: LetterDeps): Promise<Outgoing[]> {
  const { station, calendar, intents, platforms } = setting;
  const { reached } = receiversOf(setting);
  if (reached.length === 0) return [];
  const points = station.points.map(({ id }) => id);
  const edition = await readEdition(deps.store, {
    period,
    now,
    points,
    calendar,
    hours: station.hours,
    ladder: station.ladder,
    untold: untoldBefore(period, calendar, station.digest),
  });
  const names = namesIn(station, intents);
  const isWorthIt = !hasNothingToSay(edition) && isPictured(reached, platforms, deps.publicUrl !== null);
  return post({
    letter: letterOf(edition, names, station.digest[kind]?.sections ?? null),
    name: nameOf(kind, period),
    receivers: reached,
    platforms,
    picture: isWorthIt ? await pictureOf(edition, chartData(edition, names), deps) : null,
    newId: setting.newId,
  });
}

/** Whatever fails about it, the letter goes without. */
async function pictureOf(
  { period }: Edition,
  data: ChartData,
  { pictures, publicUrl, log, draw = drawPicture }: LetterDeps,
): Promise<LetterPicture | null> {
  try {
    const key = await pictures.put(await draw(data, DRAWN_WITHIN_MS));
    return { key, link: publicUrl === null ? null : `${publicUrl}${picturePath(key)}` };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log.warn({ kind: period.kind, from: period.from, reason }, "a letter goes without its picture");
    return null;
  }
}

/** Those that should have gone after `from` and up to `until`, by name. */
function missedBetween({ kind, setting }: LetterOrder, from: number, until: number): string[] {
  const { station, calendar } = setting;
  const missed: string[] = [];
  for (let at = nextLetter(kind, from, calendar, station.digest); at !== null && at <= until; ) {
    missed.push(nameOf(kind, periodOf(kind, shanghaiDate(at))));
    at = missed.length < MOST_MISSED ? nextLetter(kind, at, calendar, station.digest) : null;
  }
  return missed;
}

function toChief({ setting }: LetterOrder, missed: readonly string[]): Outgoing {
  const audience = { kind: "staff" as const, person: setting.station.chief.id, ticket: null };
  return {
    ...address({ audience, text: words.missed(missed), about: null }, { ...setting, message: null }),
    urgent: false,
  };
}

function nameOf(kind: Kind, period: Period): string {
  return words.letterName(words.LETTER_NAMES[kind], daysText(period));
}
