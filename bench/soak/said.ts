/** What is said in a soak, and by whom. */
import type { Said } from "./judge.ts";
import { BURST, chatOf, clerkOf, helperNameOf, helperOf } from "./station.ts";
import type { WayThrough } from "./ways.ts";

const DIGITS = "甲乙丙丁戊己庚辛壬癸";

/** Each from somebody else, where that is possible; no two alike, since the same text again is the same request. */
export function saidInBurst({ platform, alone }: WayThrough, count: number): Said[] {
  return Array.from({ length: count }, (_, nth) => ({
    room: alone ? `@${clerkOf(BURST)}` : chatOf(platform, BURST),
    asker: `${platform}:${alone ? clerkOf(BURST) : `speaker${nth}`}`,
    text: `第${inWords(nth)}件：下周三下午想借一间会议室，${10 + (nth % 50)}个人`,
    helper: { account: helperOf(BURST), name: helperNameOf(BURST) },
  }));
}

/** One in each of as many other conversations. */
export function saidWidely({ platform, alone }: WayThrough, count: number): Said[] {
  return Array.from({ length: count }, (_, before) => {
    const nth = before + BURST + 1;
    return {
      room: alone ? `@${clerkOf(nth)}` : chatOf(platform, nth),
      asker: `${platform}:${clerkOf(nth)}`,
      text: "下周三下午想借一间能坐三十人的会议室",
      helper: { account: helperOf(nth), name: helperNameOf(nth) },
    };
  });
}

/** Not in figures: three of them may be the number of a ticket. */
function inWords(nth: number): string {
  return [...String(nth).padStart(3, "0")].map((digit) => DIGITS[Number(digit)]).join("");
}
