/** A front that gives every callback to all desks at once, as two addresses in a badly set up balancer would. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface DoublingFront {
  readonly url: string;
  /** What the desks answered, one list a callback. */
  readonly answers: readonly (readonly (number | null)[])[];
  close(): Promise<void>;
}

export async function openDoublingFront(desks: readonly string[]): Promise<DoublingFront> {
  const answers: (number | null)[][] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const each = await Promise.all(desks.map((desk) => post(desk + (request.url ?? ""), body)));
    answers.push(each);
    const best = each.find((status) => status !== null);
    if (best === undefined || best === null) request.socket.destroy();
    else response.writeHead(best).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function post(url: string, body: Buffer): Promise<number | null> {
  try {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(url, { method: "POST", body: new Uint8Array(body), headers });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return null;
  }
}
