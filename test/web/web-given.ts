/** A listener with some routers on a free port, and a mouth for it. */
import type Router from "koa-router";
import { openWeb } from "../../src/web/server.ts";

export interface Logged {
  readonly level: "warn" | "error";
  readonly details: object;
  readonly message: string;
}

export async function serve(...routers: Router[]) {
  const logged: Logged[] = [];
  const keep = (level: Logged["level"]) => (details: object, message: string) => {
    logged.push({ level, details, message });
  };
  const web = await openWeb({ routers, port: 0, log: { warn: keep("warn"), error: keep("error") } });
  const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
    fetch(`http://127.0.0.1:${web.port}${path}`, { method, headers, redirect: "manual" });
  return { ...web, get, logged };
}

export const TOKEN = "a-token-of-the-tests";
export const BEARER = { authorization: `Bearer ${TOKEN}` };
