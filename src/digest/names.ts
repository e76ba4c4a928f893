/** What points, items and people are called in a letter, a ledger or a chart. */
import { hideNames } from "../desk/asking/names-hidden.ts";
import type { Station } from "../station/station.ts";
import type { Intents } from "../understanding/intents.ts";
import type { Slots } from "../understanding/slots.ts";
import { FORMER_ITEM, FORMER_PERSON, FORMER_POINT, UNKNOWN_POINT } from "../words/letters.ts";
import { ASKING_NAME, OTHER_NAME } from "../words/names.ts";

export interface Names {
  readonly station: string;
  readonly point: (id: string | null) => string;
  readonly item: (id: string | null) => string;
  /** Null for an item of no category. */
  readonly category: (item: string | null) => string | null;
  /** Staff of the service are named, also who has left it; null where there is nobody. */
  readonly person: (id: string | null) => string | null;
  /** What was typed, with names of private people hidden (desk-practice 5). */
  readonly hidden: (text: string, slots: Slots) => string;
}

/** The same as lists, which can be handed to a thread. */
export interface NameLists {
  readonly station: string;
  readonly points: ReadonlyMap<string, string>;
  readonly items: ReadonlyMap<string, string>;
  /** By item. */
  readonly categories: ReadonlyMap<string, string>;
  readonly people: ReadonlyMap<string, string>;
}

type Menu = Pick<Intents, "items" | "categories">;

export function namesIn(station: Station, menu: Menu): Names {
  return namesOf(nameLists(station, menu));
}

export function nameLists({ name: station, points, people }: Station, { items, categories }: Menu): NameLists {
  const named = (all: Iterable<{ readonly id: string; readonly name: string }>) =>
    new Map([...all].map(({ id, name }) => [id, name]));
  return {
    station,
    points: named(points),
    items: named(items.values()),
    categories: new Map(categories.flatMap(({ name, items: own }) => own.map(({ id }) => [id, name] as const))),
    people: named(people),
  };
}

/** Whoever or whatever has left the station file has no name any more, and an id is none. */
export function namesOf({ station, points, items, categories, people }: NameLists): Names {
  const staff = new Set(people.values());
  return {
    station,
    point: (id) => (id === null ? UNKNOWN_POINT : (points.get(id) ?? FORMER_POINT)),
    item: (id) => {
      if (id === null) return ASKING_NAME;
      return id === "other" ? OTHER_NAME : (items.get(id) ?? FORMER_ITEM);
    },
    category: (item) => (item === null ? null : (categories.get(item) ?? null)),
    person: (id) => (id === null ? null : (people.get(id) ?? FORMER_PERSON)),
    hidden: (text, slots) => hideNames(text, staff, slots),
  };
}
