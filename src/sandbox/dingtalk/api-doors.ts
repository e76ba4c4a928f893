/** The doors of `api.dingtalk.com`: the access token, the robot's own sends, and the gateway of the stream. */
import { z } from "zod";
import type { Chats } from "../chats.ts";
import { openWindow, type SlidingWindow } from "../window.ts";
import { apiSays, done, type Told } from "./answers.ts";
import type { Robot } from "./callback.ts";
import { type Directory, roomOf } from "./directory.ts";
import { newQueryKey } from "./ids.ts";
import type { Arrived, Door, Knock, SpokenTrouble } from "./knock.ts";
import type { Known } from "./known.ts";
import { isTold, type Payload, readMsgParam } from "./payloads.ts";
import type { Tickets } from "./tickets.ts";
import type { Tokens } from "./tokens.ts";
import type { Violate } from "./violation.ts";

export interface ApiDoorParts {
  readonly robot: Robot;
  readonly directory: Directory;
  readonly chats: Chats;
  readonly known: Known;
  readonly tokens: Tokens;
  readonly tickets: Tickets;
  /** `ws://…/connect` */
  readonly endpoint: () => string;
  readonly now: () => number;
  readonly violate: Violate;
}

export type ApiDoors = Readonly<Record<Exclude<Door, "webhook" | "session">, (arrived: Arrived) => Knock>>;

/** In any second, per application and API (dingtalk.md 0.8). */
const CALLS = 20;
const CALLS_MS = 1000;
const PEOPLE_MAX = 20;
const SEND_PERMISSION = "qyapi_robot_sendmsg";

const credentials = z.looseObject({ appKey: z.string(), appSecret: z.string() });
const sending = z.looseObject({
  robotCode: z.string().optional(),
  openConversationId: z.string().optional(),
  userIds: z.array(z.string()).optional(),
  msgKey: z.unknown(),
  msgParam: z.unknown(),
});
type Sending = z.infer<typeof sending>;
const opening = z.looseObject({
  clientId: z.string(),
  clientSecret: z.string(),
  subscriptions: z.array(z.looseObject({ type: z.string(), topic: z.string() })).min(1),
});

