/** The answer to the question that the desk last put to this person here. */
import { shanghaiDate } from "../pledge/hours.ts";
import { whenText } from "../pledge/when.ts";
import { onDuty } from "../station/duty.ts";
import { findEnterprises } from "../station/enterprise-match.ts";
import type { Enterprise } from "../station/station.ts";
import * as words from "../words/desk.ts";
import { plain } from "../words/plain.ts";
import { readDigit } from "./command.ts";
import type { Draft } from "./draft.ts";
import { itemName, named, ownerName, staffName } from "./facts.ts";
import type { Ask } from "./known.ts";
import { announce, changeTo, matchTo, summon } from "./matching.ts";
import { openRequest } from "./requests.ts";
import type { Scene } from "./scene.ts";
import { isActive, OTHER, type Ticket } from "./ticket.ts";
import type { StoredTicket } from "./ticket-record.ts";

const NONE_OF_THEM = /^(?:都不是|都不对|不是这些|没有一个|其他|其它|都没有)/u;
const NEVER_MIND = /^(?:没事|没事了|不用了?|算了|不需要了?|不办了|取消|没什么)[了吧啊呀。.!！~～]*$/u;
/** A second answer that names nothing known: a person asks. */
const MOST_MISSES = 1;
/** After that a question is forgotten: what is typed then was not meant as its answer. */
const VALID_MS: Readonly<Record<Ask["kind"], number>> = {
  item: 24 * 3_600_000,
  enterprise: 24 * 3_600_000,
  rate: 7 * 24 * 3_600_000,
  which: 10 * 60_000,
  "on-behalf": 10 * 60_000,
};

export function pendingAsk({ known: { talk }, now }: Scene): Ask | null {
  return talk.ask && now - talk.askedAt <= VALID_MS[talk.ask.kind] ? talk.ask : null;
}

/** Which item it is; `options` are what the numbers stand for. False if the text does not answer that. */
export function answerItem(
  draft: Draft,
  scene: Scene,
  stored: StoredTicket,
  options: readonly string[],
  misses: number,
  text: string,
): boolean {
  if (!isActive(stored.ticket)) return false;
  if (NEVER_MIND.test(text)) {
    if (stored.ticket.item !== null) {
      draft.answer(words.unchanged(named(stored.ticket)), stored.ticket);
    } else {
      const ticket = draft.happen(stored, { event: "withdrawn", reason: text });
      draft.answer(words.withdrawn(named(ticket)), ticket);
    }
    draft.ask(scene, null);
    return true;
  }
  const chosen = chooseItem(scene, options, text);
  if (chosen === "again") {
    const facts = { ...named(stored.ticket), options: options.map((item) => itemName(scene, item)) };
    draft.answer(words.whichItemInstead(facts, scene.prompts), stored.ticket);
    return true;
  }
  if (chosen) {
    settleItem(draft, scene, stored, chosen);
    return true;
  }
  const understanding = scene.understand(text);
  if (understanding.kind === "none" || understanding.kind === "command") return false;
  const [item] = understanding.items;
  if (understanding.kind === "item" && item) {
    settleItem(draft, scene, stored, item);
    return true;
  }
  // Said once more and still unclear, or nothing that the menu covers: the chief sees to it.
  draft.happen(stored, { event: "noted", kind: "supplement", text });
  if (understanding.kind === "other" || misses >= MOST_MISSES) {
    settleItem(draft, scene, stored, OTHER);
    return true;
  }
  const again = understanding.items.slice(0, 3);
  const facts = {
    ...named(stored.ticket),
    text: plain(text),
    due: whenText(stored.ticket.due, scene.now),
    options: again.map((option) => itemName(scene, option)),
  };
  draft.answer(words.whichItem(facts, scene.prompts), stored.ticket);
  draft.ask(scene, { kind: "item", ticket: stored.ticket.id, options: again, misses: misses + 1 });
  return true;
}

function chooseItem(scene: Scene, options: readonly string[], text: string): string | "again" | null {
  const digit = readDigit(text);
  if (digit === 0 || NONE_OF_THEM.test(text)) return OTHER;
  if (digit !== null) return options[digit - 1] ?? "again";
  const said = [...scene.intents.items.values()].filter(({ name }) => text.includes(name));
  return said.length === 1 ? (said[0]?.id ?? null) : null;
}

function settleItem(draft: Draft, scene: Scene, stored: StoredTicket, item: string): void {
  if (stored.ticket.item === item) {
    draft.answer(words.unchanged(named(stored.ticket)), stored.ticket);
    draft.ask(scene, null);
  } else if (stored.ticket.item === null) {
    draft.ask(scene, null);
    const matched = matchTo(draft, scene, stored, item, null, scene.now);
    announce(draft, scene, matched);
    if (matched.ticket.enterprise === null) {
      draft.answer(words.whichEnterprise(scene.prompts), matched.ticket);
      draft.ask(scene, { kind: "enterprise", ticket: stored.ticket.id, options: [], misses: 0 });
    }
  } else {
    changeTo(draft, scene, stored, item);
  }
}

