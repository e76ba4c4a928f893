/** Somebody is not content: with what was done, or because nothing is heard. It is never met with silence. */
import * as toCompany from "../../words/company.ts";
import { plain, RESULT_CHARACTERS } from "../../words/plain.ts";
import * as toStaff from "../../words/staff.ts";
import { maskNames } from "../asking/details-shown.ts";
import type { Draft } from "../draft.ts";
import { named } from "../lines/facts.ts";
import { tellOwner } from "../lines/telling.ts";
import type { Scene } from "../scene.ts";
import { mayHappen } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import { mayDo, type Relation } from "./entitlement.ts";
import { hindrance } from "./hindrance.ts";

/** No and not, save where they are polite. */
const NEGATION =
  /(?:不(?!错|客气|用|好意思|谢|必|要紧|愧|亏|少|少钱|知不觉)|没(?!事|问题|关系|意见|什么|毛病|得说)|未(?!来)|白(?=[跑等来去])|别(?=[糊敷忽骗]))/u;
const FAULT =
  /(?<!不|没)[坏错糊烂漏丢脏破慢差骗](?!不多|别|点)|服了|无语|失望|敷衍|推诿|糊弄|什么(?:态度|服务|玩意)|这也?叫/u;
/** An answer is asked after: 说好的答复呢, 怎么还没消息. */
const ASKS_AFTER =
  /(?:答复|回复|回话|回音|回信|消息|结果|进展|动静|下文|说法|人)(?:呢|在哪|没有?[?？]|[?？])|(?:怎么|为什么|为啥|咋)(?:还|一直|都)[^\p{P}]{0,2}[没不]|[没无]有?人(?:管|理|接|回|答复)|还要(?:等|拖)?多久|等[^\p{P}]{0,4}(?:多久|几天|半天)了/u;

/** A longer text tells something of its own. */
const ASKS_CHARACTERS_MAX = 24;

export function isDissatisfied(text: string): boolean {
  return NEGATION.test(text) || FAULT.test(text);
}

export function asksAfterAnswer(text: string): boolean {
  return [...text].length <= ASKS_CHARACTERS_MAX && ASKS_AFTER.test(text);
}

/** Of what is done: the helper hears it at once, and the asker says by one number whether it is to be done again. */
export function answerDissatisfied(
  draft: Draft,
  scene: Scene,
  stored: StoredTicket,
  relations: ReadonlySet<Relation>,
  text: string,
): boolean {
  if (!isDissatisfied(text) || hindrance(scene, stored.ticket, "reopen") !== null) return false;
  const ticket = mayHappen(stored.ticket, "noted")
    ? draft.happen(stored, { event: "noted", kind: "remark", text })
    : stored.ticket;
  tellOwner(draft, scene, ticket, toStaff.remarkForHelper(named(ticket), shown(scene, stored, text)));
  if (!mayDo("reopen", relations)) {
    draft.answer(toCompany.remarkTold(named(ticket)), ticket);
    return true;
  }
  draft.answer(toCompany.isItUnsolved(named(ticket), scene.prompts), ticket);
  draft.ask(scene, {
    kind: "order",
    ticket: ticket.id,
    options: [{ act: "reopen", whom: null, due: null, said: text }],
  });
  return true;
}

function shown(scene: Scene, { ticket }: StoredTicket, text: string): string {
  return plain(maskNames(scene, text, ticket), RESULT_CHARACTERS);
}
