/** The desk that runs on this machine with these settings, if one does: asked, never touched. */
import { z } from "zod";

export interface RunningDesk {
  readonly url: string;
  /** What its `/readyz` warns of; null where it did not say. */
  readonly warnings: readonly string[] | null;
}

const WAIT_MS = 3000;
const readiness = z.object({ warnings: z.array(z.string()) });

export async function findDesk(port: number): Promise<RunningDesk | null> {
  const url = `http://127.0.0.1:${port}`;
  const alive = await ask(`${url}/healthz`);
  if (alive?.status !== 200 || alive.text !== "ok") return null;
  const ready = await ask(`${url}/readyz`);
  return { url, warnings: ready === null ? null : warningsIn(ready.text) };
}

async function ask(url: string): Promise<{ readonly status: number; readonly text: string } | null> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(WAIT_MS), redirect: "error" });
    return { status: answer.status, text: await answer.text() };
  } catch {
    return null;
  }
}

function warningsIn(text: string): readonly string[] | null {
  try {
    return readiness.parse(JSON.parse(text)).warnings;
  } catch {
    return null;
  }
}
