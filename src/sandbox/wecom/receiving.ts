/** The HTTP side of the imitated WeCom: which door a request knocks at, and the trouble that it may meet there. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { TroubleKind, Troubles } from "../trouble.ts";
import type { Doors, Knock } from "./doors.ts";
import { OK, type Refusal, refusals } from "./errcodes.ts";

/** One request of the desk, and what it was told. */
export interface Received {
  readonly door: "webhook" | "response" | "other";
  /** Webhook key or response code. */
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
  readonly doors: Doors;
  readonly troubles: Troubles;
  readonly now: () => number;
  readonly onReceived: (received: Received) => void;
}

const WEBHOOK_PATH = "/cgi-bin/webhook/send";
export const ANSWER_PATH = "/cgi-bin/aibot/response";

export function openReceiving(parts: ReceivingParts): (request: IncomingMessage, response: ServerResponse) => void {
  const { doors, troubles, now, onReceived } = parts;

  const doorAt = (url: URL): Knock | null => {
    if (url.pathname === WEBHOOK_PATH) return doors.webhook(url.searchParams.get("key") ?? "");
    if (url.pathname === ANSWER_PATH) return doors.answer(url.searchParams.get("response_code") ?? "");
    return null;
  };

  return (request, response) => {
    const knock = doorAt(new URL(request.url ?? "/", "http://wecom.invalid"));
    if (knock === null) {
      onReceived({ door: "other", credential: null, chat: null, body: "", trouble: "none", errcode: null, at: now() });
      response.writeHead(404).end();
      return;
    }
    const { door, credential, chat } = knock;
    const trouble = request.method === "POST" ? troubles.next(door, [credential, chat]) : "none";
    const note = (body: string, errcode: number | null): void =>
      onReceived({ door, credential, chat, body, trouble, errcode, at: now() });

    if (request.method !== "POST") {
      note("", tell(response, refusals.notPost()));
      return;
    }
    if (trouble === "reset-before") {
      note("", null);
      request.socket.resetAndDestroy();
      return;
    }
    readBody(request, knock.bodyBytesMax, (body) => {
      const early = answerInTrouble(trouble, response);
      if (early !== "go-on") {
        note(body ?? "", early);
        return;
      }
      const verdict = body === null ? knock.tooLong() : knock.judge(body);
      if ("show" in verdict) verdict.show();
      const told = "show" in verdict ? OK : verdict.refusal;
      if (trouble === "reset-after" || trouble === "timeout-after") {
        if (told === OK) doors.leaveInDoubt(credential);
        note(body ?? "", null);
        if (trouble === "reset-after") request.socket.resetAndDestroy();
        return;
      }
      note(body ?? "", tell(response, told));
    });
  };
}

/** What happens instead of an answer; the errcode told, null for none, or `go-on`. */
function answerInTrouble(trouble: TroubleKind, response: ServerResponse): number | null | "go-on" {
  switch (trouble) {
    case "busy":
      return tell(response, refusals.busy());
    case "rate":
      return tell(response, refusals.tooOften());
    case "removed":
      return tell(response, refusals.noWebhook());
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
