/** Trains the matcher once for the whole run: every desk of the tests finds it in its cache. */
import { join } from "node:path";
import { readIntents } from "../../src/understanding/intents.ts";
import { loadOrTrain } from "../../src/understanding/model-cache.ts";
import { TEST_DATA } from "./test-data.ts";

export function setup(): void {
  loadOrTrain(readIntents("./intents"), join(TEST_DATA, "model"));
}
