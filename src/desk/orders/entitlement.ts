/** Who may do what: one table (who × act), and what anybody else is told (desk-practice 6, "Entitlement, the core"). */
import type { DateText } from "../../pledge/hours.ts";
import { standsInFor } from "../../station/duty.ts";
import type { Person, Role, Station } from "../../station/station.ts";
import type { CommandId } from "../../understanding/understanding.ts";
import type { Who } from "../ticket/event.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Proposal } from "../ticket/working-change.ts";
import type { ProposalKind } from "../ticket/working-event.ts";

/** What a speaker is to one ticket; somebody may be several things at once. */
export type Relation =
  | "asker"
  | "recorder"
  | "colleague"
  /** Of the company that a helper wrote it down for, in that company's own group. */
  | "represented"
  | "owner"
  | "deputy"
  | "point-helper"
  | "main-helper"
  | "invited"
  /** 协办 */
  | "assistant"
  /** One of the invited officers, beside this ticket or not. */
  | "officer"
  | "chief"
  /** Has accepted a case whose item nobody has said. */
  | "sorter"
  | "caller"
  | "staff"
  | "leader";

/** What helpers do while they work on a case, beside accepting, telling of it and finishing it. */
export const CARRYING_ON = [
  "transfer",
  "return",
  "wait",
  "extend",
  "assist",
  "note",
  "merge",
  "split",
  "triage",
  "agree",
  "refuse",
  "decline",
] as const satisfies readonly CommandId[];

/** The acts on a ticket that this desk knows so far. */
export const TICKET_ACTS = [
  ...CARRYING_ON,
  "accept",
  "progress",
  "resolve",
  "supplement",
  "urge",
  "withdraw",
  "change",
  "rate-good",
  "rate-bad",
  "reopen",
  "query",
  "call-back",
  "name-caller",
  "supervise",
] as const satisfies readonly Order[];
export type TicketAct = (typeof TICKET_ACTS)[number];

/** What somebody may order: a command that is understood, or what only a ticket that was rated low asks for (call-back.ts). */
export type Order = CommandId | "call-back" | "name-caller";

export function asTicketAct(command: Order): TicketAct | null {
  return TICKET_ACTS.find((act) => act === command) ?? null;
}

const WORKING: readonly Relation[] = ["owner", "deputy", "chief"];
const ASKING: readonly Relation[] = ["asker", "recorder"];
/** What was written down for a company is graded by it: the helper who typed it may only tell what was said on the telephone. */
const GRADING: readonly Relation[] = [...ASKING, "represented"];
/** Nobody grades their own work. */
const OWN_WORK: readonly Relation[] = ["owner", "deputy"];
const OF_THE_COMPANY: readonly Relation[] = ["asker", "recorder", "colleague"];

const ENTITLED: Readonly<Record<TicketAct, readonly Relation[]>> = {
  accept: ["owner", "deputy", "point-helper", "main-helper", "invited", "chief"],
  transfer: WORKING,
  return: WORKING,
  wait: WORKING,
  extend: WORKING,
  assist: WORKING,
  note: [...WORKING, "assistant"],
  merge: WORKING,
  split: WORKING,
  triage: ["chief", "sorter"],
  decline: ["chief"],
  // Whose word is asked for depends on what was proposed: mayDecide.
  agree: ["chief", "officer", "leader"],
  refuse: ["chief", "officer", "leader"],
  progress: [...WORKING, "assistant"],
  resolve: WORKING,
  supplement: OF_THE_COMPANY,
  urge: OF_THE_COMPANY,
  withdraw: ASKING,
  change: ASKING,
  "rate-good": GRADING,
  "rate-bad": GRADING,
  reopen: GRADING,
  // How much is told depends on where (facts.ts).
  query: [
    ...OF_THE_COMPANY,
    "owner",
    "deputy",
    "assistant",
    "point-helper",
    "main-helper",
    "invited",
    "chief",
    "staff",
    "leader",
  ],
  "call-back": ["caller", "chief"],
  "name-caller": ["chief"],
  supervise: ["leader", "chief"],
};

/** What anybody does at the desk that is about no ticket of its own. */
const DESK_ACTS = [
  "leave",
  "back",
  "todo",
  "today",
  "on-behalf",
  "visit",
  "undo",
  "report",
] as const satisfies readonly CommandId[];
export type DeskAct = (typeof DESK_ACTS)[number];

export function asDeskAct(command: Order): DeskAct | null {
  return DESK_ACTS.find((act) => act === command) ?? null;
}

const TEAM: readonly Role[] = ["helper", "invited", "chief"];
/** The same table for what is about no ticket: by role; null stands for everybody who is not of the station. */
const ENTITLED_AT_DESK: Readonly<Record<DeskAct, readonly (Role | null)[]>> = {
  leave: TEAM,
  back: TEAM,
  todo: TEAM,
  today: [...TEAM, "leader"],
  "on-behalf": TEAM,
  visit: TEAM,
  // Of one's own acts alone; which ones those are, undo.ts knows.
  undo: [...TEAM, "leader", null],
  report: ["leader", "chief"],
};

