/**
 * What somebody says back to a line about the only ticket of theirs here (什么复印件？ 那我找谁？ 我点错了): no request, but
 * it wants an answer, and whoever has the ticket gives it.
 */
import type { Understanding } from "../../understanding/understanding.ts";
import * as toCompany from "../../words/company.ts";
import { plain, RESULT_CHARACTERS } from "../../words/plain.ts";
import * as toStaff from "../../words/staff.ts";
import type { Draft } from "../draft.ts";
import { named, ownerName } from "../lines/facts.ts";
import { tellOwner } from "../lines/telling.ts";
import { perform } from "../orders/perform.ts";
import type { Scene } from "../scene.ts";
import { isActive, isEnded } from "../ticket/ticket.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import { maskNames } from "./details-shown.ts";
import { asksAnew, isQuestion } from "./joining.ts";

const DAY_MS = 86_400_000;
/** After that nobody asks back what was meant by the end of it. */
const ENDED_MS = 7 * DAY_MS;
/** It leans on what was said before; alone nobody would understand it. */
const LEANS = /^(?:那|这|哪|什么|啥|谁|为什么|为啥|怎么|咋|几|多少|是不是|是指|还要|要不要|去哪|在哪|找谁)/u;
const LEANS_MAX = 12;
/** What no item covers says so in more words than these. */
const OTHER_MAX = 8;
const PUTS_RIGHT = /^我?(?:刚才|刚刚)?(?:点|按|打|写|发|选|说|弄|搞|看|记)错了/u;

/** Which tickets it may be about; none where it is not said back. A question that may be about several is nobody's. */
export function saidBackTo(scene: Scene, text: string, { kind }: Understanding): readonly StoredTicket[] {
  if (scene.person || kind === "item" || !leansOn(text, kind)) return [];
  const found = newestOf(scene);
  return found.length === 1 || PUTS_RIGHT.test(text) ? found : [];
}

export function answerBack(draft: Draft, scene: Scene, stored: StoredTicket, text: string): void {
  if (isActive(stored.ticket)) {
    perform(draft, scene, stored, { command: "supplement", argument: text, rating: null, explicit: false });
    return;
  }
  const { ticket } = stored;
  draft.answer(toCompany.askedBack(named(ticket), ownerName(scene, ticket) ?? "帮办员"), ticket);
  const said = plain(maskNames(scene, text, ticket), RESULT_CHARACTERS);
  tellOwner(draft, scene, ticket, toStaff.askedBackForHelper(named(ticket), said));
}

function leansOn(text: string, kind: Understanding["kind"]): boolean {
  if (PUTS_RIGHT.test(text)) return !asksAnew(text);
  const { length } = [...text];
  return (
    LEANS.test(text) && isQuestion(text) && !asksAnew(text) && length <= (kind === "other" ? OTHER_MAX : LEANS_MAX)
  );
}

/** The newest where it has just come to its end and nothing is newer; else all of theirs here that are not at an end. */
function newestOf({ known: { mine, last, talk }, now }: Scene): readonly StoredTicket[] {
  const hasEnded = last && isEnded(last.ticket) && last.ticket.owner !== null && now - talk.lastAt <= ENDED_MS;
  const isRefused =
    last?.ticket.state === "declined" && mine.every(({ ticket }) => ticket.received < last.ticket.received);
  return hasEnded && (mine.length === 0 || isRefused) ? [last] : mine;
}
