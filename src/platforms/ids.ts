/** Ids and names that come from outside and become keys, lanes and lines of a log. Pure. */
import { createHash } from "node:crypto";
import { z } from "zod";

const ID_LENGTH_MAX = 128;

/** Names of lanes and of people: no control characters, or they would break out of a line. */
export const name = z
  .string()
  .min(1)
  .max(256)
  .regex(/^\P{Cc}+$/u);

/** The id is a key and the first line of an entry (lanes): an unheard-of one is kept by its digest. */
export function boundId(id: string): string {
  if (id.length <= ID_LENGTH_MAX && /^\P{Cc}+$/u.test(id)) return id;
  return createHash("sha256").update(id).digest("hex");
}
