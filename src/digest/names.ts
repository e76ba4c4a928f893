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

export function namesIn(station: Station, { items, categories }: Pick<Intents, "items" | "categories">): Names {
  const categoryOf = new Map(categories.flatMap(({ name, items: own }) => own.map(({ id }) => [id, name] as const)));
  return {
    station: station.name,
    point: (id) => (id === null ? UNKNOWN_POINT : (station.point(id)?.name ?? id)),
    item: (id) => {
      if (id === null) return ASKING_NAME;
      return id === "other" ? OTHER_NAME : (items.get(id)?.name ?? id);
    },
    category: (item) => (item === null ? null : (categoryOf.get(item) ?? null)),
    person: (id) => (id === null ? null : (station.personById(id)?.name ?? null)),
  };
}
