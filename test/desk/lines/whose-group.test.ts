/** No company's matter in another one's group, whatever is said by whom and where: every kind of line, walked (walk.ts). */
import { describe, expect, it } from "vitest";
import { type Outgoing, textOn, type Way } from "../../../src/chat/outgoing.ts";
import { noticeOf } from "../../../src/desk/lines/undelivered.ts";
import type { Group } from "../../../src/station/station.ts";
import { ROWS_MAX, rowsOf } from "../screen.ts";
import { ENTERPRISE, OURS, SET_UPS, type SetUp, type Spoken, SUPERVISION, walk, wide } from "./walk.ts";

/** The conversation that a way ends in. */
function endOf(way: Way): string {
  const [platform = "", , ...rest] = way.channel.split(":");
  return way.kind === "webhook" ? `${platform}:${rest.join(":")}` : rest.join(":");
}

function groupAt(conversation: string): Group | null {
  return wide.groups.find(({ platform, chat }) => conversation === `${platform}:${chat}`) ?? null;
}

const isOneToOne = (conversation: string) => /^[^:]+:@/u.test(conversation);

/** Where somebody reads along who has nothing to do with the ticket's company. */
function isForeign(conversation: string, own: string): boolean {
  if (conversation === own || isOneToOne(conversation)) return false;
  const group = groupAt(conversation);
  return group === null || (group.kind === "service" && group.enterprise !== ENTERPRISE);
}

function isService(conversation: string): boolean {
  const group = groupAt(conversation);
  return !isOneToOne(conversation) && (group === null || group.kind === "service");
}

/** Everything that stands in a line on one of its ways, whoever is named by it included. */
function readOn(outgoing: Outgoing, way: Way): string {
  const mentioned = way.kind === "answer" || way.kind === "webhook" ? way.mention : [];
  const names = way.kind === "push" ? way.names : [];
  return [textOn(outgoing, way), outgoing.merge?.line ?? "", ...mentioned, ...names].join("\n");
}

interface Found {
  readonly leaks: string[];
  readonly overheard: string[];
  readonly lost: string[];
  readonly long: string[];
  readonly events: Set<string>;
  readonly ends: Set<string>;
  lines: number;
}

/** The menu is a list to scroll through, asked for as such. */
const isMenu = (text: string) => text.includes("服务事项");
/** Who am I? The speaker alone is named, to themselves. */
const isAboutSpeaker = (text: string) => text.startsWith("您的账号：");

function look(setUp: SetUp): Found {
  const found: Found = { leaks: [], overheard: [], lost: [], long: [], events: new Set(), ends: new Set(), lines: 0 };
  for (const spoken of walk(setUp)) {
    for (const change of spoken.decision.changes) for (const { event } of change.events) found.events.add(event);
    for (const said of spoken.lines) lookAt(found, setUp, spoken, said);
  }
  return found;
}

function lookAt(found: Found, { platforms }: SetUp, spoken: Spoken, { line, outgoing }: Spoken["lines"][number]): void {
  found.lines += 1;
  const tell = (text: string) => `${spoken.where} → ${text}`;
  const hidden = Object.values(OURS);
  for (const way of outgoing.ways) {
    const end = endOf(way);
    found.ends.add(end);
    const text = readOn(outgoing, way);
    // What somebody has just typed there themselves is no secret there.
    const isTyped = (word: string) => end === spoken.conversation && `${spoken.by} ${spoken.text}`.includes(word);
    const leaked = hidden.filter((word) => text.includes(word) && !isTyped(word));
    if (isForeign(end, spoken.ticket.conversation) && !isAboutSpeaker(text) && leaked.length > 0)
      found.leaks.push(tell(`${end}: ${text}`));
    // The grades that may be given stand in every question for one.
    const low = line.audience.kind !== "answer" && text.replace(/[12] (?:非常)?不满意/gu, "").includes("不满意");
    const supervised = text.includes(SUPERVISION) || text.includes("督办中") || text.includes("帮办日报");
    if (isService(end) && (text.includes("丁丁内部") || supervised || low))
      found.overheard.push(tell(`${end}: ${text}`));
    if (!isOneToOne(end) && !isMenu(text) && rowsOf(textOn(outgoing, way)) > ROWS_MAX) {
      found.long.push(`${rowsOf(textOn(outgoing, way))} rows ${tell(`${end}: ${textOn(outgoing, way)}`)}`);
    }
  }
  if (outgoing.ways.length > 0) return;
  const notice = noticeOf(outgoing, { station: wide, platforms, newId: () => "N1" });
  if (notice.ways.length === 0) found.lost.push(tell(outgoing.text));
}

describe.each(Object.entries(SET_UPS))("%s, whatever is said about a ticket by whomever and wherever", (_, setUp) => {
  const found = look(setUp);

  it("nothing of it but number, item and light stands in the group of another company", () => {
    expect(found.leaks.slice(0, 5)).toEqual([]);
  });
  it("internal notes, low ratings, what leaders say and their reports are told in no company's group", () => {
    expect(found.overheard.slice(0, 5)).toEqual([]);
  });
  it("every line has a way, or the chief is told of it", () => {
    expect(found.lost.slice(0, 5)).toEqual([]);
  });
  it("what is said in a group is no longer than a telephone's screen", () => {
    expect(found.long.slice(0, 5)).toEqual([]);
  });
  it("the walk comes everywhere: many events, every group, and people one-to-one", () => {
    expect(found.events.size).toBeGreaterThan(12);
    for (const { platform, chat } of wide.groups) {
      if (platform === setUp.speaks && chat !== "leaders") expect([...found.ends]).toContain(`${platform}:${chat}`);
    }
    expect([...found.ends].some(isOneToOne)).toBe(true);
  });
});
