/** The composition root: the only file that knows everybody. What is opened here is closed in reverse. */
import { randomUUID } from "node:crypto";
import type Router from "koa-router";
import { type Logger, pino } from "pino";
import type { Message } from "./chat/message.ts";
import { openClockHand } from "./clock-hand.ts";
import { openDesk } from "./desk/desk.ts";
import { openKnown } from "./desk/known.ts";
import { address } from "./desk/lines/addressing.ts";
import { noticeOf } from "./desk/lines/undelivered.ts";
import { calendarRoutine } from "./desk/reminding/calendar-routine.ts";
import { morningRoutine } from "./desk/reminding/morning-routine.ts";
import type { Setting } from "./desk/scene.ts";
import { openOverview } from "./desk/team/overview.ts";
import { readQuotedBy } from "./desk/ticket/known-as.ts";
import { keepTracks } from "./desk/track/track-migration.ts";
import { openCourses } from "./desk/training/read-courses.ts";
import { letterRoutine } from "./digest/letter-routine.ts";
import { nameLists } from "./digest/names.ts";
import { KINDS } from "./digest/period.ts";
import { receiversOf } from "./digest/receivers.ts";
import { openReport } from "./digest/report.ts";
import { type Knowledge, openKnowledge } from "./knowledge.ts";
import { openAcceptance } from "./lanes/acceptance.ts";
import { openCommit } from "./lanes/commit.ts";
import { openInbox, type Taken } from "./lanes/inbox.ts";
import { startPump } from "./lanes/pump.ts";
import { listenForWork } from "./lanes/wake.ts";
import { openPlatforms, speakingOf } from "./open-platforms.ts";
import { openConnections, openRedis } from "./open-redis.ts";
import type { Platform } from "./platforms/platform.ts";
import type { Environment, Settings } from "./settings.ts";
import { openSpeech } from "./speech.ts";
import { type DeskClock, openDeskClock } from "./store/clock.ts";
import { type connect, type RedisAddress, untilReady } from "./store/connection.ts";
import { stationTag } from "./store/keys.ts";
import { openPictures } from "./store/pictures.ts";
import { openSchema } from "./store/schema.ts";
import { apiRoutes } from "./web/api.ts";
import { healthRoutes } from "./web/health.ts";
import { ledgerRoutes } from "./web/ledger.ts";
import { openMetrics } from "./web/metrics.ts";
import { pictureRoutes } from "./web/pictures.ts";
import { openWeb } from "./web/server.ts";
import { openWarnings } from "./web/warnings.ts";
import * as toAnybody from "./words/replies.ts";

/** Conversations in hand at once: each waits for Redis most of the time. */
const MOST_MESSAGES = 48;

export interface Service {
  readonly port: number;
  readonly clock: DeskClock;
  /** Reads station file and intents again; keeps the old ones where the new ones are wrong. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

export interface ServiceOptions {
  readonly settings: Settings;
  readonly environment: Environment;
  /** Further pages (the demo's), made once the desk's clock exists. */
  readonly pages?: (parts: {
    clock: DeskClock;
    /** Resolves when all that is due by it has been done. */
    catchUp(): Promise<void>;
    station: Setting["station"];
    redis: ReturnType<typeof connect>;
    tag: string;
  }) => Promise<Router[]>;
  /** Where it listens; everywhere if not said. */
  readonly host?: string;
  readonly wireNow?: () => number;
  /** Instead of Redis' clock under leases, windows and rests: for soaks, in which time passes quicker. */
  readonly laneNow?: () => number;
  /** Instead of the settings' Redis, for tests. */
  readonly redis?: RedisAddress;
}

