/** What the servers of the bench have in common: options come as an argument, the port and answers go to the parent. */

export function options<T>(): T {
  return JSON.parse(process.argv[2] ?? "{}") as T;
}

/** Ends with its parent, however that ends. */
export function tell(port: number, answers: Readonly<Record<string, () => unknown>> = {}): void {
  process.on("disconnect", () => process.exit(0));
  process.on("SIGTERM", () => process.exit(0));
  const all: typeof answers = { cpu: cpuSinceLast(), ...answers };
  process.on("message", (question: string) => process.send?.(all[question]?.() ?? null));
  process.send?.(port);
}

/** µs of this process since it was asked last. */
function cpuSinceLast(): () => number {
  let last = 0;
  return () => {
    const { user, system } = process.cpuUsage();
    const since = user + system - last;
    last = user + system;
    return since;
  };
}
