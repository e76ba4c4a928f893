/** Text that people typed, made safe to repeat: it pings nobody, formats nothing, hides personal numbers, stays short. */
import { maskPersonal } from "./mask.ts";

/** As much of a request as a receipt repeats. */
const MOST_CHARACTERS = 120;

const SIGNS: Readonly<Record<string, string>> = {
  "<": "＜",
  ">": "＞",
  "*": "＊",
  "`": "｀",
  "[": "［",
  "]": "］",
  "|": "｜",
  "~": "～",
  "\\": "＼",
};

export function plain(text: string, most: number = MOST_CHARACTERS): string {
  const oneLine = maskPersonal(text).replace(/\s+/gu, " ").trim();
  const safe = oneLine
    .replace(/[<>*`[\]|~\\]/gu, (sign) => SIGNS[sign] ?? sign)
    .replace(/@(?=\S)/gu, "＠")
    .replace(/__/gu, "＿＿")
    .replace(/^(#{1,6} |- |\d+\. )/u, (start) => `\u200b${start}`);
  const characters = [...safe];
  return characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : safe;
}
