/** Everything that goes out: the lanes of addresses and interfaces, and those of the sockets that this process holds. */
import type { Redis } from "ioredis";
import type { PlatformName } from "./chat/message.ts";
import type { Outgoing } from "./chat/outgoing.ts";
import type { Platforms } from "./desk/lines/addressing.ts";
import { type Lent, type Outbox, openOutbox } from "./lanes/outbox.ts";
import { startPump } from "./lanes/pump.ts";
import { openSender } from "./lanes/sender.ts";
import type { Hearing, Platform, Socket } from "./platforms/platform.ts";
import { openSockets, type Sockets } from "./sockets.ts";
import { newId } from "./store/new-id.ts";
import { openPictures } from "./store/pictures.ts";
import { callRobot, ROBOT } from "./words/robot.ts";
import * as toStaff from "./words/staff.ts";

/** Channels in hand at once: each waits for Redis or a platform most of the time. */
const MOST_SENDS = 64;

export interface SpeechDeps {
  readonly sending: Redis;
  /** For the leases of sockets. */
  readonly working: Redis;
  readonly tag: string;
  readonly processId: string;
  readonly platforms: ReadonlyMap<PlatformName, Platform>;
  readonly speaking: Platforms;
  /** One line to the chief about a line that nobody got. */
  readonly notice: (line: Outgoing) => Outgoing;
  /** Asked for when a socket is taken. */
  readonly hearing: (platform: Platform) => Hearing;
  readonly onSent: (channel: string, outcome: string, ms: number) => void;
  readonly onFault: (lane: string) => (error: unknown) => void;
  readonly now: () => number;
  readonly laneNow: (() => number) | undefined;
  readonly log: {
    info(details: object, message: string): void;
    error(details: object, message: string): void;
  };
}

export interface Speech extends Pick<Sockets, "states"> {
  /** There may be something to say. */
  wake(): void;
  /** Hears nothing more over sockets, and says nothing more over them. */
  closeSockets(): Promise<void>;
  /** Says nothing more; resolves when what is on its way is settled. */
  stop(): Promise<void>;
}

export function openSpeech(deps: SpeechDeps): Speech {
  const { tag, processId, platforms, speaking, laneNow, log } = deps;
  const platformOf = (channel: string) => channel.slice(0, channel.indexOf(":")) as PlatformName;
  const pictures = openPictures(deps.sending, tag);
  const senderOf = (outbox: Outbox) =>
    openSender({
      outbox,
      speakerOf: (channel) => platforms.get(platformOf(channel)) ?? null,
      mergedClosing: (channel) => mergedClosing(speaking.get(platformOf(channel))?.robot ?? "", channel),
      pictureOf: pictures.get,
      notice: deps.notice,
      newId,
      now: deps.now,
      onSent: deps.onSent,
      log,
    });

  const paces = [...platforms.values()].flatMap((platform) => platform.paces);
  const lanes = { redis: deps.sending, tag, processId, paces, ...(laneNow ? { now: laneNow } : {}) };
  const outbox = openOutbox({ ...lanes, socket: null });
  const pump = startPump<Lent>({
    most: MOST_SENDS,
    take: outbox.take,
    work: senderOf(outbox),
    onFault: deps.onFault("out"),
  });

  const owners = new Map<Socket, Platform>();
  for (const platform of platforms.values()) for (const socket of platform.sockets) owners.set(socket, platform);
  const sockets = openSockets([...owners.keys()], {
    redis: deps.working,
    outbox: lanes,
    most: MOST_SENDS,
    hearing: (socket) => deps.hearing(owners.get(socket) as Platform),
    sender: senderOf,
    onFault: deps.onFault("socket"),
    log,
  });

  return {
    wake() {
      pump.wake();
      sockets.wake();
    },
    states: sockets.states,
    closeSockets: sockets.close,
    stop: pump.stop,
  };
}

/** What stands once under several short lines, as it is read where they go. */
function mergedClosing(robot: string, channel: string): string {
  return callRobot(toStaff.mergedClosing({ bot: ROBOT }), robot, channel.includes(":@") ? "one-to-one" : "in-group");
}
