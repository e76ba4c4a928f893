/**
 * A file that one living process at a time can hold, for the seconds in which something must not be done twice. Node
 * has no flock, so a lock that was left behind is told by its holder's death.
 */
import { randomUUID } from "node:crypto";
import { readFileSync, statSync, unlinkSync, writeFileSync } from "node:fs";

/** Nobody holds a lock longer: an older one was left behind, even where its pid lives again as somebody else. */
const HELD_MS_MAX = 60_000;
/** Between making the file and writing into it there is a moment; one that lasts was a crash. */
const EMPTY_MS_MAX = 2_000;

const heldHere = new Set<string>();

/** @returns what releases it; null while another holds it */
export function takeLock(path: string): (() => void) | null {
  const mine = `${process.pid} ${randomUUID()}`;
  if (!create(path, mine)) {
    if (!isLeftBehind(path) || !removeLeftBehind(path) || !create(path, mine)) return null;
  }
  heldHere.add(mine);
  return () => {
    heldHere.delete(mine);
    if (read(path) === mine) remove(path);
  };
}

/**
 * Two that find the same lock left behind must not both remove it: the second would remove what the first has just
 * taken. So removing takes a lock of its own, under which the look is repeated.
 */
function removeLeftBehind(path: string): boolean {
  const release = takeLock(`${path}.stale`);
  if (release === null) return false;
  try {
    if (isLeftBehind(path)) remove(path);
    return true;
  } finally {
    release();
  }
}

function isLeftBehind(path: string): boolean {
  const holder = read(path);
  const age = ageMs(path);
  if (holder === null || age === null) return false;
  if (holder === "") return age > EMPTY_MS_MAX;
  if (age > HELD_MS_MAX) return true;
  const pid = Number(holder.split(" ")[0]);
  // In a container every start has the same pid: mine, yet not held by me.
  return pid === process.pid ? !heldHere.has(holder) : !isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function create(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function read(path: string): string | null {
  return unlessAbsent(() => readFileSync(path, "utf8"));
}

function ageMs(path: string): number | null {
  return unlessAbsent(() => Date.now() - statSync(path).mtimeMs);
}

function remove(path: string): void {
  unlessAbsent(() => unlinkSync(path));
}

function unlessAbsent<T>(look: () => T): T | null {
  try {
    return look();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