export async function openService({
  settings,
  environment,
  pages,
  host,
  wireNow = Date.now,
  laneNow,
  redis: givenRedis,
}: ServiceOptions): Promise<Service> {
  const closers: (() => Promise<void> | void)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) {
      // One that fails must not keep the others open.
      try {
        await closer();
      } catch (error) {
        process.stderr.write(`关闭时出错：${error instanceof Error ? error.message : String(error)}\n`);
      }
    }
  };
  try {
    return await open();
  } catch (error) {
    await close();
    throw error;
  }

  async function open(): Promise<Service> {
    const log: Logger = pino(
      { level: settings.logLevel, base: null, serializers: { err: plainError } },
      pino.destination({ dest: 2, sync: false }),
    );
    closers.push(() => log.flush());
    const processId = randomUUID();
    const knowledge = openKnowledge(settings, environment, log);
    const { station: slug } = knowledge.current().station;
    const tag = stationTag(slug);

    const redisAddress = givenRedis ?? (await openRedis(settings, closers, log));
    const { accepting, working, sending, listening } = await openConnections(redisAddress, closers);
    const commit = openCommit(working, tag, processId, laneNow);
    await openSchema(working, tag, [{ to: 2, run: () => keepTracks(working, tag, commit, percentLogger(log)) }]);

    const clock = openDeskClock(working, tag, wireNow);
    const metrics = openMetrics();
    const platforms = openPlatforms(settings, {
      redis: working,
      tag,
      webhookOf: (channel) => knowledge.current().station.webhookOfChannel(channel),
      now: wireNow,
      log,
    });
    const speaking = speakingOf(platforms, settings);
    const platformNames = new Set(platforms.keys());
    const inbox = openInbox({ accepting, working, tag, processId, ...(laneNow ? { now: laneNow } : {}) });
    const setting = settingWith(knowledge, speaking);
    const originOf = (message: Message | null) => ({ ...setting(), message });
    const hearingOf = (platform: Platform) => ({
      accept,
      refused: (status: number) => metrics.messageRefused(platform.name, status),
      dropped: () => metrics.messageDropped(platform.name),
    });
    const speech = openSpeech({
      ...{ sending, working, tag, processId, platforms, speaking, laneNow, log },
      notice: (line) => noticeOf(line, setting()),
      hearing: hearingOf,
      onSent: (channel, outcome, ms) => metrics.sent(channel.split(":").slice(0, 2).join(":"), outcome, ms),
      onFault: faultLogger,
      now: wireNow,
    });
    // Closed in reverse: callbacks stop first, then work is finished, then connections go.
    closers.push(() => speech.stop());
    const desk = openDesk({
      inbox,
      known: openKnown(working, tag),
      commit,
      setting,
      overview: openOverview(working, tag),
      courses: openCourses(working, tag),
      report: openReport({ redis: working, tag }, setting),
      quotedBy: (message) => readQuotedBy(working, tag, message),
      log,
      onReplies: speech.wake,
      onWaiting: () => inPump.wake(),
      wireNow,
      onDecided: (kind, received) => metrics.decided(kind, clock.latest() - received),
    });
    const inPump = startPump<Taken>({ most: MOST_MESSAGES, take: inbox.take, work: desk, onFault: faultLogger("in") });
    closers.push(() => inPump.stop());
    listenForWork(listening, tag, processId, { in: inPump.wake, out: speech.wake });

    // Sockets hear from their first moment on: nothing is waited for before this is there.
    const accept = openAcceptance({
      inbox,
      ready: (ms) => untilReady(accepting, ms),
      onAccepted: (kind, message) => {
        metrics.messageAccepted(message.platform, kind);
        if (kind === "accepted") inPump.wake();
      },
      async tellFull(message) {
        const line = { audience: { kind: "answer" as const }, text: toAnybody.busyLane(), about: null };
        await commit({ head: null, checks: [], numbers: [], writes: [], replies: [address(line, originOf(message))] });
        speech.wake();
      },
      log,
    });
    closers.push(() => speech.closeSockets());

    const letters = { store: { redis: working, tag }, pictures: openPictures(working, tag) };
    const letterRoutines = KINDS.map((kind) => letterRoutine(kind, { ...letters, publicUrl: settings.publicUrl, log }));
    const hand = await openClockHand({
      ...{ redis: working, tag, commit, setting, onReplies: speech.wake, now: clock.now, log },
      routines: [morningRoutine, calendarRoutine, ...letterRoutines],
    });
    closers.push(() => hand.stop());

    const warnings = openWarnings({
      redis: working,
      tag,
      dataDir: settings.dataDir,
      calendar: () => setting().calendar,
      station: () => setting().station,
      platforms: platformNames,
      letters: () => receiversOf(setting()),
      now: clock.now,
    });
    const routers = [
      ...[...platforms.values()].flatMap((platform) => platform.routes(hearingOf(platform))),
      pictureRoutes({ pictures: letters.pictures, log }),
      healthRoutes({ redis: working, warnings, sockets: speech.states }),
      metrics.routes({ redis: working, tag, token: settings.apiToken, sockets: speech.states }),
      ...(settings.apiToken === null
        ? []
        : [
            apiRoutes({
              redis: working,
              tag,
              token: settings.apiToken,
              station: () => setting().station,
              now: clock.now,
            }),
            ledgerRoutes({
              token: settings.apiToken,
              now: clock.now,
              assignment() {
                const { station, intents } = setting();
                const points = station.points.map(({ id }) => id);
                const { holidays, hours, ladder } = station;
                const names = nameLists(station, intents);
                return { address: redisAddress, tag, points, names, holidays, hours, ladder };
              },
            }),
          ]),
      ...((await pages?.({ clock, catchUp: hand.catchUp, station: setting().station, redis: working, tag })) ?? []),
    ];
    const web = await openWeb({ routers, port: settings.port, host, log });
    closers.push(() => web.close());
    log.info({ port: web.port, station: slug, platforms: [...platformNames] }, "bangban is ready");
    return {
      port: web.port,
      clock,
      async reload() {
        await knowledge.reload();
        await hand.reload();
      },
      close,
    };

    function faultLogger(lane: string): (error: unknown) => void {
      let quietUntil = 0;
      return (error) => {
        // Once in a while is enough while Redis is away.
        if (wireNow() < quietUntil) return;
        quietUntil = wireNow() + 5_000;
        log.warn({ err: error, lane }, "work cannot be taken now");
      };
    }
  }
}

/** Ten lines at most, however much there is. */
function percentLogger(log: Logger): (done: number, total: number) => void {
  let told = 0;
  return (done, total) => {
    const percent = Math.floor((done / total) * 10) * 10;
    if (percent > told) log.info({ percent }, "older tickets are brought up to date");
    told = Math.max(told, percent);
  };
}

/** Never the error as it is: ioredis hangs the command with everything that people wrote on it. */
function plainError({ name, message, stack }: Error) {
  return { name, message, stack };
}

/** The setting as the files say it now, with what the desk can do on each platform: made once for each reading of the files. */
function settingWith(knowledge: Knowledge, platforms: Setting["platforms"]): () => Setting {
  let made: { from: ReturnType<Knowledge["current"]>; setting: Setting } | null = null;
  return () => {
    const from = knowledge.current();
    if (made?.from !== from) made = { from, setting: { ...from, platforms } };
    return made.setting;
  };
}
