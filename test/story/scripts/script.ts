/**
 * A conversation as data: one line is one thing that happens, read by `runner.ts`. People say what people type; the rest
 * is what must be seen. `&&` joins words that one message must contain together, `|` what may stand in a
 * word's place; `#001` is the first ticket of the day.
 *
 *     王敏: 周三下午想借一间会议室       said to the desk in the company's group (`王敏 在 帮办群: …` elsewhere)
 *     孙三 ↩ 待接单: 接单               said in answer to the newest message of the desk that contains 待接单
 *     王敏 再送: …                      the platform delivers the speaker's last message again, its words now these
 *     | 王八 ↩ 待接单: 接单             at the same moment as the line above
 *     < 已受理 && 活动场地              what is answered there
 *     ! 孙三 待接单                     whose telephone rings, in a group or one-to-one
 *     + 企业群/帮办群 已接单            what is shown in one of these groups
 *     ~                                 nothing is said anywhere, to nobody
 *     1 企业群 已受理】                 what is shown there once in the whole conversation
 *     - 企业群 脾气                     what this group has never been shown
 *     @ 12-08 11:00                     the desk's clock, Shanghai
 *     x 回复被拒                        the platform refuses (`TROUBLES` in the runner)
 *     = 001 已归档 孙三 5               how the ticket stands: state, who has it (`孙三/王八`: either), the rating
 *     # 001 accepted 1                  how often this stands in its story
 */
export interface Script {
  readonly title: string;
  /** Both helpers of the point take their turns; without it 孙三 is its only one. */
  readonly twoHelpers?: boolean;
  readonly lines: readonly string[];
}

export type Step =
  | {
      readonly kind: "say";
      readonly by: string;
      readonly room: string | null;
      readonly quoting: string | null;
      readonly again: boolean;
      readonly together: boolean;
      readonly text: string;
    }
  | { readonly kind: "answered" | "silence"; readonly words: readonly string[] }
  | { readonly kind: "rings"; readonly whom: string; readonly words: readonly string[] }
  | { readonly kind: "shown" | "once" | "never"; readonly rooms: readonly string[]; readonly words: readonly string[] }
  | { readonly kind: "clock"; readonly at: string }
  | { readonly kind: "trouble"; readonly which: string }
  | {
      readonly kind: "stands";
      readonly number: string;
      readonly state: string;
      readonly owners: readonly string[];
      readonly rating: number | null;
    }
  | { readonly kind: "story"; readonly number: string; readonly event: string; readonly times: number };

const YEAR = 2026;
const SAID = /^(\| )?(\p{L}+)(?: 在 (\p{L}+))?(?: (再送))?(?: ↩ ([^:]+))?: (.+)$/u;

/** `day`: `1207`, for `#001`. Throws at a line that is none of those above. */
export function readLine(line: string, day: string): Step {
  const whole = line.replace(/#(\d{3})(?!\d)/gu, `#${day}-$1`);
  const said = SAID.exec(whole);
  if (said) {
    const [, together, by = "", room = null, again, quoting = null, text = ""] = said;
    return { kind: "say", by, room, quoting, again: again !== undefined, together: together !== undefined, text };
  }
  const [mark = "", first = "", ...others] = whole.split(" ");
  const rest = others.join(" ");
  const words = (text: string) => text.split(" && ").filter((word) => word !== "");
  if (mark === "<") return { kind: "answered", words: words([first, ...others].join(" ")) };
  if (mark === "~") return { kind: "silence", words: [] };
  if (mark === "!") return { kind: "rings", whom: first, words: words(rest) };
  const places = { "+": "shown", "1": "once", "-": "never" } as const;
  if (mark === "+" || mark === "1" || mark === "-") {
    return { kind: places[mark], rooms: first.split("/"), words: words(rest) };
  }
  if (mark === "@") return { kind: "clock", at: `${YEAR}-${first}T${rest}:00+08:00` };
  if (mark === "x") return { kind: "trouble", which: first };
  if (mark === "=") {
    const [state = "", owners = "", rating] = others;
    const number = `${YEAR}${day}-${first}`;
    return { kind: "stands", number, state, owners: owners.split("/"), rating: rating ? Number(rating) : null };
  }
  if (mark === "#") {
    return { kind: "story", number: `${YEAR}${day}-${first}`, event: others[0] ?? "", times: Number(others[1]) };
  }
  throw new Error(`no line of a script: ${line}`);
}