export function mayDoAtDesk(act: DeskAct, person: Person | null): boolean {
  return ENTITLED_AT_DESK[act].includes(person?.role ?? null);
}

/** 请假 of a colleague: those who answer for the team. Everybody may of their own. */
export function mayRegisterLeaveOf({ role }: Person): boolean {
  return role === "chief" || role === "leader";
}

export interface SpeakerFacts {
  readonly who: Who;
  readonly person: Person | null;
  readonly enterprise: string | null;
  readonly conversation: string;
}

export function relationsTo(
  ticket: Ticket,
  { who, person, enterprise, conversation }: SpeakerFacts,
  station: Station,
  today: DateText,
): ReadonlySet<Relation> {
  const relations = new Set<Relation>();
  if (ticket.asker === who) relations.add("asker");
  if (ticket.recorder === who) relations.add("recorder");
  if (!person) {
    if (enterprise !== null && enterprise === ticket.enterprise) {
      relations.add("colleague");
      if (ticket.recorder !== null && ticket.conversation === conversation) relations.add("represented");
    }
    return relations;
  }
  if (person.role === "leader") {
    relations.add("leader");
    return relations;
  }
  relations.add("staff");
  if (person.role === "chief") relations.add("chief");
  if (ticket.owner === person.id) relations.add("owner");
  if (ticket.owner === person.id && ticket.item === null && ticket.state !== "open") relations.add("sorter");
  if (ticket.caller === person.id) relations.add("caller");
  if (ticket.invited === person.id) relations.add("invited");
  if (ticket.assistants.includes(person.id)) relations.add("assistant");
  if (person.role === "invited") relations.add("officer");
  const owner = ticket.owner === null ? null : station.personById(ticket.owner);
  if (owner && isDeputyOf(station, person, owner, ticket.point, today)) relations.add("deputy");
  if (ticket.point !== null && station.point(ticket.point)?.helpers.includes(person.id)) relations.add("point-helper");
  if (station.mainPoint.helpers.includes(person.id)) relations.add("main-helper");
  return relations;
}

/** Whom the absent one has named, and whoever is here instead of that one in turn. */
function isDeputyOf(station: Station, person: Person, owner: Person, point: string | null, today: DateText): boolean {
  const named = owner.away.some(({ from, to, deputy }) => from <= today && today <= to && deputy === person.id);
  return named || standsInFor(station, owner, point, today)?.id === person.id;
}

export function mayDo(act: TicketAct, relations: ReadonlySet<Relation>): boolean {
  return !gradesOwnWork(act, relations) && ENTITLED[act].some((relation) => relations.has(relation));
}

/** Whatever else they are to it: whoever works on it does not say how well. */
export function gradesOwnWork(act: TicketAct, relations: ReadonlySet<Relation>): boolean {
  return (act === "rate-good" || act === "rate-bad") && OWN_WORK.some((relation) => relations.has(relation));
}

const DECIDERS: Readonly<Record<ProposalKind, readonly Relation[]>> = {
  "hand-over": ["chief"],
  extend: ["chief"],
  decline: ["officer", "leader"],
};

/** 同意 and 不同意 to this proposal; never by whoever proposed it. */
export function mayDecide({ kind, by }: Proposal, who: Who, relations: ReadonlySet<Relation>): boolean {
  return who !== by && DECIDERS[kind].some((relation) => relations.has(relation));
}

export function whoDecides(kind: ProposalKind): string {
  return kind === "decline" ? "另一位特邀帮办员或领导" : "首席帮办员";
}

/** Done to what a helper looks after, not to what somebody has asked for. */
export function isWork(act: TicketAct): boolean {
  return act === "accept" || act === "progress" || act === "resolve" || CARRYING_ON.some((own) => own === act);
}

/** Who may, in words: `承办人孙三或首席帮办员`. */
export function whoMay(act: TicketAct, owner: string | null, proposal: Proposal | null = null): string {
  if ((act === "agree" || act === "refuse") && proposal !== null) return whoDecides(proposal.kind);
  if (act === "accept") return "该服务点或总站的帮办员、首席帮办员";
  if (act === "call-back") return "首席帮办员或其指定的同志";
  if (act === "name-caller") return "首席帮办员";
  if (act === "supervise") return "领导或首席帮办员";
  if (act === "triage" || act === "decline") return "首席帮办员";
  if (act === "agree" || act === "refuse") return "首席帮办员、特邀帮办员或领导";
  if (act === "progress" || act === "note") return `承办人${owner ?? ""}、协办人或首席帮办员`;
  if (isWork(act)) return `承办人${owner ?? ""}或首席帮办员`;
  if (act === "supplement" || act === "urge" || act === "query") return "诉求人或同企业的同事";
  return "诉求人本人或代录人";
}
