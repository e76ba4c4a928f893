/** How a desk lives as a process: opened, told to stop or to reload, closed once; what an administrator must mend ends with 78. */
import { BadSetting, EXIT_BAD_SETTING } from "./bad-setting.ts";
import { RedisUnreachable } from "./store/connection.ts";
import { EmbeddedRedisFailed } from "./store/redis-process.ts";
import { NewerSchema, OlderSchema } from "./store/schema.ts";
import { BadFile } from "./store/yaml-file.ts";
import { PortUnusable } from "./web/server.ts";

export interface Running {
  reload(): Promise<void>;
  close(): Promise<void>;
}

/** Something that an administrator can put right: one line says what. */
export function isOperatorError(error: unknown): error is Error {
  return error instanceof BadSetting || error instanceof BadFile || error instanceof NewerSchema;
}

export async function runUntilSignal(
  open: () => Promise<Running>,
  isExpected: (error: unknown) => error is Error,
): Promise<void> {
  let running: Running;
  try {
    running = await open();
  } catch (error) {
    const line = isExpected(error) || isPlain(error) ? error.message : String((error as Error)?.stack ?? error);
    process.stderr.write(`${line}\n`);
    process.exit(isExpected(error) ? EXIT_BAD_SETTING : 1);
  }
  let closing = false;
  const close = async () => {
    if (closing) return;
    closing = true;
    await running.close();
    process.exit(0);
  };
  process.on("SIGTERM", () => void close());
  process.on("SIGINT", () => void close());
  process.on("SIGHUP", () => void running.reload());
}

/** Not the settings' fault, but its message is a line for people: another try may succeed. */
export function isPlain(error: unknown): error is Error {
  return (
    error instanceof OlderSchema ||
    error instanceof PortUnusable ||
    error instanceof EmbeddedRedisFailed ||
    error instanceof RedisUnreachable
  );
}
