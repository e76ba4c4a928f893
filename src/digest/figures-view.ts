/** Figures as programs see them (design.md 6, `digest --json`), to the letter. Pure. */
import type { Counts } from "./counts.ts";
import type { Figures } from "./figures.ts";

export function figuresView({ period: { from, to }, total, points, items }: Figures) {
  const { carried, received, reopened, resolved, withdrawn, declined, merged, open } = total;
  const { due, onTime, overdue, firstDue, firstOnTime, rated, satisfied } = total;
  return {
    from,
    to,
    ...{ carried, received, reopened, resolved, withdrawn, declined, merged, open },
    ...{ due, onTime, overdue, firstDue, firstOnTime, rated, satisfied },
    points: [...points].map(([point, row]) => ({ point, ...pointCounts(row) })),
    items: [...items].filter(([, row]) => row.received > 0).map(([item, row]) => ({ item, received: row.received })),
  };
}

function pointCounts({ received, resolved, due, onTime }: Counts) {
  return { received, resolved, due, onTime };
}
