/** 退回 原因: whose it is has to be said anew, by the chief, or by the main station where that is named. */
import { shanghaiDate } from "../../pledge/hours.ts";
import { helpersFor, onDuty } from "../../station/duty.ts";
import * as toStaff from "../../words/staff-working.ts";
import type { Draft } from "../draft.ts";
import { named } from "../lines/facts.ts";
import type { Scene } from "../scene.ts";
import { asksReason } from "../team/colleague.ts";
import type { StoredTicket } from "../ticket/ticket-record.ts";
import type { Command } from "./command.ts";
import { giveTo } from "./giving.ts";

const TO_MAIN = /^(?:给|到)?[主总]站[\s\p{P}]*/u;

export function giveBack(draft: Draft, scene: Scene, stored: StoredTicket, { argument }: Command): void {
  const { station, who } = scene;
  const { chief, mainPoint } = station;
  const { ticket } = stored;
  if (ticket.owner === chief.id) {
    draft.answer(toStaff.chiefHasIt(named(ticket), scene.prompts), ticket);
    return;
  }
  const reason = argument.replace(TO_MAIN, "").replace(/^(?:给)?首席(?:帮办员)?[\s\p{P}]*/u, "");
  if (asksReason(draft, scene, stored, "return", { reason, said: argument })) return;
  draft.ask(scene, null);
  const fromMain = helpersFor(station, null).some(({ id }) => id === ticket.owner || id === who);
  const duty = TO_MAIN.test(argument) && !fromMain ? onDuty(station, mainPoint.id, shanghaiDate(scene.now)) : null;
  giveTo(draft, scene, stored, "returned", { person: duty?.person ?? chief, why: duty?.why ?? "", reason });
}
