/** What the servers of the bench have in common: options come as an argument, the port and answers go to the parent. */

export function options<T>(): T {
  return JSON.parse(process.argv[2] ?? "{}") as T;
}

/** Ends with its parent, however that ends. */
export function tell(port: number, answers: Readonly<Record<string, () => unknown>> = {}): void {
  process.on("disconnect", () => process.exit(0));
  process.on("SIGTERM", () => process.exit(0));
  process.on("message", (question: string) => process.send?.(answers[question]?.() ?? null));
  process.send?.(port);
}
