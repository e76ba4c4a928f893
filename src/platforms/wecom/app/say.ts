/** A line to one person, from the self-built app (wecom.md 4.3): as a card where it has buttons, else as text. */
import { z } from "zod";
import type { SendOutcome, Utterance } from "../../../chat/outgoing.ts";
import { judgeAnswer } from "../outcome.ts";
import type { ToPerson, Voice } from "../say.ts";
import type { AppApi } from "./api.ts";
import { cardOf } from "./card.ts";
import { withTwinMark } from "./twin.ts";

export interface AppSayDeps {
  readonly api: AppApi;
  readonly agentId: number;
  /** Whether somebody hears when a button is pressed; without a callback address WeCom refuses such cards. */
  readonly hearsButtons: boolean;
}

/** Longer than a line is tried again after a doubt, shorter than two that say the same are apart as a rule. */
const DUPLICATES_S = 600;

/** The message went through, and not to this person: the errcode of a send to some of many is 0 (4.3). */
const missed = z.object({ invaliduser: z.string().catch(""), unlicenseduser: z.string().catch("") });

export function openAppSay({ api, agentId, hearsButtons }: AppSayDeps): Voice<ToPerson> {
  return {
    origin: api.origin,
    async say({ account }, utterance): Promise<SendOutcome> {
      const read = await api.call("/cgi-bin/message/send", {
        touser: account,
        agentid: agentId,
        ...content(utterance, hearsButtons),
        enable_duplicate_check: 1,
        duplicate_check_interval: DUPLICATES_S,
      });
      if (read.kind !== "read") return read;
      const { invaliduser, unlicenseduser } = missed.parse(read.answer);
      if (read.answer.errcode === 0 && invaliduser !== "") {
        return { kind: "refused", reason: "收件人不在应用的可见范围内，或账号不存在" };
      }
      if (read.answer.errcode === 0 && unlicenseduser !== "") {
        return { kind: "refused", reason: "收件人的账号没有接口许可" };
      }
      return judgeAnswer(read.answer, []);
    },
  };
}

function content(utterance: Utterance, hearsButtons: boolean): object {
  const card = hearsButtons ? cardOf(utterance) : null;
  if (card !== null) return { msgtype: "template_card", template_card: card };
  return { msgtype: "text", text: { content: withTwinMark(utterance.text, utterance.id) } };
}
