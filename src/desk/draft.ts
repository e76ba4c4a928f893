/** A decision in the making: acts put what happens and what is said into it. */
import { due, type Size } from "../pledge/due.ts";
import { shanghaiDate } from "../pledge/hours.ts";
import { acceptByFrom } from "./clock/accept-by.ts";
import type {
  Audience,
  Change,
  Decision,
  LeaveChange,
  Lesson,
  Line,
  Notice,
  PersonChange,
  TalkChange,
  Visit,
} from "./decision.ts";
import type { Ask } from "./known.ts";
import { didOf } from "./orders/undo.ts";
import { staffBox } from "./reminding/box.ts";
import type { Scene, Setting } from "./scene.ts";
import { DESK, type Happening, type Pledge, type TicketEvent, type Who } from "./ticket/event.ts";
import { placeholders } from "./ticket/number.ts";
import { evolve, openTicket, type Ticket } from "./ticket/ticket.ts";
import type { StoredTicket } from "./ticket/ticket-record.ts";
import type { CourseChange } from "./training/course.ts";

interface Cause {
  readonly by: Who;
  readonly at: number;
  readonly message: string | null;
}

export class Draft {
  private readonly cause: Cause;
  private readonly changes = new Map<string, { before: StoredTicket | null; after: Ticket; events: TicketEvent[] }>();
  private readonly answers: { text: string; about: readonly string[] }[] = [];
  private readonly visits: Visit[] = [];
  private readonly courses: CourseChange[] = [];
  private readonly lessons: Lesson[] = [];
  private readonly lines: Line[] = [];
  private readonly notices: Notice[] = [];
  private readonly talks = new Map<string, TalkChange>();
  private person: PersonChange | null = null;
  private leaveChange: LeaveChange | null = null;
  private toldPlace: string | null = null;

  constructor(cause: Cause) {
    this.cause = cause;
  }

  /** When this is decided, desk clock, ms. */
  get at(): number {
    return this.cause.at;
  }

  static of(scene: Scene): Draft {
    return new Draft({ by: scene.who, at: scene.now, message: scene.uid });
  }

  static ofStep(at: number): Draft {
    return new Draft({ by: DESK, at, message: null });
  }

  open(id: string, opened: Happening & { event: "opened" }): Ticket {
    const { long } = placeholders(id, shanghaiDate(opened.received));
    const event = { ...opened, ...this.cause };
    const ticket = openTicket(id, long, event);
    this.changes.set(id, { before: null, after: ticket, events: [event] });
    return ticket;
  }

  /** Something happens to a ticket, which may already have changed in this decision. */
  happen(stored: StoredTicket | Ticket, happening: Happening): Ticket {
    const before = "ticket" in stored ? stored : null;
    const id = before ? before.ticket.id : (stored as Ticket).id;
    const change = this.changes.get(id) ?? { before, after: (before as StoredTicket).ticket, events: [] };
    const event = { ...happening, ...this.cause };
    change.after = evolve(change.after, event);
    change.events.push(event);
    this.changes.set(id, change);
    return change.after;
  }

  /** The ticket as this decision has left it so far. */
  current(stored: StoredTicket | Ticket): Ticket {
    const ticket = "ticket" in stored ? stored.ticket : stored;
    return this.changes.get(ticket.id)?.after ?? ticket;
  }

  /** What this decision has changed so far. */
  changed(): readonly Change[] {
    return [...this.changes.values()];
  }

  /** The tickets that this decision has changed, as it has left them so far. */
  touched(): Ticket[] {
    return [...this.changes.values()].map(({ after }) => after);
  }

  /** Everything said in answer to one message becomes one message: the way to answer is used once. */
  answer(text: string, ...about: readonly (Ticket | null | undefined)[]): void {
    this.answers.push({ text, about: numbersOf(about) });
  }

  /** Whether what is answered so far says these words. */
  hasAnswered(words: string): boolean {
    return this.answers.some(({ text }) => text.includes(words));
  }

  get answered(): boolean {
    return this.answers.length > 0;
  }

  /** `about`: one ticket, or all of those that the line is about. */
  say(
    audience: Audience,
    text: string,
    about: Ticket | null | readonly Ticket[],
    short: Pick<Line, "brief" | "buttons" | "patient"> = {},
  ): void {
    const numbers = numbersOf(about === null ? [] : "id" in about ? [about] : about);
    this.lines.push({ audience, text, ...aboutOf(numbers), ...short });
  }

