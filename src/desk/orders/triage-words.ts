/** The words by which the chief says whose a case is and what it is: 转 组织, 归 场地, 派 姓名. */
import { shanghaiDate } from "../../pledge/hours.ts";
import type { Scene } from "../scene.ts";
import { findWhom } from "../team/whom.ts";
import type { Ticket } from "../ticket/ticket.ts";

/** What follows is the item; the sentence may go on with who does it. */
const ITEM_VERB =
  /(?:归(?:类)?(?:到|入|为)?|定(?:性)?(?:为|成)|属于?|算(?:作)?|事项(?:定成|定为|按|是|为)?|按(?:照)?)[\s:：“”"]*([^\s，,。；;“”"]+)/u;
const VERB = /^(?:转给?|派(?:给|单给?)?|交给?|归(?:类)?(?:到|入|为)?|定(?:性)?(?:为|成))[\s:：]*(?=\S)/u;
const SHORT = /^(?:转|派|归|定为|定成)[\s:：]*\S/u;

/** 转 组织 is an order only where it names somebody or something. */
export function readsAsTriage(scene: Scene, ticket: Ticket, text: string): boolean {
  if (!SHORT.test(text)) return false;
  const today = shanghaiDate(scene.now);
  return itemIn(scene, text) !== null || findWhom(text, { station: scene.station, today, not: ticket.owner }) !== null;
}

export function withoutVerb(text: string): string {
  return text.replace(VERB, "");
}

/** By its name, a part of it that no other has, or what the words after 归 mean. */
export function itemIn(scene: Scene, text: string): { readonly id: string; readonly said: string } | null {
  const found = ITEM_VERB.exec(text);
  const words = found?.[1] ?? "";
  if (!found || words === "") return null;
  const items = [...scene.intents.items.values()];
  const exact = items.find(({ name }) => words.includes(name));
  if (exact) return { id: exact.id, said: found[0] };
  const partly = items.filter(({ name }) => [...words].length > 1 && name.includes(words));
  if (partly.length === 1 && partly[0]) return { id: partly[0].id, said: found[0] };
  const { kind, items: meant } = scene.understand(words);
  return kind === "item" && meant.length === 1 && meant[0] ? { id: meant[0], said: found[0] } : null;
}
