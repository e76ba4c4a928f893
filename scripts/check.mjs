/** `npm run check`: what a reviewer should not have to say. All of it runs, so that one round shows everything. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensure, giveUp, root } from "./setup.mjs";

const parts = {
  "类型（src）": ["typescript/bin/tsc", "-p", ".", "--noEmit"],
  "类型（test）": ["typescript/bin/tsc", "-p", "test"],
  写法与循环引用: ["@biomejs/biome/bin/biome", "check"],
};

/** Not part of `npm test`: while something is being built, its first half is of no use yet. */
const tidiness = { 无用的文件与导出: ["knip/bin/knip.js"] };

/** @param {{ tidy: boolean }} how */
export function check({ tidy }) {
  const failed = Object.entries(tidy ? { ...parts, ...tidiness } : parts).filter(([name, [program = "", ...args]]) => {
    console.error(`· 检查：${name}`);
    const { status } = spawnSync(process.execPath, [join(root, "node_modules", program), ...args], {
      cwd: root,
      stdio: ["ignore", 2, 2],
    });
    return status !== 0;
  });
  if (failed.length > 0) giveUp(`检查没有通过：${failed.map(([name]) => name).join("、")}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  ensure({});
  check({ tidy: true });
}
