/** The page with a small station behind it, and a desk that answers in the thread and rings the helper. */
import type { AddressInfo } from "node:net";
import Koa from "koa";
import { memoryHistory } from "../../src/sandbox/history.ts";
import { sandboxRoutes } from "../../src/sandbox/page.ts";
import { openWecomServer, type WecomServer } from "../../src/sandbox/wecom-server.ts";
import { bot, type FakeDesk, type Heard, markdown, openFakeDesk, post, text } from "./fake-desk.ts";

export interface DemoPage {
  readonly url: string;
  readonly server: WecomServer;
  readonly desk: FakeDesk;
  now(): number;
  /** Cuts every connection of a browser, the streams of events among them. */
  cut(): void;
  close(): Promise<void>;
}

const groups = [
  { chat: "wrHENGTONG", name: "恒通汽配服务群", webhookKey: "key-1", kind: "service" },
  { chat: "wrHELPERS", name: "帮办员工作群", webhookKey: "key-2", kind: "helpers" },
  { chat: "wrLEADERS", name: "领导督办群", webhookKey: "key-3", kind: "leaders" },
] as const;

const people = [
  { account: "wang.min", name: "王敏", role: "恒通汽配 文员", groups: ["wrHENGTONG"] },
  { account: "sun.san", name: "孙三", role: "帮办员", groups: ["wrHENGTONG", "wrHELPERS"] },
  { account: "li.si", name: "李四", role: "领导", groups: ["wrLEADERS"] },
];

export const suggestions = [
  "周三下午想借一间能坐30人的会议室",
  "预备党员转正要准备哪些材料",
  "有位党员从外地转来，组织关系怎么接",
  "锋领e家登录不上，密码忘了",
  "支部下个月要换届，流程怎么走",
];

export async function openDemoPage(redeliverAfterMs = 5_000): Promise<DemoPage> {
  const desk = await openFakeDesk();
  let moved = 0;
  const started = Date.parse("2026-11-23T09:12:00+08:00");
  const now = (): number => started + moved;
  const server = await openWecomServer({
    deskUrl: desk.url,
    bot,
    groups,
    people,
    history: memoryHistory(),
    deskNow: now,
    redeliverAfterMs,
  });
  let closing = false;
  const answer = async ({ body }: Heard): Promise<void> => {
    await post(body.response_url, markdown("**【#1123-001 已受理】**活动场地协调"));
    await post(server.webhookUrl(body.chatid ?? ""), text("【#1123-001 待接单】活动场地协调", ["sun.san"]));
  };
  // A test that ends without waiting for the answers hangs up on them.
  desk.onHeard((heard) => {
    answer(heard).catch((error) => {
      if (!closing) throw error;
    });
  });
  const clock = {
    now: async () => now(),
    async advance(ms: number): Promise<number> {
      moved += ms;
      return now();
    },
  };
  const app = new Koa();
  app.use(
    sandboxRoutes({ server, clock, station: { name: "测试街道党务帮办服务站" }, groups, people, suggestions }).routes(),
  );
  const http = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => http.once("listening", resolve));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/sandbox`,
    server,
    desk,
    now,
    cut: () => http.closeAllConnections(),
    async close() {
      closing = true;
      await server.close();
      await desk.close();
      const closed = new Promise((resolve) => http.close(resolve));
      // Only kept-alive, idle connections may be left here: the event streams ended with the platform.
      http.closeIdleConnections();
      await closed;
    },
  };
}
