/** src/ → dist/: TypeScript compiled, everything else (lua, css, html …) copied. Does nothing where nothing changed. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { ensure, giveUp, root } from "./setup.mjs";

const source = join(root, "src");
const target = join(root, "dist");
const stamp = join(target, ".built");

/** @param {{ quiet?: boolean }} [how] */
export function build({ quiet = false } = {}) {
  const sources = filesIn(source);
  const print = fingerprint([...sources, join(root, "tsconfig.json"), join(root, "package-lock.json")]);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === print) return;
  if (!quiet) console.error("· 编译…");
  // A build that fails half-way is not mistaken for one.
  rmSync(stamp, { force: true });
  compile();
  const assets = sources.filter((file) => !file.endsWith(".ts"));
  for (const file of assets) {
    const copy = join(target, relative(source, file));
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(file, copy);
  }
  removeStale(sources);
  writeFileSync(stamp, print);
}

function compile() {
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const { status } = spawnSync(process.execPath, [tsc, "-p", root, "--noEmitOnError"], { stdio: ["ignore", 2, 2] });
  if (status !== 0) giveUp("编译没有通过：请按上面的提示修改");
}

/**
 * What an earlier build left behind: a script that is gone from src/ must not go on working.
 * @param {string[]} sources
 */
function removeStale(sources) {
  const wanted = new Set(
    sources.flatMap((file) => {
      const path = join(target, relative(source, file));
      const script = path.replace(/\.ts$/, ".js");
      return path.endsWith(".ts") ? [script, `${script}.map`] : [path];
    }),
  );
  for (const file of filesIn(target)) if (!wanted.has(file)) rmSync(file);
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesIn(folder) {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/**
 * Names, sizes and times: a checkout of something older counts as a change too.
 * @param {string[]} files
 */
function fingerprint(files) {
  const hash = createHash("sha256");
  for (const file of files) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${relative(root, file)}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  ensure({});
  build();
}
