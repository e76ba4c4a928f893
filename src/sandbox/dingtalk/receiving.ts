/** The HTTP side of the imitated DingTalk, both its hosts: at which door a request knocks, and what trouble it meets there. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody } from "../read-body.ts";
import type { TroubleKind, Troubles } from "../trouble.ts";
import { type Told, webhookSays } from "./answers.ts";
import type { ApiDoors } from "./api-doors.ts";
import type { Arrived, Door, Knock, SpokenTrouble } from "./knock.ts";
import type { WebhookDoors } from "./webhook-doors.ts";

/** One request of the desk, and what it was told. */
export interface Received {
  readonly door: Door | "other";
  /** Webhook token or session; null where the access token is the credential. */
  readonly credential: string | null;
  readonly chat: string | null;
  readonly body: string;
  readonly trouble: TroubleKind;
  /** The errcode, or the OpenAPI's code in words; 0: taken. Null where no answer of DingTalk's kind was given. */
  readonly errcode: number | string | null;
  /** Wire clock, ms. */
  readonly at: number;
}

export interface ReceivingParts {
  readonly webhookDoors: WebhookDoors;
  readonly apiDoors: ApiDoors;
  readonly troubles: Troubles;
  readonly now: () => number;
  readonly onReceived: (received: Received) => void;
}

export const WEBHOOK_PATH = "/robot/send";
export const SESSION_PATH = "/robot/sendBySession";
const BODY_BYTES_MAX = 1 << 20;

const SPOKEN: readonly TroubleKind[] = ["busy", "rate", "removed", "expired", "permission", "quota", "flow"];

export function openReceiving(parts: ReceivingParts): (request: IncomingMessage, response: ServerResponse) => void {
  const { webhookDoors, apiDoors, troubles, now, onReceived } = parts;
  const oapi = new Map([
    [WEBHOOK_PATH, webhookDoors.webhook],
    [SESSION_PATH, webhookDoors.session],
  ]);
  const api = new Map([
    ["/v1.0/oauth2/accessToken", apiDoors.token],
    ["/v1.0/robot/groupMessages/send", apiDoors.group],
    ["/v1.0/robot/oToMessages/batchSend", apiDoors.person],
    ["/v1.0/gateway/connections/open", apiDoors.gateway],
  ]);

  const receive = (knock: Knock, body: string, request: IncomingMessage, response: ServerResponse): void => {
    const { door, credential, chat, places } = knock;
    const trouble = troubles.next(door, places);
    const note = (errcode: number | string | null): void =>
      onReceived({ door, credential, chat, body, trouble, errcode, at: now() });
    if (isSpoken(trouble)) {
      note(tell(response, knock.inTrouble(trouble)));
      return;
    }
    switch (trouble) {
      case "none":
        note(tell(response, knock.answer()));
        return;
      case "http500":
      case "html":
        sendPage(response, trouble);
        break;
      case "reset-before":
        request.socket.resetAndDestroy();
        break;
      case "reset-after":
        knock.answer();
        request.socket.resetAndDestroy();
        break;
      case "timeout-after":
        knock.answer();
        break;
      case "stall":
        break;
    }
    note(null);
  };

  return (request, response) => {
    const url = new URL(request.url ?? "/", "http://dingtalk.invalid");
    const doorAt = oapi.get(url.pathname) ?? api.get(url.pathname);
    if (doorAt === undefined || request.method !== "POST") {
      const told = oapi.has(url.pathname) ? tell(response, webhookSays.notPost()) : null;
      if (told === null) response.writeHead(404).end();
      onReceived({
        door: "other",
        credential: null,
        chat: null,
        body: "",
        trouble: "none",
        errcode: told,
        at: now(),
      });
      return;
    }
    readBody(request, BODY_BYTES_MAX, (body) => {
      const arrived: Arrived = { url, headers: request.headers, body };
      receive(doorAt(arrived), body ?? "", request, response);
    });
  };
}

function isSpoken(trouble: TroubleKind): trouble is SpokenTrouble {
  return SPOKEN.includes(trouble);
}

function sendPage(response: ServerResponse, kind: "http500" | "html"): void {
  const [status, words] = kind === "html" ? [200, "请先登录上网认证"] : [500, "Internal Server Error"];
  response.writeHead(status, { "content-type": "text/html; charset=utf-8" });
  response.end(`<html><body>${words}</body></html>`);
}

function tell(response: ServerResponse, told: Told): number | string {
  const type = told.xml === undefined ? "application/json" : "text/xml";
  response.writeHead(told.status, { "content-type": `${type}; charset=utf-8` });
  response.end(told.xml ?? JSON.stringify(told.body));
  return told.code;
}
