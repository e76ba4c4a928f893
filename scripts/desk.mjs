/** `npm run desk -- <verb>`: the command line. Nothing but the verb writes to stdout. */
import { join } from "node:path";
import { build } from "./build.mjs";
import { become } from "./run.mjs";
import { ensure, root } from "./setup.mjs";

// Loud, on stderr, only while it installs something.
ensure({});
build({ quiet: true });
become([join(root, "dist", "cli.js"), ...process.argv.slice(2)]);
