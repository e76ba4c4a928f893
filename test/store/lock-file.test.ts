import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { takeLock } from "../../src/store/lock-file.ts";

describe("takeLock", () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "bangban-lock-"));
    path = join(folder, "lock");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const leave = (content: string, ageMs: number): void => {
    writeFileSync(path, content);
    const then = new Date(Date.now() - ageMs);
    utimesSync(path, then, then);
  };
  const deadPid = spawnSync(process.execPath, ["-e", ""]).pid;

  it("is held by one at a time", () => {
    const release = takeLock(path);
    expect(release).not.toBeNull();
    expect(takeLock(path)).toBeNull();
    release?.();
    expect(readdirSync(folder)).toEqual([]);
    expect(takeLock(path)).not.toBeNull();
  });

  it("another living process' lock is respected", () => {
    leave(`${process.ppid} theirs`, 1000);
    expect(takeLock(path)).toBeNull();
  });

  it.each<[why: string, content: string, ageMs: number]>([
    ["its holder is dead", `${deadPid} theirs`, 0],
    ["its holder had my pid in an earlier container", `${process.pid} theirs`, 0],
    ["nobody holds one that long", `${process.ppid} theirs`, 61_000],
    ["its holder died before writing into it", "", 2_100],
  ])("one that was left behind is taken over: %s", (_why, content, ageMs) => {
    leave(content, ageMs);
    expect(takeLock(path)).not.toBeNull();
    expect(takeLock(path)).toBeNull();
    expect(readdirSync(folder)).toEqual(["lock"]);
  });

  it("one that is just being written is not", () => {
    leave("", 0);
    expect(takeLock(path)).toBeNull();
  });

  it("releasing leaves alone what another has taken over since", () => {
    const release = takeLock(path);
    writeFileSync(path, "1 another");
    release?.();
    expect(existsSync(path)).toBe(true);
  });
});
