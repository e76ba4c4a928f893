/** `message/send`: from the application to members, each in the one-to-one chat (wecom.md 4.3). */
import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import type { Chats } from "../../chats.ts";
import type { Shown } from "../../history.ts";
import { openWindowPer } from "../../window.ts";
import type { Directory, SandboxPerson } from "../directory.ts";
import { OK, refusals } from "../errcodes.ts";
import { type Blame, blameBody, type Verdict } from "../knock.ts";
import { isRefusal } from "../payloads.ts";
import { singleChat } from "../rooms.ts";
import type { Cards } from "./cards.ts";
import { type AppPayload, readAppPayload } from "./payloads.ts";

export interface SendParts {
  readonly agentId: number;
  readonly directory: Directory;
  readonly chats: Chats;
  readonly cards: Cards;
  readonly blame: Blame;
  readonly now: () => number;
}

const RECEIVERS_MAX = 1000;
/** Per member; what is over is dropped, and the caller hears nothing of it. */
const LIMITS = [
  { limit: 30, spanMs: 60_000 },
  { limit: 1000, spanMs: 3_600_000 },
];
const DUPLICATE_S_MAX = 4 * 3600;

const flag = z.union([z.literal(0), z.literal(1)]).default(0);
const call = z.looseObject({
  touser: z.string().default(""),
  toparty: z.string().default(""),
  totag: z.string().default(""),
  msgtype: z.string(),
  agentid: z.int(),
  enable_duplicate_check: flag,
  duplicate_check_interval: z.int().min(1).max(DUPLICATE_S_MAX).default(1800),
});

/** `body`: parsed, undefined where it is no JSON. */
export function openSend(parts: SendParts): (body: unknown) => Verdict {
  const { agentId, directory, chats, cards, blame, now } = parts;
  const windows = openWindowPer(LIMITS);
  /** Digest of a call → when it was shown, wire clock. */
  const shownBefore = new Map<string, number>();

  const show = (payload: AppPayload, people: readonly SandboxPerson[]): void => {
    const { kind, text, card } = payload;
    const shown = new Map<string, Shown>();
    for (const { account } of people) {
      shown.set(account, chats.show(singleChat(account), { from: "app", kind, text, card }));
    }
    if (card?.task) cards.sent(card.task, shown);
  };

  return (body) => {
    const { data } = call.safeParse(body);
    if (data === undefined) return blameBody(blame, "message/send", refusals.badParameter("data format error"));
    if (data.agentid !== agentId) return { refusal: refusals.badAgent() };
    const payload = readAppPayload(data.msgtype, data);
    if (isRefusal(payload)) return blameBody(blame, "message/send", payload);

    const { touser, toparty, totag } = data;
    if (touser + toparty + totag === "") {
      return blameBody(blame, "message/send", refusals.nothingAsked("touser, toparty and totag"));
    }
    const ids = touser.split("|").filter(Boolean);
    if (ids.length > RECEIVERS_MAX) return blameBody(blame, "message/send", refusals.listTooLong());
    const { people, invalid } = receivers(directory, ids);
    if (people.length === 0) return { refusal: refusals.nobody() };

    const answer = {
      ...OK,
      invaliduser: invalid.join("|"),
      // This organisation has neither departments nor tags.
      invalidparty: toparty,
      invalidtag: totag,
      unlicenseduser: "",
      msgid: randomBytes(24).toString("base64url"),
    };
    const digest = createHash("sha256").update(JSON.stringify(body)).digest("base64");
    const before = shownBefore.get(digest);
    const isDuplicate =
      data.enable_duplicate_check === 1 &&
      before !== undefined &&
      now() - before <= data.duplicate_check_interval * 1000;
    if (isDuplicate) return { show: () => undefined, answer };

    const task = payload.card?.task ?? null;
    if (task !== null && cards.isKnown(task)) return blame("used-twice", task, refusals.badTaskId());
    if (payload.truncated) {
      blame("too-long", "message/send", refusals.badParameter(`${data.msgtype} exceed max length, truncated`));
    }
    const within = people.filter(({ account }) => {
      const fits = windows.take(account, now());
      if (!fits) blame("too-often", account, refusals.tooOften());
      return fits;
    });
    const code = task === null ? {} : { response_code: cards.issue(task, now()) };
    return {
      show() {
        if (data.enable_duplicate_check === 1) shownBefore.set(digest, now());
        show(payload, within);
      },
      answer: { ...answer, ...code },
    };
  };
}

/** Invalid: unknown, or outside the application's visible range; told in lower case. */
function receivers(directory: Directory, ids: readonly string[]): { people: SandboxPerson[]; invalid: string[] } {
  const visible = (person: SandboxPerson | undefined): boolean => person !== undefined && person.visible !== false;
  if (ids.includes("@all")) return { people: directory.people().filter(visible), invalid: [] };
  const people = new Set(ids.flatMap((id) => directory.person(id) ?? []).filter(visible));
  const invalid = ids.filter((id) => !visible(directory.person(id))).map((id) => id.toLowerCase());
  return { people: [...people], invalid };
}
