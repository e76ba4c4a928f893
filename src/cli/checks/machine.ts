/** What the machine offers: Node, a folder to write to, space in it. */
import { accessSync, constants, existsSync, realpathSync, statSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { diskWarnings } from "../../web/warnings.ts";
import { type Examined, type Finding, good, must, notice } from "./finding.ts";

/** package.json, engines. */
const NODE_MIN = [20, 12] as const;
/** An append-only file that is rewritten needs room for both. */
const FREE_BYTES_MIN = 200 * 2 ** 20;

/** `version`: `20.20.2` */
export function examineNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [least, leastMinor] = NODE_MIN;
  const enough = major > least || (major === least && minor >= leastMinor);
  return enough
    ? good(`Node：${version}`)
    : must(`Node：版本是 ${version}，需要 ${least}.${leastMinor} 或更新，请升级`);
}

/** The embedded Redis' files and the trained model live there. */
export async function checkDataDir({ settings }: Examined): Promise<readonly Finding[]> {
  const { dataDir, redisUrl } = settings;
  const place = firstThatExists(resolve(dataDir));
  const inner = redisUrl === null ? firstThatExists(resolve(join(dataDir, "redis"))) : place;
  for (const folder of new Set([place, inner])) {
    if (isWritableFolder(folder)) continue;
    const missing = `DATA_DIR：${folder} 不能写入`;
    return [
      redisUrl === null
        ? must(`${missing}，内置 Redis 无法保存工单；请改正权限，或换一个目录`)
        : notice(`${missing}，每次启动都要重新训练识别模型；请改正权限，或换一个目录`),
    ];
  }
  const { bavail, bsize } = await statfs(inner);
  const free = bavail * bsize;
  if (redisUrl === null && free < FREE_BYTES_MIN) {
    return [must(`DATA_DIR：${inner} 所在磁盘只剩 ${inMegabytes(free)}，工单可能写不进去；请清理或扩容`)];
  }
  const warnings = await diskWarnings(inner);
  return warnings.length > 0
    ? warnings.map((line) => notice(`DATA_DIR：${line}`))
    : [good(`DATA_DIR：${shown(dataDir)} 可以写入，磁盘还有 ${inMegabytes(free)}`)];
}

/** The folder need not be there yet: whoever starts makes it, in the nearest one that is. */
function firstThatExists(path: string): string {
  let at = path;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  return at;
}

function isWritableFolder(path: string): boolean {
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function shown(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

function inMegabytes(bytes: number): string {
  const mega = bytes / 2 ** 20;
  return mega < 1024 ? `${Math.floor(mega)} MB` : `${(mega / 1024).toFixed(1)} GB`;
}
