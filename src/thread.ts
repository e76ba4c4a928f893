/** A worker thread of a file of ours, built or not. */
import { Worker } from "node:worker_threads";

export function startThread(file: URL, workerData: unknown): Worker {
  if (!file.pathname.endsWith(".ts")) return new Worker(file, { workerData });
  return new Worker(fromSource(file), { eval: true, workerData });
}

/** In development there is no built file: the worker reads the source through tsx, a development dependency. */
function fromSource(file: URL): string {
  return `import("tsx/esm/api").then(({ register }) => { register(); return import(${JSON.stringify(file.href)}); });`;
}
