/** The answer that an application puts into the response to a callback (wecom.md 4.1), as far as one is shown. */
import { z } from "zod";
import { readXml } from "../envelopes.ts";
import { isRefusal } from "../payloads.ts";
import type { CardChange } from "./cards.ts";
import { readCard } from "./payloads.ts";

export type PassiveAnswer =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "change"; readonly change: CardChange };

const button = z.object({ Text: z.string(), Key: z.string(), Style: z.coerce.number().optional() });
const answer = z.object({
  xml: z.discriminatedUnion("MsgType", [
    z.looseObject({ MsgType: z.literal("text"), Content: z.string() }),
    z.looseObject({ MsgType: z.literal("update_button"), Button: z.looseObject({ ReplaceName: z.string().min(1) }) }),
    z.looseObject({
      MsgType: z.literal("update_template_card"),
      TemplateCard: z.looseObject({
        CardType: z.string(),
        TaskId: z.string().optional(),
        MainTitle: z.looseObject({ Title: z.string(), Desc: z.string().optional() }),
        SubTitleText: z.string().optional(),
        ButtonList: z.union([button, z.array(button)]).optional(),
        ReplaceText: z.string().optional(),
      }),
    }),
  ]),
});

/** `task`: of the card that was clicked. Throws on what WeCom could not read. */
export function readPassive(reply: unknown, task: string | null): PassiveAnswer | null {
  if (reply === null || reply === "") return null;
  const { xml } = answer.parse(readXml(z.string().parse(reply)));
  if (xml.MsgType === "text") return { kind: "text", text: xml.Content };
  if (task === null) throw new Error(`passive answer: ${xml.MsgType} where no card was clicked`);
  if (xml.MsgType === "update_button") return { kind: "change", change: { replaceName: xml.Button.ReplaceName } };
  const { CardType, TaskId = task, MainTitle, SubTitleText, ButtonList = [], ReplaceText } = xml.TemplateCard;
  const read = readCard({
    card_type: CardType,
    task_id: TaskId,
    main_title: { title: MainTitle.Title, ...(MainTitle.Desc === undefined ? {} : { desc: MainTitle.Desc }) },
    ...(SubTitleText === undefined ? {} : { sub_title_text: SubTitleText }),
    button_list: [ButtonList].flat().map(({ Text, Key, Style }) => ({ text: Text, key: Key, style: Style })),
  });
  if (isRefusal(read)) throw new Error(`passive answer: ${read.errmsg}`);
  const card = read.card === null ? null : { ...read.card, replaced: ReplaceText ?? null };
  return { kind: "change", change: { text: read.text, card } };
}
