/**
 * The program as it is built, in a folder of its own: other tests and people may build `dist/` at the same time.
 * Compiled as scripts/build.mjs does it.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Program {
  /** What `npm start` runs. */
  readonly main: string;
  remove(): void;
}

export function buildProgram(): Program {
  const folder = mkdtempSync(join(tmpdir(), "bangban-program-"));
  const dist = join(folder, "dist");
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const options = ["-p", root, "--outDir", dist, "--noEmitOnError", "--noCheck", "--sourceMap", "false"];
  const { status, stdout } = spawnSync(process.execPath, [tsc, ...options], { encoding: "utf8" });
  if (status !== 0) throw new Error(`the program cannot be built:\n${stdout}`);
  cpSync(join(root, "src"), dist, { recursive: true, filter: (path) => !path.endsWith(".ts") });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  return { main: join(dist, "main.js"), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
