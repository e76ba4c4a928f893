/** Typed text as the desk wants it: without the robot's own name and without what cannot be seen. Pure. */

export const TEXT_LENGTH_MAX = 20_000;
const CUT_MARK = "…（原文过长，以下从略）";

/** Soft hyphens, zero-width spaces and joiners, marks of direction, the byte order mark: "1123\u200b-017" is a number. */
const UNSEEN = /[\u00ad\u061c\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
/** The joiner is part of 👨‍👩‍👧 and of nothing else that is typed here. */
const STRAY_JOINER = /(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u{fe0f})\u{200d}/gu;

export function dropUnseen(text: string): string {
  return text.replace(UNSEEN, "").replace(STRAY_JOINER, "");
}

/** Nothing is lost silently: what does not fit is said to be missing. */
export function bound(text: string): string {
  if (text.length <= TEXT_LENGTH_MAX) return text;
  // Never between the halves of a surrogate pair.
  const end = (text.codePointAt(TEXT_LENGTH_MAX - 1) ?? 0) > 0xffff ? TEXT_LENGTH_MAX - 1 : TEXT_LENGTH_MAX;
  return text.slice(0, end) + CUT_MARK;
}

/** A whole run of blanks: begun within one, a search would take the square of its length. */
const GAP = "(?<![^\\S\\n])[^\\S\\n]*";
const WORD_ENDS = "(?![\\p{L}\\p{N}_])";

export type StripNames = (text: string) => string;

/**
 * The text says "@name" literally, anywhere, and there is no list of mentions to go by (wecom.md 2.1; dingtalk.md 1.4 for
 * rich text). Only configured names are taken out: `@\S+` would break names with spaces and eat other people.
 */
export function nameStripper(names: readonly string[]): StripNames {
  const known = names.map((name) => dropUnseen(name).trim()).filter((name) => name !== "");
  if (known.length === 0) return (text) => text.trim();
  // The longest first: of 小帮手 and 小帮手二号 the first must not leave 二号 behind.
  const any = known
    .sort((a, b) => b.length - a.length)
    .map(escapeRegExp)
    .join("|");
  const name = `${GAP}@(?:${any})`;
  // Clients write U+2005 behind a mention, people a space or a comma. It stays between words and goes with a line's first.
  const called = new RegExp(`^(?:${name}${WORD_ENDS})+[^\\S\\n]*|${name}${WORD_ENDS}`, "gmu");
  const glued = new RegExp(name, "gu");
  return (text) => {
    // Somebody deleted the space: it is our name only if it stands nowhere else, for it may begin a member's name.
    const isCalled = text.search(called) >= 0;
    return (isCalled ? text.replace(called, "") : text.replace(glued, " ")).trim();
  };
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
