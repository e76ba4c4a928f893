/** A process that holds an embedded Redis like a desk does, for tests that kill it: `desk-like.ts <dataDir>`. */
import { openEmbeddedRedis } from "../../src/store/embedded-redis.ts";

const [, , dataDir = ""] = process.argv;
const redis = await openEmbeddedRedis({ dataDir, log: { info: () => {}, warn: () => {} } });
process.on("message", async (order) => {
  if (order === "ensure") await redis.ensureRunning();
  if (order === "stop") await redis.stop();
  process.send?.(order);
});
process.on("disconnect", () => process.exit());
process.send?.("open");
