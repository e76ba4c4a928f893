/** The HTTP side of the imitated WeCom: which door a request knocks at, and the trouble that it may meet there. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { TroubleKind, Troubles } from "../trouble.ts";
import { OK, type Refusal, refusals } from "./errcodes.ts";
import type { Door, Knock } from "./knock.ts";

/** One request of the desk, or one frame of its long connection, and what it was told. */
export interface Received {
  readonly door: Door | "socket" | "other";
  /** The path of the address, or the frame's `cmd`. */
  readonly path: string;
  /** Webhook key, response code, access token, corp id, or the frame's `req_id`. */
  readonly credential: string | null;
  readonly chat: string | null;
  readonly body: string;
  readonly trouble: TroubleKind;
  /** Null where no answer of WeCom's kind was given. */
  readonly errcode: number | null;
  /** Wire clock, ms. */
  readonly at: number;
}

export interface ReceivingParts {
  /** Null where nobody lives. */
  readonly knockAt: (url: URL) => Knock | null;
  /** What was knocked with was taken, and the desk was never told so. */
  readonly leaveInDoubt: (credential: string) => void;
  readonly troubles: Troubles;
  readonly now: () => number;
  readonly onReceived: (received: Received) => void;
}

export function openReceiving(parts: ReceivingParts): (request: IncomingMessage, response: ServerResponse) => void {
  const { knockAt, leaveInDoubt, troubles, now, onReceived } = parts;

  return (request, response) => {
    const url = new URL(request.url ?? "/", "http://wecom.invalid");
    const { pathname: path } = url;
    const knock = knockAt(url);
    if (knock === null) {
      const nothing = { credential: null, chat: null, body: "", trouble: "none", errcode: null } as const;
      onReceived({ door: "other", path, ...nothing, at: now() });
      response.writeHead(404).end();
      return;
    }
    const { door, credential, chat } = knock;
    const isRightMethod = request.method === knock.method;
    const trouble = isRightMethod ? troubles.next(door, [credential, chat, path]) : "none";
    const note = (body: string, errcode: number | null): void =>
      onReceived({ door, path, credential, chat, body, trouble, errcode, at: now() });

    if (!isRightMethod) {
      note("", tell(response, knock.method === "POST" ? refusals.notPost() : refusals.notGet()));
      return;
    }
    if (trouble === "reset-before") {
      note("", null);
      request.socket.resetAndDestroy();
      return;
    }
    readBody(request, knock.bodyBytesMax, (body) => {
      const early = answerInTrouble(trouble, door, response);
      if (early !== "go-on") {
        note(body ?? "", early);
        return;
      }
      const verdict = body === null ? knock.tooLong() : knock.judge(body);
      if ("show" in verdict) verdict.show();
      const told = "show" in verdict ? (verdict.answer ?? OK) : verdict.refusal;
      if (trouble === "reset-after" || trouble === "timeout-after") {
        if (told.errcode === 0) leaveInDoubt(credential);
        note(body ?? "", null);
        if (trouble === "reset-after") request.socket.resetAndDestroy();
        return;
      }
      note(body ?? "", tell(response, told));
    });
  };
}

/** What happens instead of an answer; the errcode told, null for none, or `go-on`. */
function answerInTrouble(trouble: TroubleKind, door: Door, response: ServerResponse): number | null | "go-on" {
  switch (trouble) {
    case "busy":
      return tell(response, refusals.busy());
    case "rate":
      return tell(response, refusals.tooOften());
    case "removed":
      return tell(response, door === "app" || door === "token" ? refusals.noPrivilege() : refusals.noWebhook());
    case "untrusted-ip":
      return tell(response, refusals.untrustedIp());
    case "http500":
      response.writeHead(500, { "content-type": "text/html" }).end("<html><body>Internal Server Error</body></html>");
      return null;
    case "html":
      response.writeHead(200, { "content-type": "text/html" }).end("<html><body>请先登录上网认证</body></html>");
      return null;
    case "stall":
      return null;
    default:
      return "go-on";
  }
}

function tell(response: ServerResponse, told: Refusal): number {
  // HTTP is 200 even on errors.
  response.writeHead(200, { "content-type": "application/json; charset=UTF-8" }).end(JSON.stringify(told));
  return told.errcode;
}

/** Null: too long. Nothing at all if the desk hangs up. */
function readBody(request: IncomingMessage, bytesMax: number, done: (body: string | null) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  request.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size <= bytesMax) chunks.push(chunk);
    else chunks.length = 0;
  });
  request.on("end", () => done(size > bytesMax ? null : Buffer.concat(chunks).toString("utf8")));
  request.on("error", () => undefined);
}
