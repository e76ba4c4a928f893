/** The one listener: routers by the first part of the path, one error handler, and an orderly end. */
import { createServer, type Server, STATUS_CODES } from "node:http";
import type { AddressInfo } from "node:net";
import Koa from "koa";
import type Router from "koa-router";
import { isAway } from "../store/connection.ts";
import { maskPersonal } from "../words/mask.ts";
import { routeByFirstPart } from "./first-part.ts";
import { answerOtherMethods } from "./other-methods.ts";

export interface WebLog {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface WebDeps {
  readonly routers: readonly Router[];
  /** 0: any free port. */
  readonly port: number;
  /** Everywhere if not said. */
  readonly host?: string | undefined;
  readonly log: WebLog;
}

export interface Web {
  readonly port: number;
  /** Takes no more, answers what is in hand, resolves when the last connection is gone. */
  close(): Promise<void>;
}

/** The port cannot be used. `message` is one line that says what to do. */
export class PortUnusable extends Error {
  readonly port: number;

  constructor(port: number, cause: NodeJS.ErrnoException) {
    super(`PORT：端口 ${port} ${reasonOf(cause)}`, { cause });
    this.name = "PortUnusable";
    this.port = port;
  }
}

/** Longer than a reverse proxy keeps its side (nginx: 60 s), or it would send into a connection that we just closed. */
const KEEP_ALIVE_MS = 65_000;
/** Longer than a callback waits for Redis; whatever is still open then (an event stream) has no end of its own. */
const CLOSE_WAIT_MS = 5_000;
/** For a request that is just arriving. */
const ARRIVAL_MS = 200;
const SWEEP_MS = 20;

/** Pages bring everything along; one that needs more sets its own. */
const PAGE_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

export async function openWeb({ routers, port, host, log }: WebDeps): Promise<Web> {
  let closing: Promise<void> | null = null;
  const app = new Koa({ proxy: false });
  // Koa tells here what goes wrong once the answer is on its way, mostly readers who leave.
  app.on("error", (error: unknown) => log.warn({ reason: reasonText(error) }, "an answer was not read to its end"));
  app.use(async (context, next) => {
    if (closing) context.set("connection", "close");
    try {
      await next();
      if (isPage(context)) guardPage(context);
    } catch (error) {
      answerError(context, error, log);
    }
  });
  app.use(answerOtherMethods);
  app.use(routeByFirstPart(routers));

  const answer = app.callback();
  let inHand = 0;
  const server = createServer((request, response) => {
    inHand++;
    response.once("close", () => inHand--);
    void answer(request, response);
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  // Never the shorter of the two: some versions of Node count the idle time towards it, and would cut the next request.
  server.headersTimeout = KEEP_ALIVE_MS + 1000;
  await listen(server, port, host);
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      closing ??= closeServer(server, () => inHand === 0);
      return closing;
    },
  };
}

function listen(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(new PortUnusable(port, error)));
    server.listen(port, host, resolve);
  });
}

async function closeServer(server: Server, isIdle: () => boolean): Promise<void> {
  const from = performance.now();
  const sweep = setInterval(() => {
    const waited = performance.now() - from;
    // Node takes a connection on which nothing was asked yet (browsers open one ahead) for a busy one.
    if (waited > CLOSE_WAIT_MS || (waited > ARRIVAL_MS && isIdle())) server.closeAllConnections();
    // One that was busy at first is idle later, and Node would keep it for its whole keep-alive time.
    else server.closeIdleConnections();
  }, SWEEP_MS);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearInterval(sweep);
}

/** What a client may know is the status, and the message of errors that were made for it (`expose`). */
function answerError(context: Koa.Context, error: unknown, log: WebLog): void {
  const { status, text } = judgeError(error);
  if (status >= 500) {
    // The path without its query: signatures and tokens stand there. Never the error itself: ioredis hangs the
    // command with everything that people wrote on it.
    const about = { method: context.method, path: context.path.slice(0, 200), reason: reasonText(error) };
    if (status === 503) log.warn(about, "a request could not be answered now");
    else log.error(about, "a request failed");
  }
  if (context.headerSent || context.respond === false) {
    context.req.socket.destroy();
    return;
  }
  for (const name of context.res.getHeaderNames()) context.remove(name);
  context.status = status;
  context.set("cache-control", "no-store");
  if (context.path.startsWith("/api/")) context.body = { error: text };
  else context.body = text;
}

function judgeError(error: unknown): { readonly status: number; readonly text: string } {
  if (isAway(error)) return { status: 503, text: "存储暂时连接不上，请稍后再试" };
  if (error instanceof Error && "status" in error && typeof error.status === "number") {
    const { status } = error;
    const exposed = "expose" in error && error.expose === true;
    if (status >= 400 && status < 500) return { status, text: exposed ? error.message : (STATUS_CODES[status] ?? "") };
  }
  return { status: 500, text: "服务出错了，已记录，请稍后再试" };
}

function reasonText(error: unknown): string {
  // A parser's message quotes what it could not read.
  return error instanceof Error ? maskPersonal(error.stack ?? error.message) : typeof error;
}

function isPage({ res }: Koa.Context): boolean {
  const type = res.getHeader("content-type");
  return typeof type === "string" && type.startsWith("text/html");
}

function guardPage(context: Koa.Context): void {
  for (const [name, value] of Object.entries(PAGE_HEADERS)) {
    if (!context.res.hasHeader(name)) context.set(name, value);
  }
}

function reasonOf({ code }: NodeJS.ErrnoException): string {
  if (code === "EADDRINUSE") return "已被其他程序占用，请换一个端口，或先停掉占用它的程序";
  if (code === "EACCES") return "没有权限使用，请换一个 1024 以上的端口";
  return `无法使用（${code ?? "未知原因"}），请换一个端口`;
}
