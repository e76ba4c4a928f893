/** `npm run demo`: from a bare machine to a desk to look at. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build.mjs";
import { become } from "./run.mjs";
import { ensure, root } from "./setup.mjs";

ensure({ redis: !hasOwnRedis() });
build();
become([join(root, "dist", "demo.js"), ...process.argv.slice(2)]);

/** Somebody who names a Redis needs none installed. */
function hasOwnRedis() {
  if (process.env.REDIS_URL !== undefined) return process.env.REDIS_URL.trim() !== "";
  const file = join(root, ".env");
  return (
    process.env.NODE_ENV !== "production" &&
    existsSync(file) &&
    /^\s*REDIS_URL\s*=\s*\S/m.test(readFileSync(file, "utf8"))
  );
}