/** Which enterprise it is. False if the text does not look like an answer to that. */
export function answerEnterprise(draft: Draft, scene: Scene, ask: Ask & { kind: "enterprise" }, text: string): boolean {
  const digit = readDigit(text);
  if (digit !== null) {
    const name = ask.options[digit - 1];
    const enterprise = name === undefined ? null : scene.station.enterprise(name);
    if (enterprise) {
      settleEnterprise(draft, scene, enterprise);
      return true;
    }
    return digit === 0 && ask.options.length > 0 ? missEnterprise(draft, scene, ask, text) : false;
  }
  const { exact, likely } = findEnterprises(scene.enterprises, text);
  if (exact) {
    settleEnterprise(draft, scene, exact);
    return true;
  }
  if (ask.options.length > 0 && NONE_OF_THEM.test(text)) return missEnterprise(draft, scene, ask, text);
  const understanding = scene.understand(text);
  // A new request, a thank-you: the question stays, and the text is taken for what it is.
  if (understanding.kind === "item" || understanding.kind === "command") return false;
  if (likely.length > 0) {
    const options = likely.map(({ name }) => name);
    const ticket = scene.known.asked?.ticket ?? null;
    draft.answer(words.whichOfTheseEnterprises(ticket && named(ticket), options, scene.prompts), ticket);
    draft.ask(scene, { ...ask, options });
    return true;
  }
  const looksLikeName = /公司|厂|集团|店|中心|合作社|工作室|有限|实业|商行|院|所$/u.test(text);
  if (!looksLikeName && understanding.kind !== "unclear") return false;
  return missEnterprise(draft, scene, ask, text);
}

function missEnterprise(draft: Draft, scene: Scene, ask: Ask & { kind: "enterprise" }, text: string): boolean {
  const stored = scene.known.asked;
  const typed = readDigit(text) === null ? plain(text, 40) : "";
  if (ask.misses < MOST_MISSES || !stored || !isActive(stored.ticket)) {
    const about = stored ? named(stored.ticket) : null;
    draft.answer(typed ? words.enterpriseAgain(about, typed, scene.prompts) : words.whichEnterprise(scene.prompts));
    draft.ask(scene, { ...ask, options: [], misses: ask.misses + 1 });
    return true;
  }
  draft.happen(stored, { event: "noted", kind: "supplement", text: `企业：${text}` });
  const ticket = stored.ticket.owner === null ? passOn(draft, scene, stored) : stored.ticket;
  draft.answer(words.enterpriseUnlisted(named(ticket), typed, ownerName(scene, ticket) ?? "帮办员"), ticket);
  draft.ask(scene, null);
  return true;
}

/** Nobody is responsible yet, and nothing more will be learnt by asking: the main station takes it. */
export function passOn(
  draft: Draft,
  scene: Pick<Scene, "station" | "intents" | "prompts"> & Scene,
  stored: StoredTicket,
): Ticket {
  const { person, why } = onDuty(scene.station, stored.ticket.point, shanghaiDate(scene.now));
  const ticket = draft.happen(stored, { event: "passed", owner: person.id, why });
  summon(draft, scene, ticket, why, scene.now);
  return ticket;
}

/** The speaker's enterprise is known now: so are the point and the helper of every ticket that waited for it. */
export function settleEnterprise(draft: Draft, scene: Scene, { name, point }: Enterprise): void {
  draft.rememberEnterprise(scene, name);
  draft.ask(scene, null);
  const waiting = scene.known.mine.filter(({ ticket }) => isActive(ticket) && ticket.enterprise === null);
  for (const stored of waiting) {
    const { ticket: before } = stored;
    const { person, why } = onDuty(scene.station, point, shanghaiDate(scene.now));
    const asked = before.item === null || before.item === OTHER || before.state !== "open";
    const owner = asked ? before.owner : person.id;
    const ticket = draft.happen(stored, { event: "located", enterprise: name, point, owner, why: asked ? "" : why });
    const due = whenText(ticket.due, scene.now);
    const said = ownerName(scene, ticket) ?? staffName(scene, ticket.owner);
    draft.answer(words.located({ ...named(ticket), enterprise: name, owner: said, due }), ticket);
    if (owner !== before.owner) summon(draft, scene, ticket, why, scene.now);
  }
  if (waiting.length === 0) draft.answer(words.enterpriseKnown(name));
}

/** A helper typed what reads like a request: register it for the company? */
export function answerOnBehalf(draft: Draft, scene: Scene, ask: Ask & { kind: "on-behalf" }, text: string): boolean {
  const digit = readDigit(text);
  if (digit === 1 || /^(?:登记|是|需要|要|代录|好的?)/u.test(text)) {
    draft.ask(scene, null);
    openRequest(draft, scene, ask.text, scene.understand(ask.text), scene.who);
    return true;
  }
  if (digit === 0 || NEVER_MIND.test(text) || /^不/u.test(text)) {
    draft.ask(scene, null);
    draft.answer(words.notRegistered());
    return true;
  }
  return false;
}
