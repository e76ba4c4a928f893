/** What a POST of the page must be: JSON, small, and from the page itself. */
import type { Context } from "koa";
import getRawBody from "raw-body";
import type { z } from "zod";

const BODY_BYTES_MAX = 16_384;

/** The parsed body, or undefined after a refusal was put into the context. */
export async function readPost<Schema extends z.ZodType>(
  context: Context,
  schema: Schema,
): Promise<z.infer<Schema> | undefined> {
  if (!isSameOrigin(context)) return refuse(context, 403);
  if (context.is("application/json") !== "application/json") return refuse(context, 415);
  const raw = await getRawBody(context.req, { limit: BODY_BYTES_MAX, encoding: "utf8" }).catch(() => null);
  if (raw === null) return refuse(context, 413);
  try {
    return schema.parse(JSON.parse(raw));
  } catch {
    return refuse(context, 400);
  }
}

/** Browsers name the origin of every POST; a program that names none is not led here by a foreign page. */
function isSameOrigin(context: Context): boolean {
  const origin = context.get("origin");
  if (origin === "") return true;
  return URL.canParse(origin) && new URL(origin).host === context.get("host");
}

function refuse(context: Context, status: number): undefined {
  context.status = status;
  context.body = { refused: status };
}
