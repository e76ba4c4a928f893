/** Many reads in one round trip; one that fails fails all. */
import type { Redis } from "ioredis";

export async function pipelined<T>(redis: Redis, commands: readonly (readonly string[])[]): Promise<T[]> {
  if (commands.length === 0) return [];
  const answers = await redis.pipeline(commands.map((command) => [...command])).exec();
  return (answers ?? []).map(([error, value]) => {
    if (error) throw error;
    return value as T;
  });
}
