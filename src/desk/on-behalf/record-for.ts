/** A request that was not typed by who has it: for calls and walk-ins, with the same pledge (desk-practice 2 and 6). */
import { shanghaiDate } from "../../pledge/hours.ts";
import { whenText } from "../../pledge/when.ts";
import { onDuty } from "../../station/duty.ts";
import type { Understanding } from "../../understanding/understanding.ts";
import * as called from "../../words/names.ts";
import * as words from "../../words/on-behalf.ts";
import { plain } from "../../words/plain.ts";
import { askItem } from "../asking/item-question.ts";
import { type Matched, receiptElsewhere, summon } from "../asking/matching.ts";
import { openEach, openRequest } from "../asking/requests.ts";
import type { Draft } from "../draft.ts";
import { itemName, named, ownerName, staffName } from "../lines/facts.ts";
import { homeOf, isGroup } from "../lines/home.ts";
import type { Scene } from "../scene.ts";
import { isAmongStaff } from "../team/sight.ts";
import type { Via } from "../ticket/event.ts";
import { OTHER, type Ticket } from "../ticket/ticket.ts";
import { readOnBehalf, withoutOrder } from "./on-behalf-words.ts";

const TYPED_CHARACTERS = 20;
/** Who called, and then what they want: 刚才恒通的书记打电话来，想借个会议室. */
const CLAUSES = /[，,。；;！!\n]+/u;

export interface RequestFor {
  readonly via: Via | null;
  readonly enterprise: string | null;
  /** What was typed as its name, where nobody knows it. */
  readonly typed: string;
  readonly request: string;
}

/** 代录 in short form or in free words. */
export function recordOnBehalf(draft: Draft, scene: Scene, text: string): void {
  const read = readOnBehalf(scene.enterprises, text);
  if (read.request === "") {
    draft.answer(words.wanted(scene.prompts));
    return;
  }
  const { via, likely, typed, request } = read;
  if (read.enterprise === null && likely.length > 0) {
    draft.answer(words.whichOfThese(plain(typed, TYPED_CHARACTERS), likely, scene.prompts));
    draft.ask(scene, { kind: "on-behalf", text: request, via, options: likely, typed });
    return;
  }
  recordFor(draft, scene, read);
}

/** Opens it where the company reads it, and tells the one who wrote it down. */
export function recordFor(draft: Draft, scene: Scene, { via, typed, request, ...wanted }: RequestFor): void {
  // In a company's own group its name is not said: what stands there is a part of the request.
  const enterprise = wanted.enterprise ?? scene.group?.enterprise ?? null;
  const home = homeOf(scene, enterprise);
  const text = wanted.enterprise === null && typed !== "" ? `${typed} ${request}` : request;
  const understanding = understood(scene, request, text);
  if (home.conversation === scene.conversation && isGroup(home)) {
    openRequest(draft, scene, text, understanding, scene.who, { home, via });
    return;
  }
  for (const opened of openEach(draft, scene, text, understanding, scene.who, { home, via })) {
    if ("ownerWhy" in opened) announceFor(draft, scene, opened);
    else askItem(draft, scene, opened);
  }
  if (typed !== "" && enterprise === null) draft.answer(words.unlisted(plain(typed, TYPED_CHARACTERS)));
}

function understood(scene: Scene, request: string, text: string): Understanding {
  const readings = [...new Set([request, withoutOrder(request), ...request.split(CLAUSES), text])]
    .filter(Boolean)
    .map((words) => scene.understand(words));
  const understanding =
    readings.find(({ kind }) => kind === "item" || kind === "other") ?? (readings[0] as Understanding);
  // Somebody has written it down as a request: it is one, whatever it reads like.
  const doubtful = understanding.kind === "none" || understanding.kind === "command";
  return doubtful ? ({ ...understanding, kind: "unclear" } as const) : understanding;
}

function announceFor(draft: Draft, scene: Scene, matched: Matched): void {
  const ticket = withOwner(draft, scene, matched.ticket);
  const group = isGroup(ticket);
  if (group) {
    const recorder = staffName(scene, scene.who);
    const receipt = receiptElsewhere(scene, { ...matched, ticket });
    draft.say(
      { kind: "group", ticket, mention: [] },
      `${words.registeredForYou(recorder, ticket.via)}\n${receipt}`,
      ticket,
    );
  }
  const item = itemName(scene, ticket.item);
  if (isAmongStaff(scene)) {
    const facts = {
      ...named(ticket),
      item,
      enterprise: ticket.enterprise ?? called.UNKNOWN_ENTERPRISE,
      via: ticket.via,
      due: whenText(ticket.due, scene.now),
      owner: ownerName(scene, ticket),
    };
    draft.answer(words.recorded(facts, group), ticket);
  } else {
    draft.answer(words.recordedElsewhere({ ...named(ticket), item }), ticket);
  }
  summon(draft, scene, ticket, matched.ownerWhy, scene.now);
}

/** Nobody is asked for a company that is not listed: the main station takes it at once. */
function withOwner(draft: Draft, scene: Scene, ticket: Ticket): Ticket {
  if (ticket.owner !== null || ticket.item === OTHER) return ticket;
  const { person, why } = onDuty(scene.station, ticket.point, shanghaiDate(scene.now), scene.load, ticket.platform);
  return draft.happen(ticket, { event: "passed", owner: person.id, why });
}
