/** Who gets the leaders' letters, and by which ways: their groups on either platform, or one-to-one. Pure. */
import type { Way } from "../chat/outgoing.ts";
import { chatWays, type Origin, oneToOne } from "../desk/lines/addressing.ts";
import type { Group, Person } from "../station/station.ts";
import { GROUP_WORDS } from "../words/names.ts";

export interface Receiver {
  /** Conversation or person, as lines name them. */
  readonly to: string;
  readonly ways: readonly [Way, ...Way[]];
}

export interface Receivers {
  readonly reached: readonly Receiver[];
  /** Whom nothing can reach as the platforms are set up, by name. */
  readonly unreached: readonly string[];
}

type Candidate = { readonly to: string; readonly name: string; readonly ways: readonly Way[] };

export function receiversOf({ station, platforms }: Pick<Origin, "station" | "platforms">): Receivers {
  const origin: Origin = { station, platforms, message: null };
  const inGroup = ({ platform, chat }: Group): Candidate => {
    const name = `${GROUP_WORDS.leaders} ${chat}`;
    return { to: `${platform}:${chat}`, name, ways: chatWays(origin, platform, chat, []) };
  };
  const alone = ({ id, name }: Person): Candidate => ({ to: id, name, ways: oneToOne(origin, id, null) });
  const { to } = station.digest;
  if (to !== null) {
    const named = to.flatMap((name): Candidate[] => {
      const groups = station.leadersGroups.filter(({ chat }) => chat === name);
      const person = station.personById(name);
      return groups.length > 0 ? groups.map(inGroup) : person ? [alone(person)] : [];
    });
    return sorted(named);
  }
  const groups = sorted(station.leadersGroups.map(inGroup));
  if (groups.reached.length > 0) return groups;
  const leaders = sorted(station.people.filter(({ role }) => role === "leader").map(alone));
  return leaders.reached.length > 0 ? leaders : { reached: [], unreached: [...groups.unreached, ...leaders.unreached] };
}

function sorted(candidates: readonly Candidate[]): Receivers {
  return {
    reached: candidates.flatMap(({ to, ways: [first, ...others] }) =>
      first ? [{ to, ways: [first, ...others] }] : [],
    ),
    unreached: candidates.flatMap(({ name, ways }) => (ways.length === 0 ? [name] : [])),
  };
}
