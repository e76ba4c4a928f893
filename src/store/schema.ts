/** Which shape the data has: a newer one is not touched, an older one is brought up to date before anything else works with it. */
import type { Redis } from "ioredis";
import { keys } from "./keys.ts";

/** 2: every ticket keeps its track, and stands in the indexes of what figures have to do with it. */
export const SCHEMA = 2;

/** Brings data from the shape before to this one. It may be killed in the middle, and be under way twice at once. */
export interface Migration {
  readonly to: number;
  run(): Promise<void>;
}

/** The data was written by a newer desk. `message` says what to do. */
export class NewerSchema extends Error {
  constructor(found: number) {
    super(`Redis 中的数据由更新的版本写入（结构 ${found}，本程序支持到 ${SCHEMA}）：请升级本程序后再启动`);
    this.name = "NewerSchema";
  }
}

/** Whoever only reads does not migrate. `message` says what to do. */
export class OlderSchema extends Error {
  constructor(found: number) {
    super(
      `Redis 中的数据还是旧的结构（${found}，本程序需要 ${SCHEMA}）：请先启动一次新版服务（npm start），由它升级数据`,
    );
    this.name = "OlderSchema";
  }
}

/** @throws NewerSchema */
export async function openSchema(redis: Redis, tag: string, migrations: readonly Migration[]): Promise<void> {
  await redis.set(tag + keys.schema, String(SCHEMA), "NX");
  const found = (await findSchema(redis, tag)) ?? SCHEMA;
  for (const { to, run } of [...migrations].sort((a, b) => a.to - b.to)) {
    if (to <= found) continue;
    await run();
    await redis.set(tag + keys.schema, String(to));
  }
}

/** Null where there is no data yet. @throws NewerSchema */
export async function findSchema(redis: Redis, tag: string): Promise<number | null> {
  const found = await redis.get(tag + keys.schema);
  if (found === null) return null;
  if (Number(found) > SCHEMA) throw new NewerSchema(Number(found));
  return Number(found);
}

/** @throws NewerSchema, OlderSchema */
export async function requireSchema(redis: Redis, tag: string): Promise<void> {
  const found = await findSchema(redis, tag);
  if (found !== null && found < SCHEMA) throw new OlderSchema(found);
}
