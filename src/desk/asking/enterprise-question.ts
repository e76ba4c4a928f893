/** Which enterprise does the speaker come from? Asked once, remembered for half a year (desk-practice 6). */
import { shanghaiDate } from "../../pledge/hours.ts";
import { isHereFor, onDuty } from "../../station/duty.ts";
import { findEnterprises } from "../../station/enterprise-match.ts";
import type { Enterprise } from "../../station/station.ts";
import * as toCompany from "../../words/company.ts";
import { plain } from "../../words/plain.ts";
import * as toStaff from "../../words/staff.ts";
import { awaitedAnew } from "../clock/accept-by.ts";
import type { Draft } from "../draft.ts";
import type { Ask } from "../known.ts";
import { caseFacts, named, ownerName } from "../lines/facts.ts";
import { tellOwner, tellStaff } from "../lines/telling.ts";
import { explicitCommand } from "../orders/command.ts";
import type { Scene, Setting } from "../scene.ts";
import { isActive, OTHER, type Ticket } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import { expectDetails } from "./details.ts";
import { summon } from "./matching.ts";
import { isNoneOfThem, readDigit } from "./short-answers.ts";

type EnterpriseAsk = Ask & { kind: "enterprise" };

/** A second answer that names nobody known: a person asks. */
const MOST_MISSES = 1;
const NAME_CHARACTERS_MAX = 40;
/** A likely name counts before what the words of it might ask for, as long as it is no sentence. */
const NAME_ALONE_MAX = 16;
const LIKE_A_NAME = /公司|厂|集团|店|中心|合作社|工作室|有限|实业|商行|院|所$/u;
/** Answers nothing and says nothing: the question stays. */
const COURTESY = /^(?:好的?|收到|谢谢|多谢|感谢|辛苦|稍等|等一?下|嗯+|哦+|知道了|明白|ok|在吗|你好|您好)/iu;

export function askEnterprise(draft: Draft, scene: Scene, ticket: Ticket): void {
  draft.answer(toCompany.whichEnterprise(named(ticket), scene.prompts, ticket.recorder === scene.who), ticket);
  draft.ask(scene, { kind: "enterprise", ticket: ticket.id, options: [], misses: 0 });
}

/** False if the text does not look like an answer. `stored` is the ticket that it was asked for. */
export function answerEnterprise(
  draft: Draft,
  scene: Scene,
  stored: StoredTicket | null,
  ask: EnterpriseAsk,
  text: string,
): boolean {
  if (explicitCommand(scene, text)) return false;
  const digit = readDigit(text);
  if (digit !== null) {
    const enterprise = scene.station.enterprise(ask.options[digit - 1] ?? "");
    if (enterprise) settleEnterprise(draft, scene, enterprise);
    else if (ask.options.length > 0) missEnterprise(draft, scene, stored, ask, "");
    return enterprise !== null || ask.options.length > 0;
  }
  const { exact, likely } = findEnterprises(scene.enterprises, text);
  if (exact) {
    settleEnterprise(draft, scene, exact);
    return true;
  }
  if (ask.options.length > 0 && isNoneOfThem(text)) {
    missEnterprise(draft, scene, stored, ask, "");
    return true;
  }
  const { kind, confidence } = scene.understand(text);
  const alone = [...text].length <= NAME_ALONE_MAX;
  // A new request, a thank-you, an order: the question stays, and the text is taken for what it is.
  const saysElse = kind === "item" || kind === "other" || (kind === "command" && confidence >= 0.5);
  if (COURTESY.test(text) || (saysElse && !(alone && likely.length > 0) && !LIKE_A_NAME.test(text))) return false;
  if (likely.length > 0) {
    const options = likely.map(({ name }) => name);
    draft.answer(
      toCompany.whichOfTheseEnterprises(stored && named(stored.ticket), options, scene.prompts),
      stored?.ticket,
    );
    draft.ask(scene, { ...ask, options });
    return true;
  }
  if (!alone && !LIKE_A_NAME.test(text)) return false;
  missEnterprise(draft, scene, stored, ask, text);
  return true;
}

