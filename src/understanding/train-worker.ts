/** Training off the event loop: this file starts the worker and is the worker. */
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
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
  const self = new URL(import.meta.url);
  return new Promise((resolve, reject) => {
    const assignment: Assignment = { task: "train-matcher", intents };
    const worker = self.pathname.endsWith(".ts")
      ? new Worker(fromSource(self), { eval: true, workerData: assignment })
      : new Worker(self, { workerData: assignment });
    worker.on("message", (report: Report) => {
      if ("model" in report) resolve(report.model);
      else onProgress(report.done, report.total);
    });
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`training ended with code ${code} and no model`)));
  });
}

/** In development there is no built file: the worker reads the source through tsx, a development dependency. */
function fromSource(self: URL): string {
  return `import("tsx/esm/api").then(({ register }) => { register(); return import(${JSON.stringify(self.href)}); });`;
}

const assignment = workerData as Assignment | null;
if (!isMainThread && parentPort && assignment?.task === "train-matcher") {
  const port = parentPort;
  const model = trainMatcher(assignment.intents, (done, total) => port.postMessage({ done, total } satisfies Report));
  port.postMessage({ model } satisfies Report);
}
