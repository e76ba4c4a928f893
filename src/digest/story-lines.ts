/**
 * Story lines as the figures read them (desk/story-record.ts writes them). A year has 600,000: what is of no interest is
 * passed over unread, and nothing is copied. Events that this desk does not know are read all the same.
 */
import type { Told } from "./life.ts";

const OF_NO_INTEREST = /^\["(?:noted|detailed|closed|reminded|light|revealed)"/u;

type Line = [event: string, by: string, at: number, message: string | 0, data?: object];

export function readStory(lines: readonly string[]): Told[] {
  const story: Told[] = [];
  for (const line of lines) {
    if (!OF_NO_INTEREST.test(line)) story.push(toldIn(line));
  }
  return story;
}

function toldIn(text: string): Told {
  const [event, by, at, , data = {}] = JSON.parse(text) as Line;
  const told: Told = Object.assign(data, { event, by, at });
  // Absent in a line is null, and these two say who has it now, even if nobody does.
  return (event === "matched" || event === "located") && told.owner === undefined ? { ...told, owner: null } : told;
}
