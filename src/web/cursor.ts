/** A cursor names a place and says nothing to whoever carries it. */
import type { z } from "zod";
import { BadQuery } from "./query.ts";

export function writeCursor(parts: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

/** @throws BadQuery for one that we did not write */
export function readCursor<Schema extends z.ZodType>(text: string, schema: Schema): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
  } catch {
    throw new BadQuery("cursor 无效，请原样带回上一页给出的 cursor");
  }
}
