/** A line with buttons as a card, where it fits on one (wecom.md 2.3, 4.3; page 90236). Pure. */
import { createHash } from "node:crypto";
import type { Utterance } from "../../../chat/outgoing.ts";

/** In characters; beyond them a client cuts, and what is cut nobody reads. */
const TITLE_MAX = 26;
const DESC_MAX = 30;
const REST_MAX = 112;
const LABEL_MAX = 10;
const KEY_BYTES_MAX = 1024;
const BUTTONS_MAX = 6;

/** Blue for the first, which is what is asked for; the others grey. */
const STYLE_FIRST = 1;
const STYLE_OTHER = 2;

/** Null: better as plain text, for it has no buttons, no head, or would be cut. */
export function cardOf({ id, text, buttons }: Utterance): object | null {
  const [, title, desc, rest] = /^【([^】\n]+)】([^\n]*)\n?(.*)$/su.exec(text) ?? [];
  if (title === undefined || desc === undefined || rest === undefined) return null;
  if (title.length > TITLE_MAX || desc.length > DESC_MAX || rest.length > REST_MAX) return null;
  if (buttons.length === 0 || buttons.length > BUTTONS_MAX) return null;
  if (buttons.some(({ label, says }) => label.length > LABEL_MAX || Buffer.byteLength(says) > KEY_BYTES_MAX))
    return null;
  // Keys must differ (42014 and its like), and two buttons that say the same are nobody's intention.
  if (new Set(buttons.map(({ says }) => says)).size < buttons.length) return null;
  return {
    card_type: "button_interaction",
    main_title: { title, ...(desc === "" ? {} : { desc }) },
    ...(rest === "" ? {} : { sub_title_text: rest }),
    task_id: taskId(id),
    button_list: buttons.map(({ label, says }, index) => ({
      text: label,
      style: index === 0 ? STYLE_FIRST : STYLE_OTHER,
      key: says,
    })),
  };
}

/** The line's id, so that a card sent twice is one card; in the letters that a task id may have. */
function taskId(id: string): string {
  return /^[0-9A-Za-z_\-@]{1,128}$/.test(id) ? id : createHash("sha256").update(id).digest("hex");
}
