/**
 * A bot whose creator is no super-administrator is told its people's ids encrypted (wecom.md 0.6); a self-built app
 * may ask for the plain ones (4.6), by which the roster knows them. An id once told stays true and is kept.
 */
import { z } from "zod";
import type { Log } from "../../platform.ts";
import type { UserIdOf } from "../intake.ts";
import { judgeAnswer } from "../outcome.ts";
import type { AppApi } from "./api.ts";

/** Open ids once converted. */
export interface OpenIds {
  get(openId: string): Promise<string | null>;
  put(openId: string, userId: string): Promise<void>;
}

export interface UserIdsDeps {
  readonly api: AppApi;
  readonly openIds: OpenIds;
  /** Wire clock, ms. */
  readonly now: () => number;
  readonly log: Log;
  /** A callback has five seconds, and its lane may need most of them (2.6). */
  readonly timeoutMs?: number;
}

const OPEN_ID = /^wo[A-Za-z0-9_-]{20,}$/;
const TIMEOUT_MS = 1500;
/** One that WeCom does not know is not asked for with every message of its person. */
const UNKNOWN_FOR_MS = 10 * 60_000;
const UNKNOWN_MAX = 1000;
const WARN_EVERY_MS = 10 * 60_000;

const answerSchema = z.object({
  userid_list: z.array(z.object({ open_userid: z.string(), userid: z.string().min(1).max(256) })),
});

export function openUserIds({ api, openIds, now, log, timeoutMs = TIMEOUT_MS }: UserIdsDeps): UserIdOf {
  const asking = new Map<string, Promise<string>>();
  const unknown = new Map<string, number>();
  let warned = Number.NEGATIVE_INFINITY;

  async function ask(openId: string): Promise<string> {
    // Where the keeper is away, WeCom is not.
    const kept = await openIds.get(openId).catch(() => null);
    if (kept !== null) return kept;
    const read = await api.call("/cgi-bin/batch/openuserid_to_userid", { open_userid_list: [openId] });
    if (read.kind !== "read") return asItCame(openId, read.reason);
    const judged = judgeAnswer(read.answer, []);
    if (judged.kind !== "sent") return asItCame(openId, judged.reason);
    const { data } = answerSchema.safeParse(read.answer);
    const found = data?.userid_list.find(({ open_userid }) => open_userid === openId);
    if (found === undefined) {
      if (unknown.size >= UNKNOWN_MAX) unknown.clear();
      unknown.set(openId, now() + UNKNOWN_FOR_MS);
      return asItCame(openId, "成员不在应用的可见范围内");
    }
    void openIds.put(openId, found.userid).catch(() => {});
    return found.userid;
  }

  /** Taken all the same: somebody unknown can ask, and a message that waits for good is lost. */
  function asItCame(openId: string, reason: string): string {
    if (now() - warned >= WARN_EVERY_MS) {
      warned = now();
      log.warn({ platform: "wecom", reason }, "encrypted ids of senders could not be converted");
    }
    return openId;
  }

  async function inTime(openId: string): Promise<string> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(() => resolve(asItCame(openId, `${timeoutMs} ms 内没有回音`)), timeoutMs);
    });
    try {
      return await Promise.race([ask(openId).catch((error) => asItCame(openId, String(error))), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  return (sender) => {
    if (!OPEN_ID.test(sender) || (unknown.get(sender) ?? 0) > now()) return null;
    const already = asking.get(sender);
    if (already !== undefined) return already;
    const asked = inTime(sender).finally(() => asking.delete(sender));
    asking.set(sender, asked);
    return asked;
  };
}
