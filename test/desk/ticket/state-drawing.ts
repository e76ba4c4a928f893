/** The state machine as a Mermaid drawing for ARCHITECTURE.md: `DRAW=1 npm test -- test/desk/ticket/state-machine.test.ts` writes it. */
import { MOVES, STATES, type State } from "../../../src/desk/ticket/state-machine.ts";

const BEGIN = "<!-- states: drawn from src/desk/ticket/state-machine.ts, see test/desk/ticket/state-drawing.ts -->";
const END = "<!-- /states -->";
const ENDS: readonly State[] = ["closed", "withdrawn", "declined", "merged"];

export function drawing(): string {
  const arrows = new Map<string, string[]>();
  const staying = new Map<State, string[]>();
  for (const [event, moves] of Object.entries(MOVES)) {
    for (const from of STATES) {
      for (const to of moves[from] ?? []) {
        if (to === from) staying.set(from, [...(staying.get(from) ?? []), event]);
        else arrows.set(`${from} --> ${to}`, [...(arrows.get(`${from} --> ${to}`) ?? []), event]);
      }
    }
  }
  return [
    "```mermaid",
    "stateDiagram-v2",
    "  [*] --> open: opened",
    ...[...arrows].map(([arrow, events]) => `  ${arrow}: ${events.join(", ")}`),
    ...ENDS.map((state) => `  ${state} --> [*]`),
    "```",
    "",
    "| state | what may happen without leaving it |",
    "| --- | --- |",
    ...[...staying].map(([state, events]) => `| ${state} | ${events.join(", ")} |`),
  ].join("\n");
}

/** @throws if the page has no place for it */
export function withDrawing(page: string): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`the page has no ${BEGIN} … ${END}`);
  return `${page.slice(0, begin)}${BEGIN}\n\n${drawing()}\n\n${page.slice(end)}`;
}
