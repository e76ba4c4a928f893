/** Pictures that are on their way to somebody: kept for some days under a name that nobody guesses, never listed. */
import { randomBytes } from "node:crypto";
import type { Redis } from "ioredis";
import { keys } from "./keys.ts";

export interface Pictures {
  /** Its name: whoever knows it may see the picture. */
  put(bytes: Uint8Array): Promise<string>;
  /** Null: there is none of that name (any more). */
  get(name: string): Promise<Uint8Array | null>;
}

/** A leader who was on leave may still open Monday's link. */
export const PICTURE_KEPT_S = 14 * 86_400;
/** 192 bits. */
const NAME_BYTES = 24;
const NAME = /^[A-Za-z0-9_-]{32}$/;

/** Where a picture stands behind the desk's public address (web/pictures.ts). */
export const picturePath = (name: string): string => `/pictures/${name}.png`;

export function openPictures(redis: Redis, tag: string): Pictures {
  return {
    async put(bytes) {
      const name = randomBytes(NAME_BYTES).toString("base64url");
      await redis.set(tag + keys.picture(name), Buffer.from(bytes), "EX", PICTURE_KEPT_S);
      return name;
    },
    get: async (name) => (NAME.test(name) ? redis.getBuffer(tag + keys.picture(name)) : null),
  };
}
