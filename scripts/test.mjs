/** `npm test`: everything. `npm test -- <file or vitest option>`: only that, without the checks. */
import { join } from "node:path";
import { build } from "./build.mjs";
import { check } from "./check.mjs";
import { become } from "./run.mjs";
import { ensure, findBrowser, root } from "./setup.mjs";

const args = process.argv.slice(2);

ensure({ redis: true, browser: true });
// Some tests start the built programs, as a user does.
build();
if (args.length === 0) check({ tidy: false });
become([join(root, "node_modules", "vitest", "vitest.mjs"), "run", ...args], {
  ...process.env,
  CHROMIUM: process.env.CHROMIUM ?? findBrowser() ?? "",
});
