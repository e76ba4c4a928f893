/** A path that is served, asked for in a way in which it is not: 405 with what it allows, where "not found" would mislead. */
import type { Context, Next } from "koa";
import type Router from "koa-router";

export async function answerOtherMethods(context: Context, next: Next): Promise<void> {
  await next();
  if (context.status !== 404 || context.body != null) return;
  const allowed = allowedAt(context);
  // What handles this method and found nothing has said so.
  if (allowed.size === 0 || allowed.has(context.method)) return;
  context.set("allow", [...allowed].join(", "));
  if (context.method === "OPTIONS") {
    context.status = 204;
    return;
  }
  context.status = 405;
  context.body = context.path.startsWith("/api/") ? { error: "这个地址不支持这种请求方法" } : "Method Not Allowed";
}

/** By all routes whose path fits, whichever router they are of; koa-router notes them as it looks. */
function allowedAt(context: Context): ReadonlySet<string> {
  const { matched } = context as Context & { readonly matched?: readonly Pick<Router.Layer, "methods">[] };
  return new Set((matched ?? []).flatMap(({ methods }) => methods));
}
