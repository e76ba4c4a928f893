/**
 * WeCom as far as it is set up (wecom.md 0): the AI bot by callback or long connection, the groups' push webhooks, the
 * self-built app.
 */
import type { Pace, Ways } from "../../chat/outgoing.ts";
import type { Hearing, Log, Platform } from "../platform.ts";
import { openPost } from "../post.ts";
import { nameStripper } from "../wording.ts";
import { openAppApi } from "./app/api.ts";
import { openAppDoorway } from "./app/doorway.ts";
import { openAppSay } from "./app/say.ts";
import { type OpenIds, openUserIds } from "./app/user-ids.ts";
import { openDoorway } from "./doorway.ts";
import { openIntake, type UserIdOf } from "./intake.ts";
import { openSay, waysOut } from "./say.ts";
import { openBotSocket } from "./socket/socket.ts";

interface CallbackKeys {
  readonly token: string;
  readonly aesKey: string;
}

export interface WecomDeps {
  readonly bot: {
    /** Display names of the bot, as they stand in a text after "@". */
    readonly names: readonly string[];
    /** Null: messages of any bot that signs with our token are taken. */
    readonly id: string | null;
    readonly callback: CallbackKeys | null;
    /** Over the long connection, where `id` is not null. */
    readonly socket: { readonly secret: string } | null;
  } | null;
  readonly app: {
    readonly corpId: string;
    readonly agentId: number;
    readonly secret: string;
    /** Null: it speaks and does not hear. */
    readonly callback: CallbackKeys | null;
  } | null;
  readonly corpId: string | null;
  readonly apiBase: string;
  readonly wsUrl: string;
  /** The address of a group's push robot by its channel; null where the station file has none (any more). */
  readonly webhookOf: (channel: string) => { readonly url: string } | null;
  readonly sendTimeoutMs: number;
  /** Open ids once converted, kept. */
  readonly openIds: OpenIds;
  /** Wire clock, ms. */
  readonly now: () => number;
  readonly log: Log;
}

/** WeCom takes 20 a minute (91770); two are left for clocks that disagree, two more for urgent lines (design.md 2). */
const WEBHOOK: Pace = { kind: "wecom:webhook", per: "channel", sends: 18, reserved: 2, windowMs: 60_000 };

/** 30 a minute and 1,000 an hour for a conversation of the bot (2.7), and for a member and an app (4.3). */
function minuteAndHour(kind: string): readonly Pace[] {
  return [
    { kind, per: "channel", sends: 28, reserved: 2, windowMs: 60_000 },
    { kind, per: "channel", sends: 950, reserved: 20, windowMs: 3_600_000 },
  ];
}

export function openWecom(deps: WecomDeps): Platform {
  const { bot, app, corpId, apiBase, now, log } = deps;
  const api = app === null ? null : openAppApi({ ...app, apiBase, now, timeoutMs: deps.sendTimeoutMs });
  const userIdOf: UserIdOf = api === null ? () => null : openUserIds({ api, openIds: deps.openIds, now, log });
  const intakeOf = (accept: Hearing["accept"]) => openIntake(accept, userIdOf);

  const socket =
    bot?.socket && bot.id !== null
      ? openBotSocket({
          botId: bot.id,
          secret: bot.socket.secret,
          wsUrl: deps.wsUrl,
          stripNames: nameStripper(bot.names),
          openIntake: intakeOf,
          now,
          log,
        })
      : null;
  const person = app === null ? null : { hearsButtons: app.callback !== null };
  const say = openSay({
    post: openPost(deps.sendTimeoutMs),
    webhookOf: deps.webhookOf,
    socket: socket?.voice ?? null,
    app: app && api && person ? openAppSay({ api, agentId: app.agentId, ...person }) : null,
  });

  const ways: Ways = {
    ...(bot?.callback && { answer: waysOut.answer }),
    ...(socket && { thread: waysOut.thread, push: waysOut.push }),
    webhook: waysOut.webhook,
    ...(person && { person: { ...waysOut.person, buttons: person.hearsButtons } }),
  };

  return {
    name: "wecom",
    ways,
    paces: [WEBHOOK, ...(socket ? minuteAndHour("wecom:socket") : []), ...(app ? minuteAndHour("wecom:person") : [])],
    sockets: socket ? [socket.socket] : [],
    ...say,
    routes: (hearing) => [
      ...(bot?.callback
        ? [
            openDoorway({
              ...bot.callback,
              botId: bot.id,
              botNames: bot.names,
              corpId,
              apiBase,
              take: intakeOf((message) => hearing.accept(message)),
              refused: (status) => hearing.refused(status),
              dropped: () => hearing.dropped(),
              now,
              log,
            }),
          ]
        : []),
      ...(app?.callback ? [openAppDoorway({ ...hearing, ...app, ...app.callback, now, log })] : []),
    ],
  };
}
