/** Whose matter staff tell of without naming a ticket: no company's matter is told to another company. */
import { enterprisesNamed, findEnterprises } from "../../station/enterprise-match.ts";
import { coreOf, foldName } from "../../station/enterprise-name.ts";
import type { Understanding } from "../../understanding/understanding.ts";
import type { Scene } from "../scene.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { isOfCaller } from "./on-behalf-words.ts";

/** The text names an enterprise, and it is not, or not only, the ticket's. */
export function namesAnother({ enterprises }: Pick<Scene, "enterprises">, ticket: Ticket, text: string): boolean {
  return [...enterprisesNamed(enterprises, text)].some(({ name }) => name !== ticket.enterprise);
}

/** Also: somebody has called or walked in and wants something, and it is not said to be the ticket's enterprise, or is not its matter. */
export function tellsOfAnother(scene: Scene, ticket: Ticket, text: string, { kind, items }: Understanding): boolean {
  if (namesAnother(scene, ticket, text)) return true;
  const asks = kind === "item" || kind === "other" || kind === "unclear";
  if (!asks || !isOfCaller(text)) return false;
  const isElse = kind === "item" && ticket.item !== null && !items.includes(ticket.item);
  return isElse || enterprisesNamed(scene.enterprises, text).size === 0;
}

/**
 * The enterprise that answers "which one?"; null where none does. 丽园食品 要开介绍信 names one and is a request of its own;
 * 丽园食品 is an answer, whatever its words may ask for.
 */
export function enterpriseTold({ enterprises, understand }: Scene, text: string): string | null {
  const told = findEnterprises(enterprises, text).exact?.name ?? null;
  if (told === null || enterprises.names.has(foldName(text)) || enterprises.cores.has(coreOf(text))) return told;
  const { kind } = understand(text);
  return kind === "item" || kind === "other" ? null : told;
}
