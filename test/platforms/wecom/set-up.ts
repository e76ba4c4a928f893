/** WeCom with nothing set up, for tests to add to. */
import type { WecomDeps } from "../../../src/platforms/wecom/wecom.ts";

export const silent = { info() {}, warn() {}, error() {} };

export const nothingSetUp: WecomDeps = {
  bot: null,
  app: null,
  corpId: null,
  apiBase: "https://qyapi.weixin.qq.com",
  wsUrl: "wss://openws.work.weixin.qq.com",
  webhookOf: () => null,
  sendTimeoutMs: 3000,
  openIds: { get: async () => null, put: async () => {} },
  now: Date.now,
  log: silent,
};
