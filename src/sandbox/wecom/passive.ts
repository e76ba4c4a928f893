/** The answer that a desk may put into the response to a callback (wecom.md 2.3), as far as one is shown. */
import { z } from "zod";
import type { Payload } from "./payloads.ts";

const stream = z.looseObject({
  msgtype: z.literal("stream"),
  // One answer at once: asking again for a stream that is not finished (wecom.md 2.4) is not imitated.
  stream: z.looseObject({ finish: z.literal(true), content: z.string() }),
});
const welcome = z.looseObject({ msgtype: z.literal("text"), text: z.looseObject({ content: z.string() }) });

/** Null: nothing to show. The official plugin says `{}` for that, others an empty body. */
export function passivePayload(reply: unknown): Payload | null {
  if (reply === null || (typeof reply === "object" && Object.keys(reply).length === 0)) return null;
  const said = z.union([stream, welcome]).parse(reply);
  const text = said.msgtype === "stream" ? said.stream.content : said.text.content;
  return { kind: "markdown", text, mentioned: [], pings: false, picture: null };
}
