/** One text frame of the long connection (wecom.md 2.7). Pure but for the id's dice. */
import { randomBytes } from "node:crypto";
import { z } from "zod";

const REQUEST_LENGTH_MAX = 256;

const frameSchema = z.object({
  /** Missing in an answer to one of ours. */
  cmd: z.string().optional().catch(undefined),
  headers: z.object({ req_id: z.string().min(1).max(REQUEST_LENGTH_MAX) }),
  errcode: z.int().optional().catch(undefined),
  errmsg: z.string().catch(""),
  body: z.looseObject({}).optional().catch(undefined),
});

export type Frame = z.infer<typeof frameSchema>;

/** Null: nothing that we could make sense of. */
export function readFrame(text: string): Frame | null {
  try {
    return frameSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export function writeFrame(cmd: string, request: string, body?: object): string {
  return JSON.stringify({ cmd, headers: { req_id: request }, ...(body === undefined ? {} : { body }) });
}

/** The form by which WeCom's own client tells answers apart, and maybe its server (2.7). `now`: wire clock, ms. */
export function newRequest(cmd: string, now: number): string {
  return `${cmd}_${now}_${randomBytes(4).toString("hex")}`;
}
