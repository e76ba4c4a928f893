/** What the events of working-event.ts do to a ticket. Pure; `evolve` (ticket.ts) is the only one who calls it. */
import type { Light } from "../../pledge/ladder.ts";
import { type Awaited, awaitedFrom } from "./awaited.ts";
import type { State } from "./state-machine.ts";
import type { ProposalKind, WorkingHappening } from "./working-event.ts";

/** What waits for somebody else's word. */
export interface Proposal {
  readonly kind: ProposalKind;
  readonly by: string;
  readonly reason: string;
  readonly to: string | null;
  readonly due: number | null;
  readonly until: number | null;
  readonly deciders: readonly string[];
  readonly replaced?: readonly number[];
}

/** What became of the last proposal, and by whose word. */
export interface Decided {
  readonly kind: ProposalKind;
  readonly agreed: boolean;
  readonly by: string;
  readonly at: number;
  readonly due?: number;
}

export interface Pause {
  readonly since: number;
  readonly until: number;
  readonly reason: string;
}

/** Who has said 督办, and where they hear of it. */
export interface Supervisor {
  readonly by: string;
  readonly conversation: string;
  readonly at: number;
}

/** A station has few leaders: whoever said so longest ago hears no more. */
const SUPERVISORS_MAX = 5;

/** What a ticket knows of how it is worked on. */
export interface Working {
  /** 转办: how often it has changed hands by its helpers' own word. */
  readonly handOvers: number;
  /** 协办: who works on it beside its owner. */
  readonly assistants: readonly string[];
  readonly proposal: Proposal | null;
  readonly decided: Decided | null;
  readonly pause: Pause | null;
  /** Under which number it goes on, and what it was before. */
  readonly merged: {
    readonly into: string;
    readonly was: State;
    readonly at: number;
    readonly light?: Light | null;
  } | null;
  /** Each once, the last one to say so last. */
  readonly supervisors: readonly Supervisor[];
}

export const NEWLY_OPENED: Working = {
  handOvers: 0,
  assistants: [],
  proposal: null,
  decided: null,
  pause: null,
  merged: null,
  supervisors: [],
};

/** Nothing is waited for any more. */
export const AT_REST = { proposal: null, pause: null } as const satisfies Partial<Working>;

interface Worked extends Working {
  readonly state: State;
  readonly owner: string | null;
  readonly first: string | null;
  readonly due: number;
  readonly provisional: boolean;
  readonly acceptBy: number;
  readonly awaited: Awaited;
  readonly light: Light | null;
}

export function evolveWorking<T extends Worked>(
  ticket: T,
  event: WorkingHappening & { readonly at: number; readonly by: string },
): T {
  switch (event.event) {
    case "handed-over":
      return { ...toAnother(ticket, event), handOvers: ticket.handOvers + 1 };
    case "assigned":
      return { ...toAnother(ticket, event), ...(isGranted(ticket, event) ? decidedBy(ticket, event, true) : {}) };
    case "returned":
      return toAnother(ticket, event);
    case "assisted":
      return { ...ticket, assistants: [...new Set([...ticket.assistants, event.helper])] };
    case "paused":
      return { ...ticket, state: "paused", pause: { since: event.at, until: event.until, reason: event.reason } };
    case "resumed":
      // A later promise begins without a light.
      return {
        ...ticket,
        ...pledgeOf(event),
        state: "accepted",
        pause: null,
        light: event.due > ticket.due ? null : ticket.light,
      };
    case "proposed": {
      const { proposal: kind, by, reason, to, due, until, deciders, replaced = [] } = event;
      const again = replaced.length > 0 ? { replaced } : {};
      return { ...ticket, proposal: { kind, by, reason, to, due, until, deciders, ...again } };
    }
    case "refused":
      return { ...ticket, ...decidedBy(ticket, event, false), proposal: null };
    case "lapsed":
      return { ...ticket, proposal: null };
    case "extended":
      return { ...ticket, ...pledgeOf(event), ...decidedBy(ticket, event, true), proposal: null, light: null };
    case "declined":
      return { ...ticket, ...AT_REST, ...decidedBy(ticket, event, true), state: "declined", light: null };
    case "merged":
      return {
        ...ticket,
        state: "merged",
        merged: { into: event.into, was: ticket.state, at: event.at, light: ticket.light },
        light: null,
      };
    case "unmerged":
      return { ...ticket, state: ticket.merged?.was ?? "open", merged: null, light: ticket.merged?.light ?? null };
    case "absorbed":
      return { ...ticket, ...pledgeOf(event) };
    case "supervised": {
      const { by, conversation, at } = event;
      const others = ticket.supervisors.filter((one) => one.by !== by);
      return { ...ticket, supervisors: [...others, { by, conversation, at }].slice(-SUPERVISORS_MAX) };
    }
  }
}

function isGranted({ proposal }: Working, { owner }: { owner: string }): boolean {
  return proposal?.kind === "hand-over" && proposal.to === owner;
}

/** Nothing is decided where nothing was proposed. */
function decidedBy(
  { proposal, decided }: Working,
  { by, at, due }: { readonly by: string; readonly at: number; readonly due?: number },
  agreed: boolean,
): Pick<Working, "decided"> {
  if (proposal === null) return { decided };
  const until = proposal.kind === "extend" && due !== undefined ? { due } : {};
  return { decided: { kind: proposal.kind, agreed, by, at, ...until } };
}

/** The pledge stays, and so does the first helper's name (首接负责). */
function toAnother<T extends Worked>(ticket: T, { owner, acceptBy }: { owner: string; acceptBy: number }): T {
  const first = ticket.first ?? owner;
  const assistants = ticket.assistants.filter((helper) => helper !== owner);
  return {
    ...ticket,
    state: "open",
    owner,
    first,
    acceptBy,
    awaited: awaitedFrom(acceptBy),
    assistants,
    proposal: null,
  };
}

function pledgeOf({ due, provisional }: { due: number; provisional: boolean }) {
  return { due, provisional };
}
