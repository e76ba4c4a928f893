/** What points, items and people are called in a letter, a ledger or a chart. */
import type { Station } from "../station/station.ts";
import type { Intents } from "../understanding/intents.ts";
import { UNKNOWN_POINT } from "../words/letters.ts";
import { ASKING_NAME, OTHER_NAME } from "../words/names.ts";

export interface Names {
  readonly station: string;
  readonly point: (id: string | null) => string;
  readonly item: (id: string | null) => string;
  /** Null for an item of no category. */
  readonly category: (item: string | null) => string | null;
  /** Staff of the service are named; anybody else is null. */
  readonly person: (id: string | null) => string | null;
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

export function namesOf({ station, points, items, categories, people }: NameLists): Names {
  return {
    station,
    point: (id) => (id === null ? UNKNOWN_POINT : (points.get(id) ?? id)),
    item: (id) => {
      if (id === null) return ASKING_NAME;
      return id === "other" ? OTHER_NAME : (items.get(id) ?? id);
    },
    category: (item) => (item === null ? null : (categories.get(item) ?? null)),
    person: (id) => (id === null ? null : (people.get(id) ?? null)),
  };
}
