/** Words of emergency: 110, 119, 120 at once, whatever else the message does (desk-practice 2); a person hears of it. */
import { findEnterprises } from "../../station/enterprise-match.ts";
import type { Understanding } from "../../understanding/understanding.ts";
import * as urgent from "../../words/emergency.ts";
import * as called from "../../words/names.ts";
import { plain } from "../../words/plain.ts";
import type { Draft } from "../draft.ts";
import { itemName, named, ownerName } from "../lines/facts.ts";
import { tellStaff } from "../lines/telling.ts";
import type { Scene } from "../scene.ts";
import { isActive, type Ticket } from "../ticket/ticket.ts";
import { maskNames } from "./details-shown.ts";
import { type Emergency, findEmergency } from "./emergency-words.ts";
import { openRequest } from "./requests.ts";

/** What a request is taken for that nothing but its emergency can be made out of. */
const SOMETHING = { kind: "other", items: [], command: null, because: [] } satisfies Partial<Understanding>;

/** The line with the numbers to call comes before everything else; null where nothing of the kind was typed. */
export function answerEmergency(draft: Draft, scene: Scene): Emergency | null {
  const emergency = findEmergency(scene.message.text);
  if (emergency) draft.answer(urgent.callForHelp(emergency.rescues));
  return emergency;
}

/** After the message has had its own effect: its ticket is urgent, and the chief is mentioned. */
export function raiseEmergency(draft: Draft, scene: Scene, emergency: Emergency): void {
  const touched = draft.touched().filter(isActive);
  const earlier = scene.known.mine.find(({ ticket }) => ticket.urgent && isActive(ticket))?.ticket;
  if (touched.length === 0 && scene.person === null && !earlier) {
    openRequest(draft, scene, scene.message.text, asEmergency(scene.understand(scene.message.text)), null);
  }
  const opened = draft.touched().filter(isActive);
  const about = opened.length > 0 || !earlier || scene.person ? opened : [earlier];
  const { chief } = scene.station;
  for (const ticket of about) {
    const marked = ticket.urgent
      ? ticket
      : draft.happen(ticket, { event: "alarmed", words: emergency.words.join("、") });
    const text = urgent.urgentForStaff(factsOf(scene, marked, emergency));
    tellStaff(draft, scene, chief.id, marked, text);
    // Whoever is sent for now reads it in the request itself.
    const sentFor = touched.length > 0 && scene.known.named.some(({ ticket: { id } }) => id === ticket.id);
    if (sentFor && marked.owner !== null && marked.owner !== chief.id)
      tellStaff(draft, scene, marked.owner, marked, text);
  }
  if (about.length > 0) return;
  const said = plain(maskNames(scene, scene.message.text, { slots: [] }));
  const text = urgent.urgentWithoutTicket(whereOf(scene), said, reporterOf(scene), emergency.words);
  if (scene.person?.id !== chief.id) draft.say({ kind: "staff", person: chief.id, ticket: null }, text, null);
}

/** What no item was surely read out of is no question which item it is: somebody is to act. */
export function asEmergency(understanding: Understanding): Understanding {
  return understanding.kind === "item" ? understanding : { ...understanding, ...SOMETHING };
}

/** The company that is named; else whose group it is. */
function whereOf({ enterprises, message, enterprise, group }: Scene): string | null {
  return findEnterprises(enterprises, message.text).exact?.name ?? enterprise ?? group?.enterprise ?? null;
}

/** Who can be asked, and where it was typed. */
function reporterOf({ person, message, group }: Scene): urgent.Reporter {
  const room = message.chat === null ? null : (group?.enterprise ?? (group && called.GROUP_WORDS[group.kind]));
  return { name: person?.name ?? null, room };
}

function factsOf(scene: Scene, ticket: Ticket, { words }: Emergency): urgent.UrgentFacts {
  return {
    ...named(ticket),
    item: itemName(scene, ticket.item),
    enterprise: ticket.enterprise ?? called.UNKNOWN_ENTERPRISE,
    text: plain(maskNames(scene, scene.message.text, ticket)),
    words,
    owner: ownerName(scene, ticket),
  };
}
