/** Text that people typed, made safe to repeat: it pings nobody, formats nothing, hides personal numbers, stays short. */
import { maskPersonal } from "./mask.ts";

/** As much of a request as a receipt repeats to the one who typed it … */
const RECEIPT_CHARACTERS = 120;
/** … as the helper sees of it; more would not fit one message of a webhook (2,048 bytes) … */
export const TASK_CHARACTERS = 400;
/** … and of a result, a progress, a supplement. */
export const RESULT_CHARACTERS = 500;

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
  "@": "＠",
};

export function plain(text: string, most: number = RECEIPT_CHARACTERS): string {
  // Only what can be shown is worked on; no number that is masked is as long as the rest.
  const safe = text
    .slice(0, most * 4 + 200)
    .replace(/[\s\p{Cc}\p{Co}]+/gu, " ")
    .trim()
    .replace(/[<>*`[\]|~\\@]/gu, (sign) => SIGNS[sign] ?? sign)
    .replace(/__/gu, "＿＿")
    // Only the desk begins a line with a number in these: a quote is read by them (desk/ticket/number.ts).
    .replace(/【(?=\s*[#＃])/gu, "［");
  // The mask's own signs stay as they are: 138****5678.
  const characters = [...maskPersonal(safe)];
  return characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : characters.join("");
}
