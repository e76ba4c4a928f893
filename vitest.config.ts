import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // One redis-server for the whole run; every file takes a key tag of its own (test/doubles/redis.ts).
    globalSetup: ["test/doubles/redis-server.ts", "test/doubles/model.ts", "test/doubles/program.ts"],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // A condition that comes is seen at once; one that does not may take its time to be given up, on a busy machine.
    expect: { poll: { timeout: 15_000 } },
    pool: "forks",
    // A worker reads our modules once, not once for each file, which took a third of the run. Nothing of ours keeps state in
    // a module, and a test that leaves something open is found out by the next one.
    isolate: false,
    // By itself vitest would leave one core idle; most of these files wait for sockets rather than compute.
    maxWorkers: Math.max(2, availableParallelism()),
  },
});
