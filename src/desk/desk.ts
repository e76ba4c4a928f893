/** The shell around `decide`: a message under a lease becomes one commit, or goes back to its lane. */
import type { Message } from "../chat/message.ts";
import type { Commit } from "../lanes/commit.ts";
import { openDeliver } from "../lanes/deliver.ts";
import type { Inbox, Taken } from "../lanes/inbox.ts";
import { shanghaiDate } from "../pledge/hours.ts";
import { withLeaves } from "../station/leave.ts";
import type { Understanding } from "../understanding/understanding.ts";
import * as toAnybody from "../words/replies.ts";
import { timesOf } from "./clock/accept-by.ts";
import { decide } from "./decide.ts";
import { type Decision, NOTHING } from "./decision.ts";
import type { ReadKnown } from "./known.ts";
import { address } from "./lines/addressing.ts";
import { asidePlan, keptForReading } from "./lines/aside.ts";
import { decideUnreadable } from "./lines/unreadable.ts";
import { mergedAlone } from "./orders/merging.ts";
import { planOf } from "./plan.ts";
import { type ReadReport, reportWanted } from "./reports/report.ts";
import { type Scene, type Setting, speakerOf, whoOf } from "./scene.ts";
import { overviewWanted, type ReadOverview } from "./team/overview.ts";
import { seesStation, sightHere } from "./team/sight.ts";
import { knownAsWrites } from "./ticket/known-as.ts";
import { findNumbers, quotedNumbers } from "./ticket/number.ts";
import { courseMeant } from "./training/courses.ts";
import type { ReadCourses } from "./training/read-courses.ts";

/** From this delivery on a message is taken for one that makes the desk crash: nothing in it is interpreted any more. */
const UNREADABLE_FROM = 4;
/** Even that failed: it is set aside, so that the lane goes on. */
const SET_ASIDE_FROM = 7;
/** How often somebody else's change may come first before the person is told. */
const MOST_MOVES = 12;
/** Longer apart each time, so that many at once do not trip each other again. */
const MOVE_PAUSE_MS = 4;
/** A remembered enterprise holds this long (desk-practice 6). */
const ENTERPRISE_MS = 180 * 86_400_000;

export interface DeskDeps {
  readonly inbox: Inbox;
  readonly known: ReadKnown;
  readonly commit: Commit;
  readonly setting: () => Setting;
  /** What a quoted message is about, by the ids that a platform tells of it: `#1123-017` each. */
  readonly quotedBy: (message: Message) => Promise<readonly string[]>;
  readonly overview: ReadOverview;
  readonly report: ReadReport;
  readonly courses: ReadCourses;
  readonly log: { error(details: object, message: string): void; warn(details: object, message: string): void };
  /** Replies stand in their lanes now. */
  readonly onReplies: () => void;
  /** A message was put back, and may be taken again now. */
  readonly onWaiting: () => void;
  readonly wireNow: () => number;
  /** `received` by the desk clock. */
  readonly onDecided: (kind: string, received: number) => void;
}

