import { afterEach, beforeEach, expect, test } from "vitest";
import { openGateway } from "../../../src/platforms/dingtalk/gateway.ts";
import { openPost } from "../../../src/platforms/post.ts";
import { type Imitation, imitate } from "./imitation.ts";

let dingtalk: Imitation;
beforeEach(async () => {
  dingtalk = await imitate();
});
afterEach(() => dingtalk.close());

const ask = (timeoutMs = 3000) =>
  openGateway({ post: openPost(3000), apiBase: dingtalk.base, appKey: "k", appSecret: "never-shown", timeoutMs })();
const answering = (status: number, body: unknown) =>
  dingtalk.inviteBy((response) =>
    response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body)),
  );

test.each([
  [
    "wss://wss-open-connection.dingtalk.com:443/connect",
    "uuid",
    "wss://wss-open-connection.dingtalk.com/connect?ticket=uuid",
  ],
  ["ws://127.0.0.1:1/connect?a=b", "a+b/c=&d#", "ws://127.0.0.1:1/connect?a=b&ticket=a%2Bb%2Fc%3D%26d%23"],
  ["ws://127.0.0.1:1/connect#part", "t", "ws://127.0.0.1:1/connect?ticket=t"],
])("an invitation to %j with %j", async (endpoint, ticket, href) => {
  answering(200, { endpoint, ticket });
  const invitation = await ask();
  expect(invitation.kind === "invited" && invitation.url.href).toBe(href);
});

test.each([
  ["http://127.0.0.1:1/connect", "t"],
  ["javascript:alert(1)", "t"],
  ["no address", "t"],
  ["ws://127.0.0.1:1/connect", ""],
  ["ws://127.0.0.1:1/connect", "\ud800"],
  ["ws://127.0.0.1:1/connect", null],
  [null, "t"],
])("is none to %j with %j", async (endpoint, ticket) => {
  answering(200, { endpoint, ticket });
  expect(await ask()).toEqual({ kind: "failed", reason: "HTTP 200，应答无法识别" });
});

test.each([
  [400, { code: "invalidClientIdOrSecret", message: "never-shown" }, "refused", "HTTP 400 invalidClientIdOrSecret ***"],
  [401, { code: "InvalidAuthentication" }, "refused", "HTTP 401 InvalidAuthentication "],
  [403, "<html>", "refused", "HTTP 403"],
  [403, { code: "Forbidden.AccessDenied.QpsLimitForApi" }, "failed", "HTTP 403 Forbidden.AccessDenied.QpsLimitForApi "],
  [429, "", "failed", "HTTP 429"],
  [408, "", "failed", "HTTP 408"],
  [302, "", "failed", "HTTP 302"],
  [500, { code: "system.error" }, "failed", "HTTP 500 system.error "],
  [200, "<xml/>", "failed", "HTTP 200，应答无法识别"],
])("is refused or fails with %i %j: %s", async (status, body, kind, reason) => {
  answering(status, body);
  expect(await ask()).toEqual({ kind, reason });
});

test("is not waited for for ever", async () => {
  dingtalk.inviteBy(() => {});
  expect(await ask(200)).toEqual({ kind: "failed", reason: "200 ms 内没有回音" });
});
