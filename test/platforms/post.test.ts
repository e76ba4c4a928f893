import { once } from "node:events";
import { createServer as createHttpServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket, type Server as TcpServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { afterEach, describe, expect, test } from "vitest";
import { openPost } from "../../src/platforms/post.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function listen(server: Server | TcpServer): Promise<string> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
  });
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const http = async (answer: RequestListener) => new URL(`http://${await listen(createHttpServer(answer))}/`);
const tcp = async (answer: (socket: Socket) => void) => listen(createTcpServer(answer));

const post = openPost(3000);
const hasty = openPost(300);

describe("an answer", () => {
  test("comes with its status and its body, to the JSON that was posted", async () => {
    const url = await http((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk) => chunks.push(chunk));
      request.on("end", () => {
        response.end(JSON.stringify([request.method, request.headers["content-type"], String(Buffer.concat(chunks))]));
      });
    });
    const posted = await post(url, { text: "你好" });
    if (posted.kind !== "answered") throw new Error(posted.kind);
    expect(JSON.parse(posted.body ?? "")).toEqual(["POST", "application/json; charset=utf-8", '{"text":"你好"}']);
  });

  test.each([301, 302, 307, 404, 429, 500, 503])("may be %i, and a redirect is not followed", async (status) => {
    let asked = 0;
    const url = await http((_, response) => {
      asked++;
      response.writeHead(status, { location: "/again" }).end("no");
    });
    expect(await post(url, {})).toEqual({ kind: "answered", status, body: "no" });
    expect(asked).toBe(1);
  });

  test("that came while this process stood still is read, although its time is over", async () => {
    const answers = new Int32Array(new SharedArrayBuffer(4));
    const elsewhere = new Worker(
      `const { parentPort, workerData: answers } = require("node:worker_threads");
       const server = require("node:http").createServer((_, response) => {
         response.end("taken");
         Atomics.add(answers, 0, 1);
         Atomics.notify(answers, 0);
       });
       server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));`,
      { eval: true, workerData: answers },
    );
    closers.push(() => void elsewhere.terminate());
    const [port] = await once(elsewhere, "message");
    const url = new URL(`http://127.0.0.1:${port}/`);
    // The connection stands, and is kept.
    await hasty(url, {});
    await new Promise((resolve) => setImmediate(resolve));
    const posted = hasty(url, {});
    // Written, and then nothing runs here until the answer has come and the time is over.
    await new Promise((resolve) => setImmediate(resolve));
    Atomics.wait(answers, 0, 1, 5000);
    Atomics.wait(answers, 0, 2, 400);
    expect(await posted).toEqual({ kind: "answered", status: 200, body: "taken" });
  });

  test("may be a status whose body never ends", async () => {
    const url = await http((_, response) => void response.writeHead(502).write("<html>"));
    expect(await hasty(url, {})).toEqual({ kind: "answered", status: 502, body: null });
    // The time-out that comes later finds nobody to tell and harms nobody.
    await wait(350);
  });

  test("is read to 64 kB and no further", async () => {
    const fits = await http((_, response) => response.end("a".repeat(64 * 1024)));
    const over = await http((_, response) => response.end("a".repeat(64 * 1024 + 1)));
    const endless = await http((_, response) => {
      const more = () => void (response.write("a".repeat(10_000)) && setImmediate(more));
      response.on("drain", more);
      more();
    });
    expect(await post(fits, {})).toMatchObject({ body: "a".repeat(64 * 1024) });
    expect(await post(over, {})).toEqual({ kind: "answered", status: 200, body: null });
    expect(await post(endless, {})).toEqual({ kind: "answered", status: 200, body: null });
  });
});

describe("nothing left", () => {
  test("where nobody listens", async () => {
    const url = await http(() => {});
    for (const close of closers.splice(0)) close();
    await wait(20);
    expect(await post(url, {})).toEqual({ kind: "unreached", reason: "ECONNREFUSED" });
  });

  test("where the host has no address", async () => {
    const posted = await post(new URL("http://no-such-host.invalid/"), {});
    expect(posted).toMatchObject({ kind: "unreached", reason: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/) });
  });

  test("where the encrypted connection never comes about", async () => {
    const address = await tcp(() => {});
    expect(await hasty(new URL(`https://${address}/`), {})).toEqual({
      kind: "unreached",
      reason: "300 ms 内没有回音",
    });
  });

  test("where the other side does not speak TLS", async () => {
    const address = await tcp((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    expect((await post(new URL(`https://${address}/`), {})).kind).toBe("unreached");
  });
});

describe("nobody knows what became of it", () => {
  test.each([
    ["where no answer comes", () => {}, "300 ms 内没有回音"],
    [
      "where the connection is reset",
      (socket: Socket) => void socket.on("data", () => socket.resetAndDestroy()),
      "ECONNRESET",
    ],
    ["where the connection is closed", (socket: Socket) => void socket.on("data", () => socket.end()), "ECONNRESET"],
    [
      "where something answers that is no HTTP",
      (socket: Socket) => void socket.on("data", () => socket.end("你好\r\n")),
      "HPE_INVALID_CONSTANT",
    ],
    [
      "where the answer breaks off",
      (socket: Socket) => void socket.on("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{")),
      "ECONNRESET",
    ],
    [
      "where the answer stops",
      (socket: Socket) => void socket.on("data", () => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{")),
      "300 ms 内没有回音",
    ],
    [
      "where the server switches protocols",
      (socket: Socket) =>
        void socket.on("data", () =>
          socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"),
        ),
      "ConnectionClosed",
    ],
  ])("%s", async (_, answer, reason) => {
    const send = reason.startsWith("300") ? hasty : post;
    expect(await send(new URL(`http://${await tcp(answer)}/`), {})).toEqual({ kind: "unanswered", reason });
  });

  test("and it is said in time", async () => {
    const url = await http(() => {});
    const from = performance.now();
    await hasty(url, {});
    expect(performance.now() - from).toBeLessThan(4000);
  });
});

describe("connections", () => {
  async function counted(): Promise<{ url: URL; made: () => number; open: () => number }> {
    let made = 0;
    let open = 0;
    const server = createHttpServer({ keepAliveTimeout: 60_000 }, (_, response) => response.end("{}"));
    server.on("connection", (socket) => {
      made++;
      open++;
      socket.on("close", () => open--);
    });
    return { url: new URL(`http://${await listen(server)}/`), made: () => made, open: () => open };
  }

  test("are kept and used again", async () => {
    const { url, made } = await counted();
    for (let sends = 0; sends < 5; sends++) await post(url, {});
    expect(made()).toBe(1);
  });

  test("are let go before the other side loses patience", async () => {
    const { url, open } = await counted();
    await post(url, {});
    expect(open()).toBe(1);
    const from = performance.now();
    while (open() > 0) await wait(50);
    expect(performance.now() - from).toBeLessThan(4500);
  });

  test("lost on the second use count as used", async () => {
    let uses = 0;
    const address = await tcp((socket) =>
      socket.on("data", () => {
        if (++uses === 1) socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        else socket.resetAndDestroy();
      }),
    );
    const url = new URL(`http://${address}/`);
    expect((await post(url, {})).kind).toBe("answered");
    expect((await post(url, {})).kind).toBe("unanswered");
  });
});
