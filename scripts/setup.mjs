/**
 * What a machine needs before anything of ours runs, installed where it is missing: npm packages, redis-server, and for
 * the tests a browser and Chinese fonts. Node's own modules only: it runs before there are others. Everything it says
 * goes to stderr, since a verb's stdout belongs to the verb.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

export const root = join(import.meta.dirname ?? "", "..");

const REDIS_MAJOR_MIN = 7;
const BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC_BROWSERS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const DEBIAN_FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

/**
 * @param {{ redis?: boolean, browser?: boolean, quiet?: boolean }} wanted quiet: only problems are told
 */
export function ensure({ redis = false, browser = false, quiet = false }) {
  checkNode();
  ensurePackages(quiet);
  if (redis) ensureRedis(quiet);
  if (browser) ensureBrowser(quiet);
}

/** @returns {string | null} a Chromium's path */
export function findBrowser() {
  return (
    BROWSERS.map(onPath).find((path) => path !== null) ??
    (process.platform === "darwin" ? MAC_BROWSERS.find((path) => existsSync(path)) : undefined) ??
    null
  );
}

/**
 * One line, and the end.
 * @param {string} whatToDo
 * @returns {never}
 */
export function giveUp(whatToDo) {
  console.error(`✗ ${whatToDo}`);
  process.exit(1);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 12)) return;
  giveUp(`Node.js 的版本是 ${process.versions.node}，需要 20.12 或更新：请从 https://nodejs.org 安装后再试`);
}

/** @param {boolean} quiet */
function ensurePackages(quiet) {
  const lock = join(root, "package-lock.json");
  const stamp = join(root, "node_modules", ".bangban-installed");
  const wanted = fingerprint([join(root, "package.json"), lock]);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  if (!installedSince(lock)) {
    say(quiet, "安装 npm 软件包…");
    // A NODE_ENV=production of the shell would leave out the compiler.
    const options = ["--include=dev", "--no-fund", "--no-audit", "--loglevel=error"];
    // `ci` refuses a lock file that somebody's npm wrote without the other systems' packages; `install` mends it, and
    // says what is wrong where neither works.
    const clean = existsSync(lock) && spawnSync("npm", ["ci", ...options], { cwd: root, stdio: "ignore" }).status === 0;
    const done = clean || run("npm", ["install", ...options], quiet);
    if (!done) giveUp("npm 软件包没有装上：请检查网络后再试，或手工运行 npm install 看原因");
  }
  writeFileSync(stamp, fingerprint([join(root, "package.json"), lock]));
}

/**
 * Somebody has run npm by hand: its own note is as new as the lock file, and there are the development packages too.
 * @param {string} lock
 */
function installedSince(lock) {
  const note = join(root, "node_modules", ".package-lock.json");
  const compiler = join(root, "node_modules", "typescript");
  return (
    existsSync(lock) && existsSync(note) && existsSync(compiler) && statSync(note).mtimeMs >= statSync(lock).mtimeMs
  );
}

/** @param {boolean} quiet */
function ensureRedis(quiet) {
  const advice = "或在 .env 的 REDIS_URL 填写一个外部 Redis";
  if (onPath("redis-server") === null) {
    say(quiet, "安装 redis-server…");
    install({ apt: ["redis-server"], brew: ["redis"], service: "redis-server", quiet });
  }
  if (onPath("redis-server") === null) {
    giveUp(`redis-server 没有装上：请运行 apt-get install redis-server（macOS：brew install redis），${advice}`);
  }
  const version = spawnSync("redis-server", ["--version"], { encoding: "utf8" }).stdout ?? "";
  const major = Number(/v=(\d+)/.exec(version)?.[1] ?? REDIS_MAJOR_MIN);
  if (major < REDIS_MAJOR_MIN) {
    giveUp(
      `redis-server 的版本是 ${major}，需要 ${REDIS_MAJOR_MIN} 或更新：请从 https://packages.redis.io 升级，${advice}`,
    );
  }
}

/** @param {boolean} quiet */
function ensureBrowser(quiet) {
  const missing = [findBrowser() === null ? "chromium" : [], hasChineseFont() ? [] : "fonts-noto-cjk"].flat();
  if (missing.length === 0) return;
  say(quiet, `安装测试用的 ${missing.join("、")}…`);
  install({ apt: missing, brew: missing.includes("chromium") ? ["--cask", "chromium"] : [], quiet });
  if (findBrowser() === null) {
    giveUp("测试要用的浏览器没有装上：请运行 apt-get install chromium（macOS：brew install --cask chromium）");
  }
  if (!hasChineseFont()) giveUp("测试要用的中文字体没有装上：请运行 apt-get install fonts-noto-cjk");
}

function hasChineseFont() {
  if (process.platform === "darwin" || existsSync(DEBIAN_FONT)) return true;
  return (spawnSync("fc-list", [":lang=zh-cn", "family"], { encoding: "utf8" }).stdout ?? "").trim() !== "";
}

/**
 * Through the system's package manager, as root, by sudo, or not at all.
 * @param {{ apt: string[], brew: string[], service?: string, quiet: boolean }} what
 */
function install({ apt, brew, service = "", quiet }) {
  if (process.platform === "darwin") {
    if (onPath("brew") !== null && brew.length > 0) run("brew", ["install", ...brew], quiet);
    return;
  }
  if (onPath("apt-get") === null) return;
  const script = ["sh", "-c", APT_SCRIPT, "sh", service, ...apt];
  if (process.getuid?.() === 0) run("sh", script.slice(1), quiet);
  // Without a terminal nobody could answer a question for the password.
  else if (onPath("sudo") !== null) run("sudo", process.stdin.isTTY ? script : ["-n", ...script], quiet);
}

/**
 * The desk starts its own redis-server. A system service that came along only because of us would be a second one, on a
 * port, for nobody: policy-rc.d keeps it from starting now, `disable` from starting at the next boot.
 */
const APT_SCRIPT = `
set -e
export DEBIAN_FRONTEND=noninteractive
service=$1; shift
policy=/usr/sbin/policy-rc.d
if [ -n "$service" ] && [ ! -e $policy ]; then
  trap 'rm -f $policy' EXIT
  printf '#!/bin/sh\\nexit 101\\n' > $policy
  chmod 755 $policy
fi
apt-get -o Dpkg::Use-Pty=0 -qq update
apt-get -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 -qq -y --no-install-recommends install "$@"
if [ -n "$service" ]; then
  systemctl --quiet disable "$service" > /dev/null 2>&1 || update-rc.d "$service" disable > /dev/null 2>&1 || true
fi
`;

/**
 * @param {string} command
 * @param {string[]} args
 * @param {boolean} quiet what it says is shown only where it fails
 * @returns {boolean} whether it went well
 */
function run(command, args, quiet) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: "utf8",
    stdio: quiet ? ["inherit", "pipe", "pipe"] : ["inherit", 2, 2],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0 && quiet) console.error(`${stdout ?? ""}${stderr ?? ""}`.trimEnd());
  return status === 0;
}

/**
 * @param {string} program
 * @returns {string | null}
 */
function onPath(program) {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const path = join(folder, program);
    try {
      accessSync(path, constants.X_OK);
      if (statSync(path).isFile()) return path;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

/** @param {string[]} files */
function fingerprint(files) {
  const hash = createHash("sha256").update(process.versions.modules);
  for (const file of files) hash.update(existsSync(file) ? readFileSync(file) : "");
  return hash.digest("hex");
}

/**
 * @param {boolean} quiet
 * @param {string} line
 */
function say(quiet, line) {
  if (!quiet) console.error(`· ${line}`);
}
