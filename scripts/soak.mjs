/** `npm run soak`: bursts on every way, on a clock that runs ahead, in less than ten minutes. */
import { join } from "node:path";
import { become } from "./run.mjs";
import { ensure, root } from "./setup.mjs";

ensure({ redis: true });
become(["--import", "tsx", join(root, "bench", "soak", "main.ts"), ...process.argv.slice(2)]);
