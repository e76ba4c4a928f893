/** What a write of a commit must look like: an error in the middle of a script does not roll back what came before it. */
import type { Write } from "./commit.ts";

type Arguments = readonly string[];

/** Of ZADD: only new ones, only known ones, only earlier. */
const CONDITIONS: ReadonlySet<string> = new Set(["NX", "XX", "LT"]);

const many = (least: number) => (args: Arguments) => args.length >= least;
const pairs = (args: Arguments) => args.length >= 2 && args.length % 2 === 0;
const isNumber = (text: string | undefined) => text !== undefined && text !== "" && Number.isFinite(Number(text));
const isInteger = (text: string | undefined) => text !== undefined && /^-?\d{1,15}$/.test(text);
const scored = (args: Arguments): boolean =>
  CONDITIONS.has(args[0] ?? "")
    ? scored(args.slice(1))
    : pairs(args) && args.every((arg, i) => i % 2 === 1 || isNumber(arg));

/** The commands that a commit may use, and whether these arguments behind the key are ones that Redis takes. */
const SHAPES = new Map<string, (args: Arguments) => boolean>([
  ["SET", (args) => args.length === 1],
  ["INCRBY", (args) => args.length === 1 && isInteger(args[0])],
  ["DEL", (args) => args.length === 0],
  ["EXPIRE", (args) => args.length === 1 && isInteger(args[0])],
  ["HSET", pairs],
  ["HDEL", many(1)],
  ["HINCRBY", (args) => args.length === 2 && isInteger(args[1])],
  ["ZADD", ([first = "", ...rest]) => scored(first === "LT" ? rest : [first, ...rest])],
  ["ZREM", many(1)],
  ["ZINCRBY", (args) => args.length === 2 && isNumber(args[0])],
  ["SADD", many(1)],
  ["SREM", many(1)],
  ["RPUSH", many(1)],
  ["LTRIM", (args) => args.length === 2 && args.every(isInteger)],
]);

/** Throws where Redis would refuse the write: then nothing of its plan is written. */
export function checkShape([command, key, ...args]: Write): void {
  if (SHAPES.get(command)?.(args)) return;
  throw new Error(`a commit cannot write ${command} ${key} with ${args.length} arguments`);
}