export function openDesk(deps: DeskDeps): (taken: Taken) => Promise<void> {
  const { inbox, known, commit, setting, log } = deps;
  const moves = new Map<string, number>();

  async function sceneOf({ message, uid, conversation, received }: Taken): Promise<Scene> {
    const now = received;
    const current = setting();
    const { station } = current;
    const year = Number(shanghaiDate(now).slice(0, 4));
    const numbers = findNumbers(message.text, year);
    const quoted = await quotedIn(message, year);
    const who = whoOf(station, message);
    const group = message.chat === null ? null : station.group(message.platform, message.chat);
    const full = quoted.length === 0 ? numbers.full : [...new Set([...numbers.full, ...quoted])];
    const speaker = speakerOf(station, message);
    const sight = sightHere(message, speaker, group);
    const asked = {
      ...{ conversation, sight, who, now },
      enterprise: group?.enterprise ?? null,
      station: seesStation(message, speaker, group),
    };
    const facts = await known({ ...asked, numbers: { full, shorts: numbers.shorts } });
    const remembered = now - facts.person.enterpriseAt < ENTERPRISE_MS ? facts.person.enterprise : null;
    const present = withLeaves(station, facts.standing.leaves);
    const person = speaker && present.personById(speaker.id);
    const enterprise = group?.enterprise ?? (person ? null : remembered);
    const scene: Scene = {
      ...current,
      station: present,
      load: facts.standing.load,
      understand: remembering(current.understand),
      message,
      uid,
      conversation,
      now,
      who,
      person,
      group,
      enterprise,
      numbers,
      quoted,
      known: facts,
    };
    return { ...scene, known: { ...facts, ...(await readFurther(scene)) } };
  }

  /** What only some messages ask for, each read where it is. */
  async function readFurther(scene: Scene): Promise<Partial<Scene["known"]>> {
    const alone = mergedAlone(scene);
    if (alone?.enterprise) {
      const { conversation, who, now } = scene;
      const numbers = { full: [], shorts: [] };
      const theirs = await deps.known({
        conversation,
        sight: conversation,
        who,
        enterprise: alone.enterprise,
        now,
        numbers,
      });
      return { company: theirs.company };
    }
    if (courseMeant(scene) !== null) return { courses: await deps.courses(scene.now) };
    const report = reportWanted(scene);
    if (report !== null) return { report: await deps.report(report, scene.now) };
    const overview = overviewWanted(scene);
    return overview === null ? {} : { overview: await deps.overview(scene, overview) };
  }

  /** By what was quoted; where only its id is told, or its words name no ticket, by what was known of that id. */
  async function quotedIn(message: Message, year: number): Promise<readonly string[]> {
    const read = message.quote === null ? [] : quotedNumbers(message.quote, year);
    if (read.length > 0 || message.quotes.length === 0) return read;
    return quotedNumbers((await deps.quotedBy(message)).join(" "), year);
  }

  function decisionFor(scene: Scene, taken: Taken): Decision {
    if (taken.deliveries >= UNREADABLE_FROM) return decideUnreadable(scene);
    if ((moves.get(taken.uid) ?? 0) < MOST_MOVES) return decide(scene);
    return { ...NOTHING, lines: [{ audience: { kind: "answer" }, text: toAnybody.tryAgain(), about: null }] };
  }

  async function handle(taken: Taken): Promise<void> {
    const { message, uid, conversation } = taken;
    if (taken.deliveries >= SET_ASIDE_FROM) {
      await setAside(taken);
      return;
    }
    const scene = await sceneOf(taken);
    const decision = decisionFor(scene, taken);
    const origin = { ...scene, message };
    const replies = decision.lines.map((line) => address(line, origin));
    const plan = planOf(decision, { conversation, uid }, replies, timesOf(scene));
    plan.writes.push(...knownAsWrites(message, decision));
    if (taken.deliveries >= UNREADABLE_FROM) plan.writes.push(...keptForReading(taken, deps.wireNow()));
    const committed = await commit(plan);
    if (committed.kind === "moved") {
      const moved = (moves.get(uid) ?? 0) + 1;
      moves.set(uid, moved);
      await inbox.putBack(taken, Math.ceil(Math.random() * MOVE_PAUSE_MS * moved), true);
      return;
    }
    moves.delete(uid);
    // Somebody else has done it.
    if (committed.kind === "gone") return;
    if (replies.length > 0) deps.onReplies();
    deps.onDecided(kindOf(decision), taken.received);
  }

  async function setAside(taken: Taken): Promise<void> {
    const { uid, conversation } = taken;
    log.error({ uid, conversation }, "a message was set aside: it failed every time");
    if (taken.deliveries === SET_ASIDE_FROM) {
      await commit(asidePlan(taken, setting(), deps.wireNow()));
      deps.onReplies();
    } else {
      // Not even the line to the chief could be committed.
      await inbox.setAside(taken, "多次处理失败");
    }
  }

  return openDeliver({ inbox, handle, onWaiting: deps.onWaiting, log });
}

/** The same text is read several times on its way to one decision. */
function remembering(understand: Scene["understand"]): Scene["understand"] {
  const known = new Map<string, Understanding>();
  return (text) => {
    const before = known.get(text);
    if (before) return before;
    const now = understand(text);
    known.set(text, now);
    return now;
  };
}

/** For the figures: what kind of effect a message had. */
function kindOf({ changes, lines }: Decision): string {
  const [first] = changes;
  if (first) return first.events[0]?.event ?? "changed";
  return lines.length > 0 ? "answered" : "silent";
}
