/** `npm start`: reads the settings, opens the desk, and closes it when it is told to. */
import { isOperatorError, runUntilSignal } from "./process.ts";
import { openService } from "./service.ts";
import { readEnvironment, readSettings } from "./settings.ts";

await runUntilSignal(async () => {
  const environment = readEnvironment(process.env, process.cwd());
  return openService({ settings: readSettings(environment), environment });
}, isOperatorError);
