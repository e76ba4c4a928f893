/** `npm run bench`: how fast the desk is on this machine, as one table, in less than two minutes. */
import { join } from "node:path";
import { build } from "./build.mjs";
import { become } from "./run.mjs";
import { ensure, root } from "./setup.mjs";

ensure({ redis: true });
// What is measured is what is shipped: the benchmark's own files run from source, the desk from dist/.
build();
become(["--import", "tsx", join(root, "bench", "main.ts"), ...process.argv.slice(2)]);
