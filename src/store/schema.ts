/** Which shape the data has: a newer one is not touched, an older one would be migrated here. */
import type { Redis } from "ioredis";
import { keys } from "./keys.ts";

const SCHEMA = 1;

/** The data was written by a newer desk. `message` says what to do. */
export class NewerSchema extends Error {
  constructor(found: string) {
    super(`Redis 中的数据由更新的版本写入（结构 ${found}，本程序支持到 ${SCHEMA}）：请升级本程序后再启动`);
    this.name = "NewerSchema";
  }
}

/** @throws NewerSchema */
export async function checkSchema(redis: Redis, tag: string): Promise<void> {
  await redis.set(tag + keys.schema, String(SCHEMA), "NX");
  const found = await redis.get(tag + keys.schema);
  if (Number(found) > SCHEMA) throw new NewerSchema(String(found));
}
