/** The addresses that an application calls (wecom.md 4.2, 4.3, 4.4, 4.6). */
import { z } from "zod";
import type { Chats } from "../../chats.ts";
import { openWindow } from "../../window.ts";
import type { Directory } from "../directory.ts";
import { OK, refusals } from "../errcodes.ts";
import { type Blame, blameBody, bodyTooLong, type Knock, type Verdict } from "../knock.ts";
import type { OpenIds } from "../open-ids.ts";
import { isRefusal } from "../payloads.ts";
import type { Cards } from "./cards.ts";
import { readCard } from "./payloads.ts";
import { openSend } from "./send.ts";
import type { Tokens } from "./tokens.ts";

export interface CallParts {
  readonly corpId: string;
  readonly agentId: number;
  readonly secret: string;
  readonly directory: Directory;
  readonly chats: Chats;
  readonly cards: Cards;
  readonly tokens: Tokens;
  readonly openIds: OpenIds;
  readonly blame: Blame;
  readonly now: () => number;
}

const BODY_BYTES_MAX = 1 << 20;
const CONVERTED_MAX = 1000;
/** "Do not call often" (wecom.md 4.2); how often that is, nobody says. */
const TOKENS_PER_MINUTE = 60;

const conversion = z.looseObject({ open_userid_list: z.array(z.string()) });
const update = z.looseObject({
  agentid: z.int(),
  response_code: z.string(),
  userids: z.array(z.string()).optional(),
  atall: z.union([z.literal(0), z.literal(1)]).default(0),
  button: z.looseObject({ replace_name: z.string().min(1) }).optional(),
  template_card: z.looseObject({ replace_text: z.string().optional() }).optional(),
});

export function openCalls(parts: CallParts): (url: URL) => Knock | null {
  const { corpId, agentId, secret, directory, cards, tokens, openIds, blame, now } = parts;
  const asked = openWindow(TOKENS_PER_MINUTE, 60_000);

  const getToken = (corp: string, given: string): Verdict => {
    if (!asked.take(now())) return blame("too-often", "gettoken", refusals.tooOften());
    if (corp !== corpId) return { refusal: refusals.badCorpId() };
    if (given !== secret) return { refusal: refusals.badSecret() };
    const { token, lifeS } = tokens.issue(now());
    return { show: () => undefined, answer: { ...OK, access_token: token, expires_in: lifeS } };
  };

  /** No member: whoever is not known to be out of range, since in a real organisation everybody who speaks is one. */
  const convert = (body: unknown): Verdict => {
    const { data } = conversion.safeParse(body);
    if (data === undefined) return blameBody(blame, "openuserid_to_userid", refusals.badParameter("open_userid_list"));
    const { open_userid_list: ids } = data;
    if (ids.length === 0) return blameBody(blame, "openuserid_to_userid", refusals.nothingAsked("open_userid_list"));
    if (ids.length > CONVERTED_MAX) return blameBody(blame, "openuserid_to_userid", refusals.listTooLong());
    const found: { open_userid: string; userid: string }[] = [];
    const invalid: string[] = [];
    for (const id of ids) {
      const account = openIds.accountOf(id);
      if (account === undefined || directory.person(account)?.visible === false) invalid.push(id);
      else found.push({ open_userid: id, userid: account });
    }
    return { show: () => undefined, answer: { ...OK, userid_list: found, invalid_open_userid_list: invalid } };
  };

  const updateCard = (body: unknown): Verdict => {
    const { data } = update.safeParse(body);
    if (data === undefined) return blameBody(blame, "update_template_card", refusals.badParameter("data format error"));
    if (data.agentid !== agentId) return { refusal: refusals.badAgent() };
    const { response_code: code, button, template_card: card } = data;
    const found = cards.look(code, now());
    if (typeof found === "string") {
      const refusal = refusals.codeGone();
      return found === "used" ? blame("used-twice", code, refusal) : { refusal };
    }
    const whom = data.atall === 1 ? null : (data.userids ?? []);
    if (whom?.length === 0) return blameBody(blame, "update_template_card", refusals.nothingAsked("userids"));
    const answer = { ...OK, invaliduser: [] as string[] };
    const put = (change: Parameters<Cards["change"]>[2]): Verdict => ({
      show() {
        cards.burn(code);
        answer.invaliduser.push(...cards.change(found.task, whom, change));
      },
      answer,
    });
    if (button !== undefined) return put({ replaceName: button.replace_name });
    const read = readCard(card);
    if (isRefusal(read)) return blameBody(blame, "update_template_card", read);
    const replaced = card?.replace_text ?? null;
    return put({ text: read.text, card: read.card === null ? null : { ...read.card, replaced } });
  };

  const send = openSend(parts);
  const posts: Readonly<Record<string, (body: unknown) => Verdict>> = {
    "/cgi-bin/message/send": send,
    "/cgi-bin/message/update_template_card": updateCard,
    "/cgi-bin/batch/openuserid_to_userid": convert,
  };

  return ({ pathname, searchParams }) => {
    if (pathname === "/cgi-bin/gettoken") {
      const corp = searchParams.get("corpid") ?? "";
      const judge = (): Verdict => getToken(corp, searchParams.get("corpsecret") ?? "");
      const tooLong = (): Verdict => bodyTooLong(blame, corp);
      return {
        door: "token",
        method: "GET",
        credential: corp,
        chat: null,
        bodyBytesMax: BODY_BYTES_MAX,
        judge,
        tooLong,
      };
    }
    const post = posts[pathname];
    if (post === undefined) return null;
    const token = searchParams.get("access_token") ?? "";
    return {
      door: "app",
      method: "POST",
      credential: token,
      chat: null,
      bodyBytesMax: BODY_BYTES_MAX,
      tooLong: () => bodyTooLong(blame, pathname),
      judge(body) {
        const refusal = tokens.judge(token, now());
        return refusal === null ? post(parseJson(body)) : { refusal };
      },
    };
  };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
