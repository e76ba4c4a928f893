/** One line to the chief about a line that nobody got; it is never followed by another. */
import type { Outgoing } from "../../chat/outgoing.ts";
import type { Group, Station } from "../../station/station.ts";
import * as called from "../../words/names.ts";
import * as toAnybody from "../../words/replies.ts";
import { address, type Origin } from "./addressing.ts";

export function noticeOf(line: Outgoing, origin: Omit<Origin, "message"> & { newId(): string }): Outgoing {
  const { station } = origin;
  const text = toAnybody.undeliverable(line.about, receiverOf(station, line.to), line.called);
  const audience = { kind: "staff" as const, person: station.chief.id, ticket: null };
  const notice = address({ audience, text, about: null }, { ...origin, message: null });
  return { ...notice, about: line.about, notice: true, urgent: false };
}

/** As the chief knows it: a person's name, a company's group; the id of whoever is in no list. */
function receiverOf(station: Station, to: string): string {
  const person = station.personById(to);
  if (person) return person.name;
  const group = station.groups.find(({ platform, chat }) => to === `${platform}:${chat}`);
  return group ? groupName(station, group) : to.slice(to.indexOf(":") + 1).replace(/^@/u, "");
}

function groupName(station: Station, { kind, enterprise, point }: Group): string {
  if (kind !== "service") return called.GROUP_WORDS[kind];
  const owner = enterprise ?? (point === null ? null : station.point(point)?.name) ?? "";
  return `${owner}${called.GROUP_WORDS.service}`;
}
