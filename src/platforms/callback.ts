/** What every door for callbacks has in common: a bounded body, and a refusal said with its status (design.md 6, "Doors"). */
import type Router from "koa-router";
import getRawBody from "raw-body";
import type { PlatformName } from "../chat/message.ts";
import type { Hearing, Log } from "./platform.ts";

const BODY_BYTES_MAX = 1 << 20;

/** Not for us, or not in a form that we can read: said with this status and no more. */
export class Refused extends Error {
  readonly status: 400 | 401 | 413;
  constructor(status: 400 | 401 | 413, reason: string) {
    super(reason);
    this.status = status;
  }
}

interface RefusingDeps extends Pick<Hearing, "refused"> {
  readonly log: Log;
}

export function refusing(platform: PlatformName, { log, refused }: RefusingDeps): Router.IMiddleware {
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      log.warn({ platform, status: error.status, reason: error.message }, "callback refused");
      refused(error.status);
      ctx.status = error.status;
    }
  };
}

/** @throws Refused */
export async function readBody(request: Router.IRouterContext["req"]): Promise<string> {
  try {
    const length = request.headers["content-length"];
    const body = await getRawBody(request, { limit: BODY_BYTES_MAX, ...(length === undefined ? {} : { length }) });
    return body.toString("utf8");
  } catch (error) {
    // The rest is read and thrown away, or the sender would see a broken pipe instead of our answer.
    request.resume();
    const tooLarge = error instanceof Error && "type" in error && error.type === "entity.too.large";
    throw tooLarge ? new Refused(413, "over 1 MiB") : new Refused(400, "body broken off");
  }
}
