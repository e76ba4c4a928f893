/** What both doors do with a body: hear it, keep it, and tell the log what became of it, without what was said. */
import type { Message } from "../../chat/message.ts";
import { isAway } from "../../store/connection.ts";
import type { Hearing, Log } from "../platform.ts";
import { type HearDeps, hear } from "./hear.ts";

export type Received =
  /** Kept, known already, or nothing for the desk. */
  | { readonly kind: "done" }
  | { readonly kind: "malformed" }
  /** Nobody keeps it. */
  | { readonly kind: "lost"; readonly message: Message };

export interface ReceptionDeps extends Pick<Hearing, "accept" | "dropped"> {
  readonly hearing: HearDeps;
  /** Wire clock, ms. */
  readonly now: () => number;
  readonly log: Log;
}

/** Every message of the rest of the month comes like that. */
const QUOTA_WARNING_APART_MS = 10 * 60_000;

export function openReception(deps: ReceptionDeps): (body: string) => Promise<Received> {
  const { hearing, accept, dropped, now, log } = deps;
  let warnedOfQuota = Number.NEGATIVE_INFINITY;

  function tellDropped(reason: string, overQuota: boolean): void {
    const details = { platform: "dingtalk", reason };
    if (overQuota && now() - warnedOfQuota >= QUOTA_WARNING_APART_MS) {
      warnedOfQuota = now();
      log.warn(details, "messages arrive without their words: the organisation's monthly quota is used up");
    } else {
      log.info(details, "callback dropped");
    }
    dropped();
  }

  return async (body) => {
    const heard = hear(body, now(), hearing);
    if (heard.kind === "malformed") return heard;
    if (heard.kind === "drop") {
      tellDropped(heard.reason, heard.overQuota);
      return { kind: "done" };
    }
    const { message, warning } = heard;
    const about = { platform: "dingtalk", id: message.id, chat: message.chat };
    if (warning !== null) log.warn({ ...about, reason: warning }, "message cannot be answered by its own address");
    try {
      await accept(message);
      return { kind: "done" };
    } catch (error) {
      log.error({ ...about, reason: isAway(error) ? "redis away" : String(error) }, "message not taken");
      return { kind: "lost", message };
    }
  };
}
