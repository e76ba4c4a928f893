/** The AI bot's callback address (wecom.md 1.3, 2.1): JSON, addressed to nobody. */
import type Router from "koa-router";
import { openAnswerUrlCheck } from "../answer-url.ts";
import { Refused } from "../callback.ts";
import type { Hearing, Log } from "../platform.ts";
import { nameStripper } from "../wording.ts";
import { openDoor } from "./door.ts";
import { isExpectedForBot } from "./envelope.ts";
import { hear } from "./hear.ts";
import type { HeardMessage } from "./heard.ts";

export interface DoorwayDeps extends Pick<Hearing, "refused" | "dropped"> {
  readonly token: string;
  readonly aesKey: string;
  readonly botId: string | null;
  readonly botNames: readonly string[];
  readonly corpId: string | null;
  readonly apiBase: string;
  readonly take: (heard: HeardMessage) => Promise<unknown>;
  readonly now: () => number;
  readonly log: Log;
}

export const BOT_PATH = "/webhook/wecom/bot";
const ANSWER_PATH = "/cgi-bin/aibot/response";

export function openDoorway(deps: DoorwayDeps): Router {
  const hearing = {
    botId: deps.botId,
    isAnswerUrl: openAnswerUrlCheck(deps.apiBase, ANSWER_PATH),
    stripNames: nameStripper(deps.botNames),
  };
  return openDoor({
    ...deps,
    path: BOT_PATH,
    isReceiver: anyReceiver(deps),
    ciphertextIn: readSealed,
    hear: (plain) => hear(plain, deps.now(), hearing),
  });
}

/**
 * The bot's envelopes are addressed to nobody (101033). Token and key have shown by now that this one is for us, so that
 * a bot whose envelopes some day bear an id does not fall silent (1.4); each id that is new is told to the log.
 */
function anyReceiver({ corpId, log }: Pick<DoorwayDeps, "corpId" | "log">): (id: string) => boolean {
  const isExpected = isExpectedForBot(corpId);
  let told: string | null = null;
  return (id) => {
    if (!isExpected(id) && id !== told) log.warn({ platform: "wecom", receiver: id }, "an envelope bears another id");
    if (!isExpected(id)) told = id;
    return true;
  };
}

function readSealed(body: string): string {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new Refused(400, "not JSON");
  }
  const { encrypt, Encrypt } = (typeof json === "object" && json !== null ? json : {}) as Record<string, unknown>;
  const ciphertext = encrypt ?? Encrypt;
  if (typeof ciphertext !== "string" || ciphertext === "") throw new Refused(400, "no encrypt");
  return ciphertext;
}
