/** The program, built once for the whole run as `npm run build` does: it starts in a third of the time that its source takes. */
import type { TestProject } from "vitest/node";
import { buildProgram } from "../faults/program.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** What `npm run desk` runs. */
    cliPath: string;
  }
}

export default function provideProgram(project: TestProject): () => void {
  const program = buildProgram();
  project.provide("cliPath", program.main.replace(/main\.js$/u, "cli.js"));
  return program.remove;
}
