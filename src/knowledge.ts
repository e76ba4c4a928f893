/** What the files say and what reads a text, as one value that is replaced whole: at start, and when it is told to reload. */
import { join } from "node:path";
import type { Setting } from "./desk/scene.ts";
import { openCalendar } from "./pledge/calendar.ts";
import type { Environment, Settings } from "./settings.ts";
import { openEnterpriseIndex } from "./station/enterprise-index.ts";
import type { Station } from "./station/station.ts";
import { readStation } from "./station/station-file.ts";
import { newId } from "./store/new-id.ts";
import { BadFile } from "./store/yaml-file.ts";
import { type Intents, readIntents } from "./understanding/intents.ts";
import { openMatcher } from "./understanding/matcher.ts";
import type { Model } from "./understanding/model.ts";
import { keepModel, loadModel, loadOrTrain } from "./understanding/model-cache.ts";
import { trainInWorker } from "./understanding/train-worker.ts";
import { ROBOT } from "./words/robot.ts";

/** All of a setting that comes from the files. */
export type Learned = Omit<Setting, "platforms">;

export interface Knowledge {
  current(): Learned;
  /** Reads everything again; the old stays where the new is wrong. */
  reload(): Promise<void>;
}

interface Files {
  readonly station: Station;
  readonly intents: Intents;
}

interface Log {
  info(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** @throws BadFile */
export function openKnowledge(settings: Settings, environment: Environment, log: Log): Knowledge {
  const cacheDir = join(settings.dataDir, "model");
  const files = readFiles();
  const { model, cached } = loadOrTrain(files.intents, cacheDir, (done, total) => {
    if (done % Math.ceil(total / 10) === 0) log.info({ percent: Math.round((done / total) * 100) }, "training");
  });
  log.info({ cached }, "the matcher is ready");
  let current = settingOf(files, model);

  function readFiles(): Files {
    return { station: readStation(settings.stationFile, environment), intents: readIntents(settings.intentsDir) };
  }

  function settingOf({ station, intents }: Files, trained: Model): Learned {
    return {
      station,
      intents,
      calendar: openCalendar(station.holidays),
      enterprises: openEnterpriseIndex(station, trained.readings),
      prompts: { bot: ROBOT },
      understand: openMatcher(trained, intents).understand,
      newId,
    };
  }

  async function train(intents: Intents): Promise<Model> {
    const trained = await trainInWorker(intents);
    keepModel(trained, cacheDir);
    return trained;
  }

  async function readAgain(): Promise<void> {
    try {
      const next = readFiles();
      if (next.station.station !== current.station.station) {
        throw new Error("station 不能在运行中更改，请重新启动");
      }
      // Training takes seconds: the desk goes on answering meanwhile.
      current = settingOf(next, loadModel(next.intents, cacheDir) ?? (await train(next.intents)));
      log.info({}, "station file and intents were read again");
    } catch (error) {
      const reason = error instanceof BadFile ? error.message : String(error);
      log.error({ reason }, "station file and intents stay as they were");
    }
  }

  let reading: Promise<void> = Promise.resolve();
  return {
    current: () => current,
    reload() {
      // One after the other: what was read last must be what counts.
      reading = reading.then(readAgain);
      return reading;
    },
  };
}
