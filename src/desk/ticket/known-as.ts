/** Which ticket a message is about, kept under the platform's own id of it, so that quoting it is enough. */
import type { Redis } from "ioredis";
import type { Message } from "../../chat/message.ts";
import type { Write } from "../../lanes/commit.ts";
import { keys } from "../../store/keys.ts";
import type { Decision } from "../decision.ts";
import { shown } from "./number.ts";

/** As long as settle.lua keeps what lines of ours are about. */
const KEPT_S = 90 * 86_400;

export function knownAsWrites({ platform, knownAs }: Message, { changes }: Decision): Write[] {
  const opened = changes.filter(({ before }) => before === null);
  const about = opened.length > 0 ? opened : changes.slice(0, 1);
  if (knownAs === null || about.length === 0) return [];
  const key = keys.knownAs(platform, knownAs);
  return [
    ["SET", key, about.map(({ after }) => shown(after.number)).join(" ")],
    ["EXPIRE", key, String(KEPT_S)],
  ];
}

/** `#1123-017` for each quoted id that is known. */
export async function readQuotedBy(redis: Redis, tag: string, message: Message): Promise<readonly string[]> {
  const known = await redis.mget(message.quotes.map((id) => tag + keys.knownAs(message.platform, id)));
  return known.filter((number) => number !== null);
}
