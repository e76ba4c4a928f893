/** The line that `bangban match` prints for a message: its keys and their order are relied on. */
import type { Understanding } from "./understanding.ts";

export interface MatchLine {
  readonly text: string;
  readonly kind: Understanding["kind"];
  readonly items: readonly string[];
  readonly command: Understanding["command"];
  readonly confidence: number;
  readonly candidates: Understanding["candidates"];
  readonly because: Understanding["because"];
  readonly closest: Understanding["closest"];
}

export function matchLine(understanding: Understanding, text: string): MatchLine {
  const { kind, items, command, confidence, candidates, because, closest } = understanding;
  return {
    text,
    kind,
    items,
    command,
    confidence: rounded(confidence),
    candidates: candidates.map((candidate) => ({ item: candidate.item, confidence: rounded(candidate.confidence) })),
    because,
    closest,
  };
}

function rounded(confidence: number): number {
  return Math.round(confidence * 10_000) / 10_000;
}