/** 改企业: the remembered one is replaced, now or by the answer to the question. */
export function changeEnterprise(draft: Draft, scene: Scene, name: string): void {
  const { group } = scene;
  if (group?.enterprise) {
    draft.answer(toCompany.enterpriseOfGroup(group.enterprise));
    return;
  }
  const ask: EnterpriseAsk = { kind: "enterprise", ticket: null, options: [], misses: 0 };
  if (name && answerEnterprise(draft, scene, null, ask, name)) return;
  draft.answer(toCompany.whichEnterprise(null, scene.prompts, false));
  draft.ask(scene, ask);
}

function missEnterprise(
  draft: Draft,
  scene: Scene,
  stored: StoredTicket | null,
  ask: EnterpriseAsk,
  text: string,
): void {
  const typed = plain(text, NAME_CHARACTERS_MAX);
  if (ask.misses < MOST_MISSES || !stored || !isActive(stored.ticket)) {
    draft.answer(toCompany.enterpriseAgain(stored && named(stored.ticket), typed, scene.prompts), stored?.ticket);
    draft.ask(scene, { ...ask, options: [], misses: ask.misses + 1 });
    return;
  }
  draft.happen(stored, { event: "noted", kind: "supplement", text: `企业：${text || "不在名册中"}` });
  // Nothing more will be learnt by asking: where nobody is responsible yet, the main station takes it.
  const ticket = stored.ticket.owner === null ? passOn(draft, scene, stored, scene.now) : stored.ticket;
  draft.answer(toCompany.enterpriseUnlisted(named(ticket), typed, ownerName(scene, ticket) ?? "帮办员"), ticket);
  tellOwner(draft, scene, ticket, toStaff.enterpriseUnlistedForHelper(named(ticket), typed));
  draft.ask(scene, null);
}

/** Nobody is responsible yet: whoever is on duty takes it, the main station where the point is not known. */
export function passOn(draft: Draft, setting: Setting, stored: StoredTicket, now: number): Ticket {
  const { point, platform } = stored.ticket;
  const { person, why } = onDuty(setting.station, point, shanghaiDate(now), setting.load, platform);
  const ticket = draft.happen(stored, {
    event: "passed",
    owner: person.id,
    why,
    ...awaitedAnew(setting, stored.ticket.acceptBy, now),
  });
  summon(draft, setting, ticket, why, now);
  return ticket;
}

/** The speaker's enterprise is known now: so are the point and the helper of every ticket that waited for it. */
function settleEnterprise(draft: Draft, scene: Scene, { name, point }: Enterprise): void {
  if (!scene.person) draft.rememberEnterprise(scene, name);
  draft.ask(scene, null);
  const asked = scene.known.asked?.ticket.id;
  // What a helper registered for others may be of several companies: there the answer is about one of them.
  const meant = ({ id }: Ticket) => !scene.person || id === asked;
  const waiting = scene.known.mine.filter(
    ({ ticket }) => isActive(ticket) && ticket.enterprise === null && meant(ticket),
  );
  const located = waiting.map((stored) => locate(draft, scene, stored, name, point));
  // What the receipt asked for beside it is still open.
  expectDetails(draft, scene, located);
  if (waiting.length === 0) draft.answer(toCompany.enterpriseKnown(name, scene.prompts));
}

function locate(draft: Draft, scene: Scene, stored: StoredTicket, enterprise: string, point: string): Ticket {
  const { ticket: before } = stored;
  const today = shanghaiDate(scene.now);
  const { person, why } = onDuty(scene.station, point, today, scene.load, before.platform);
  // The chief keeps what is the chief's, and whoever has accepted goes on.
  const keeps =
    before.item === null ||
    before.item === OTHER ||
    before.state !== "open" ||
    isHereFor(scene.station, point, before.owner, today);
  const owner = keeps ? before.owner : person.id;
  const ticket = draft.happen(stored, {
    event: "located",
    enterprise,
    point,
    owner,
    why: keeps ? "" : why,
    ...(owner === before.owner ? {} : awaitedAnew(scene, before.acceptBy, scene.now)),
  });
  const facts = caseFacts(scene, ticket, scene.now);
  draft.answer(toCompany.located({ ...facts, owner: ownerName(scene, ticket) }), ticket);
  if (owner === before.owner) {
    tellOwner(draft, scene, ticket, toStaff.locatedForHelper(facts));
    return ticket;
  }
  summon(draft, scene, ticket, why, scene.now);
  if (before.owner !== null) tellStaff(draft, scene, before.owner, ticket, toStaff.takenOver(facts, facts.owner));
  return ticket;
}