export function openApiDoors(parts: ApiDoorParts): ApiDoors {
  const { robot, directory, chats, known, tokens, tickets, endpoint, now, violate } = parts;
  const windows = new Map<Door, SlidingWindow>();

  const violated = (kind: "too-often" | "too-long" | "malformed", door: Door, told: Told): Told => {
    violate(kind, door, String(told.code));
    return told;
  };

  const tooOften = (door: Door): Told | null => {
    const window = windows.get(door) ?? openWindow(CALLS, CALLS_MS);
    windows.set(door, window);
    return window.take(now()) ? null : violated("too-often", door, apiSays.tooOften());
  };

  const unauthorised = ({ headers }: Arrived, door: Door): Told | null => {
    const token = headers["x-acs-dingtalk-access-token"];
    if (typeof token !== "string" || token === "") return violated("malformed", door, apiSays.badToken());
    return tokens.isValid(token, now()) ? null : apiSays.badToken();
  };

  /** What both sends have in common, up to the message itself. */
  const read = (arrived: Arrived, door: Door): { readonly payload: Payload; readonly body: Sending } | Told => {
    const refusal = unauthorised(arrived, door) ?? tooOften(door);
    if (refusal !== null) return refusal;
    const body = readJson(sending, arrived);
    if (body === null) return violated("malformed", door, apiSays.noJson());
    if (body.robotCode === undefined || body.robotCode === "") return apiSays.noRobotCode();
    if (body.robotCode !== robot.robotCode) return apiSays.foreignRobotCode();
    const payload = readMsgParam(body.msgKey, body.msgParam);
    if (!isTold(payload)) return { payload, body };
    return violated(payload.code === apiSays.longMsgParam().code ? "too-long" : "malformed", door, payload);
  };

  const show = (chat: string, processQueryKey: string, { kind, text, title }: Payload): void => {
    const { id } = chats.show(chat, { from: "bot", kind, text });
    known.note(id, { title, processQueryKey });
  };

  const toGroup = (arrived: Arrived): Told => {
    const sent = read(arrived, "group");
    if ("status" in sent) return sent;
    const chat = sent.body.openConversationId;
    if (chat === undefined || chat === "") return apiSays.noConversation();
    if (directory.group(chat) === undefined) return apiSays.unknownConversation();
    if (!directory.hasRobot(chat)) return apiSays.notInGroup();
    const processQueryKey = newQueryKey();
    show(chat, processQueryKey, sent.payload);
    return done({ processQueryKey });
  };

  const toPeople = (arrived: Arrived): Told => {
    const sent = read(arrived, "person");
    if ("status" in sent) return sent;
    const ids = sent.body.userIds ?? [];
    if (ids.length === 0) return violated("malformed", "person", apiSays.noPeople());
    if (ids.length > PEOPLE_MAX) return violated("malformed", "person", apiSays.tooManyPeople());
    const processQueryKey = newQueryKey();
    const invalidStaffIdList: string[] = [];
    for (const id of ids) {
      const person = directory.person(id);
      if (person === undefined || person.outsider === true) invalidStaffIdList.push(id);
      else show(roomOf(null, person.account), processQueryKey, sent.payload);
    }
    return done({ processQueryKey, invalidStaffIdList, flowControlledStaffIdList: [] });
  };

  const giveToken = (arrived: Arrived): Told => {
    const refusal = tooOften("token");
    if (refusal !== null) return refusal;
    const body = readJson(credentials, arrived);
    if (body === null) return violated("malformed", "token", apiSays.missing("appKey"));
    if (body.appKey !== robot.appKey || body.appSecret !== robot.appSecret) return apiSays.badCredentials();
    return done(tokens.issue(now()));
  };

  const openStream = (arrived: Arrived): Told => {
    const refusal = tooOften("gateway");
    if (refusal !== null) return refusal;
    const body = readJson(opening, arrived);
    if (body === null) return violated("malformed", "gateway", apiSays.missing("subscriptions"));
    if (body.clientId !== robot.appKey || body.clientSecret !== robot.appSecret) return apiSays.authFailed();
    const ticket = tickets.issue(
      body.subscriptions.map(({ topic }) => topic),
      now(),
    );
    const told = done({ endpoint: endpoint(), ticket });
    // Whoever does not ask for JSON by name gets XML (dingtalk.md 2.1).
    if (arrived.headers.accept?.includes("application/json")) return told;
    violate("malformed", "gateway", "no accept: application/json");
    return { ...told, xml: `<response><endpoint>${endpoint()}</endpoint><ticket>${ticket}</ticket></response>` };
  };

  const troubled = (kind: SpokenTrouble, removed: () => Told): Told => {
    switch (kind) {
      case "busy":
        return apiSays.busy();
      case "rate":
      case "flow":
        return apiSays.tooOften();
      case "removed":
        return removed();
      case "expired":
        tokens.revoke();
        return apiSays.badToken();
      case "permission":
        return apiSays.noPermission(SEND_PERMISSION);
      case "quota":
        return apiSays.quotaGone();
    }
  };

  const nobody = { credential: null, chat: null, places: [] } as const;
  return {
    token: (arrived) => ({
      ...nobody,
      door: "token",
      answer: () => giveToken(arrived),
      inTrouble: (kind) => troubled(kind, apiSays.badCredentials),
    }),
    gateway: (arrived) => ({
      ...nobody,
      door: "gateway",
      answer: () => openStream(arrived),
      inTrouble: (kind) => troubled(kind, apiSays.authFailed),
    }),
    group(arrived) {
      const chat = readJson(sending, arrived)?.openConversationId ?? null;
      return {
        door: "group",
        credential: null,
        chat,
        places: [chat],
        answer: () => toGroup(arrived),
        inTrouble: (kind) => troubled(kind, apiSays.notInGroup),
      };
    },
    person(arrived) {
      const ids = readJson(sending, arrived)?.userIds ?? [];
      const lists = (invalid: readonly string[], flow: readonly string[]): Told =>
        done({ processQueryKey: newQueryKey(), invalidStaffIdList: invalid, flowControlledStaffIdList: flow });
      return {
        door: "person",
        credential: null,
        chat: ids.length === 1 ? roomOf(null, ids[0] ?? "") : null,
        places: ids,
        answer: () => toPeople(arrived),
        // A send that reaches nobody is still a send that succeeded.
        inTrouble: (kind) => (kind === "flow" ? lists([], ids) : troubled(kind, () => lists(ids, []))),
      };
    },
  };
}

function readJson<T>(schema: z.ZodType<T>, { body }: Arrived): T | null {
  try {
    return schema.parse(JSON.parse(body ?? ""));
  } catch {
    return null;
  }
}
