import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openPlug } from "../../src/sandbox/plug.ts";

let http: Server;
let url: string;
let pull: (pulled: boolean) => Promise<void>;

beforeEach(async () => {
  http = createServer((request, response) => {
    if (request.url === "/") response.end("here");
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  pull = openPlug(http);
});

afterEach(async () => {
  const closed = new Promise((resolve) => http.close(resolve));
  http.closeAllConnections();
  await closed;
});

const ask = async (path = "/"): Promise<string> => (await fetch(`${url}${path}`)).text();

test("pulled, it refuses whoever connects, and cuts whoever waits for an answer", async () => {
  const arrived = new Promise((resolve) => http.once("request", resolve));
  const waiting = expect(ask("/never")).rejects.toThrow();
  await arrived;
  await pull(true);
  await waiting;
  await expect(ask()).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
});

test("put back, it answers at the same address", async () => {
  await pull(true);
  await pull(false);
  expect(await ask()).toBe("here");
});

test("ends as it was turned last, however fast it is turned", async () => {
  await Promise.all([true, false, false, true, true, false].map(pull));
  expect(await ask()).toBe("here");
  await Promise.all([false, true, false, true].map(pull));
  await expect(ask()).rejects.toThrow();
});

test("at an address that somebody else has taken meanwhile it says so, and can be tried again", async () => {
  await pull(true);
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(Number(new URL(url).port), "127.0.0.1", resolve));
  await expect(pull(false)).rejects.toMatchObject({ code: "EADDRINUSE" });
  await new Promise((resolve) => other.close(resolve));
  await pull(false);
  expect(await ask()).toBe("here");
});
