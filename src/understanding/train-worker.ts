/** Training off the event loop: this file starts the worker and is the worker. */
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { startThread } from "../thread.ts";
import type { Intents } from "./intents.ts";
import type { Model } from "./model.ts";
import { type OnProgress, trainMatcher } from "./train.ts";

interface Assignment {
  readonly task: "train-matcher";
  readonly intents: Intents;
}

type Report = { readonly done: number; readonly total: number } | { readonly model: Model };

/** Takes as long as `trainMatcher`; the caller stays free. */
export function trainInWorker(intents: Intents, onProgress: OnProgress = () => {}): Promise<Model> {
  return new Promise((resolve, reject) => {
    const assignment: Assignment = { task: "train-matcher", intents };
    const worker = startThread(new URL(import.meta.url), assignment);
    worker.on("message", (report: Report) => {
      if ("model" in report) resolve(report.model);
      else onProgress(report.done, report.total);
    });
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`training ended with code ${code} and no model`)));
  });
}

const assignment = workerData as Assignment | null;
if (!isMainThread && parentPort && assignment?.task === "train-matcher") {
  const port = parentPort;
  const model = trainMatcher(assignment.intents, (done, total) => port.postMessage({ done, total } satisfies Report));
  port.postMessage({ model } satisfies Report);
}
