/**
 * The program, built once for the whole run as scripts/build.mjs does it, in a folder of its own: other tests and people may
 * build `dist/` at the same time. It starts in a third of the time that its source takes.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    /** What `npm start` runs. */
    mainPath: string;
    /** What `npm run desk` runs. */
    cliPath: string;
  }
}

const root = fileURLToPath(new URL("../..", import.meta.url));

export default function provideProgram(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), "bangban-program-"));
  const dist = join(folder, "dist");
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const options = ["-p", root, "--outDir", dist, "--noEmitOnError", "--noCheck", "--sourceMap", "false"];
  const { status, stdout } = spawnSync(process.execPath, [tsc, ...options], { encoding: "utf8" });
  if (status !== 0) throw new Error(`the program cannot be built:\n${stdout}`);
  cpSync(join(root, "src"), dist, { recursive: true, filter: (path) => !path.endsWith(".ts") });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  project.provide("mainPath", join(dist, "main.js"));
  project.provide("cliPath", join(dist, "cli.js"));
  return () => rmSync(folder, { recursive: true, force: true });
}
