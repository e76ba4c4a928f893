/** The desk as it is shipped: `load<typeof import("../src/x.ts")>("x")` gives dist/x.js under the types of its source. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export const ROOT = join(import.meta.dirname, "..");

export async function load<T>(name: string): Promise<T> {
  return (await import(pathToFileURL(join(ROOT, "dist", `${name}.js`)).href)) as T;
}