  /** Whether somebody hears of a ticket by what is said so far, beside the answer. */
  hasTold(who: Who, { id, number }: Ticket): boolean {
    if (this.notices.some(({ box, ticket }) => ticket === id && box === staffBox(who))) return true;
    return this.lines.some(({ audience, about, also = [] }) => {
      const isAbout = about === number || also.includes(number);
      if (!isAbout || audience.kind === "answer" || audience.kind === "leaders") return false;
      return "person" in audience ? audience.person === who : audience.mention.includes(who);
    });
  }

  /** Said when the clock may speak to whoever the box is of, together with whatever else is in it. */
  notify(notice: Notice): void {
    this.notices.push(notice);
  }

  /** Kept for whoever looks after the phrases; nothing is learnt by itself. */
  learn(lesson: Lesson): void {
    this.lessons.push(lesson);
  }

  /** In the ticket's group, mentioning one person. */
  mention(who: Who, ticket: Ticket, text: string): void {
    this.say({ kind: "group", ticket, mention: [who] }, text, ticket);
  }

  ask(scene: Scene, ask: Ask | null): void {
    const { conversation, who, known, now } = scene;
    this.talk({ conversation, who, version: known.talk.version, ask: ask && { ask, at: now } });
  }

  /** The last question put to somebody who has not spoken now. */
  askOther(conversation: string, who: Who, ask: Ask, at: number): void {
    this.talk({ conversation, who, version: null, ask: { ask, at } });
  }

  remember(scene: Scene, ticket: string, text: string): void {
    const { conversation, who, known, now } = scene;
    this.talk({ conversation, who, version: known.talk.version, last: { ticket, at: now, text } });
  }

  /** Of a number of somebody's that was typed here. */
  warned({ conversation, who }: Scene): void {
    this.talk({ conversation, who, version: null, warned: true });
  }

  rememberEnterprise({ who, known, now }: Scene, enterprise: string | null): void {
    this.person = { who, version: known.person.version, enterprise, at: now };
  }

  leave(change: LeaveChange): void {
    this.leaveChange = change;
  }

  visit(visit: Visit): void {
    this.visits.push(visit);
  }

  course(change: CourseChange): void {
    this.courses.push(change);
  }

  tellPlace(conversation: string): void {
    this.toldPlace = conversation;
  }

  forgetDid({ conversation, who }: Scene): void {
    this.talk({ conversation, who, version: null, did: null });
  }

  /** What the speaker has done by this message, so that it may be taken back. */
  keepDid({ conversation, who }: Scene): void {
    const done = [...this.changes.values()].filter(({ events }) => events.length > 0);
    const key = `${conversation}\n${who}`;
    if (this.talks.get(key)?.did === null) return;
    const did = didOf(done, this.lines, this.cause.at, this.leaveChange, this.visits);
    if (did) this.talk({ conversation, who, version: null, did });
  }

  decision(): Decision {
    const text = this.answers.map((answer) => answer.text).join("\n\n");
    const numbers = this.answers.flatMap(({ about }) => about);
    const answer: Line[] = this.answered ? [{ audience: { kind: "answer" }, text, ...aboutOf(numbers) }] : [];
    return {
      changes: [...this.changes.values()] satisfies Change[],
      lines: [...answer, ...this.lines],
      notices: this.notices,
      talks: [...this.talks.values()],
      person: this.person,
      leave: this.leaveChange,
      visits: this.visits,
      courses: this.courses,
      toldPlace: this.toldPlace,
      lessons: this.lessons,
    };
  }

  private talk(change: TalkChange): void {
    const key = `${change.conversation}\n${change.who}`;
    const earlier = this.talks.get(key);
    this.talks.set(key, { ...earlier, ...change, version: change.version ?? earlier?.version ?? null });
  }
}

function numbersOf(tickets: readonly (Ticket | null | undefined)[]): string[] {
  return tickets.flatMap((ticket) => ticket?.number ?? []);
}

/** The first number, and the others where there are any. */
function aboutOf(numbers: readonly string[]): Pick<Line, "about" | "also"> {
  const [first = null, ...also] = new Set(numbers);
  return also.length > 0 ? { about: first, also } : { about: first };
}

/** The pledge of something received now, and why it is not simply "today". */
export function pledgeFrom(setting: Setting, from: number, size: Size): Pledge & { why: string } {
  const pledge = due(from, size, setting.calendar, setting.station.hours);
  return {
    due: pledge.due,
    provisional: pledge.provisional,
    acceptBy: acceptByFrom(setting, from),
    why: pledge.why,
  };
}
