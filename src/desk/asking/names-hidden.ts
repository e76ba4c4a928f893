/** Names of private people in what was typed, hidden before others see it (desk-practice 5): 王××. Pure. */
import type { Slots } from "../../understanding/slots.ts";
import { findNames } from "../../understanding/slots-name.ts";
import { maskName } from "../../words/mask.ts";

/** A name is looked for no further. */
const NAMED_WITHIN = 600;

/** Those that are read from the text, and those that are known. `staff` are named: they are on the wall. */
export function hideNames(text: string, staff: ReadonlySet<string>, slots: Slots): string {
  const known = slots.flatMap(([slot, name]) => (slot === "name" && name !== "" ? [name] : []));
  // The longest first: 王小 is a part of 王小明.
  const names = [...new Set([...known, ...findNames(text.slice(0, NAMED_WITHIN), staff)])];
  names.sort((a, b) => b.length - a.length);
  return names.reduce((masked, name) => masked.replaceAll(name, maskName(name)), text);
}
