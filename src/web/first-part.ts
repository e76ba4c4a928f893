/**
 * Routers by the first part of the path: a webhook's request is matched against the webhooks' routes only, however many
 * pages there are beside them.
 */
import type { Context, Middleware, Next } from "koa";
import type Router from "koa-router";

export function routeByFirstPart(routers: readonly Router[]): Middleware {
  const entries = routers.map((router) => ({ run: router.routes(), parts: firstParts(router) }));
  const serving = (part: string | null) =>
    entries.filter(({ parts }) => parts === null || (part !== null && parts.has(part))).map(({ run }) => run);
  const names = new Set(entries.flatMap(({ parts }) => [...(parts ?? [])]));
  const byPart = new Map([...names].map((part) => [part, serving(part)]));
  const others = serving(null);

  return function route(context: Context, next: Next): Promise<unknown> {
    const chosen = byPart.get(firstPart(context.path)) ?? others;
    const run = (index: number): Promise<unknown> => {
      const router = chosen[index];
      return router ? Promise.resolve(router(context as Router.IRouterContext, () => run(index + 1))) : next();
    };
    return run(0);
  };
}

/** Null: a route of it begins with a pattern, so it is asked about every path. */
function firstParts(router: Router): ReadonlySet<string> | null {
  const parts = new Set<string>();
  for (const { path, methods } of router.stack) {
    // Without methods it is something `use`d, which serves no path by itself.
    if (methods.length === 0) continue;
    if (typeof path !== "string") return null;
    const part = firstPart(path);
    if (/[:(*?+{]/.test(part)) return null;
    parts.add(part);
  }
  return parts;
}

/** Lower case, because koa-router matches whatever the case. */
function firstPart(path: string): string {
  const end = path.indexOf("/", 1);
  return (end < 0 ? path : path.slice(0, end)).toLowerCase();
}
