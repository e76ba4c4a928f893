/** WeCom's API for an app, as small as a test needs it. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Call {
  readonly method: string | undefined;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

type Answer = object | null | number;

export interface AppServer {
  readonly base: string;
  readonly calls: Call[];
  /** By path; null: no answer, a number: that status and a page. */
  readonly answers: Map<string, (call: Call) => Answer | Promise<Answer>>;
  of(path: string): Call[];
  close(): void;
}

export const TOKEN_PATH = "/cgi-bin/gettoken";
export const SEND_PATH = "/cgi-bin/message/send";
export const CONVERT_PATH = "/cgi-bin/batch/openuserid_to_userid";

export async function openAppServer(): Promise<AppServer> {
  const calls: Call[] = [];
  let tokens = 0;
  const answers: AppServer["answers"] = new Map([
    [TOKEN_PATH, () => ({ errcode: 0, access_token: `token-${++tokens}`, expires_in: 7200 })],
  ]);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", async () => {
      const url = new URL(request.url ?? "", "http://x");
      const body = chunks.length === 0 ? null : JSON.parse(String(Buffer.concat(chunks)));
      const call: Call = { method: request.method, path: url.pathname, query: url.searchParams, body };
      calls.push(call);
      const answer = await (answers.get(call.path) ?? (() => ({ errcode: 0, errmsg: "ok" })))(call);
      if (typeof answer === "number") response.writeHead(answer).end("<html>");
      else if (answer !== null) response.end(JSON.stringify(answer));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    answers,
    of: (path) => calls.filter((call) => call.path === path),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
