/**
 * The page with a small station behind it on both platforms, and desks that answer in the thread and ring the helper:
 * WeCom's by callback, DingTalk's down the stream.
 */
import type { AddressInfo } from "node:net";
import Koa from "koa";
import { z } from "zod";
import { type DingtalkServer, openDingtalkServer } from "../../src/sandbox/dingtalk-server.ts";
import { memoryHistory } from "../../src/sandbox/history.ts";
import type { PageChat } from "../../src/sandbox/page/chat.ts";
import { openDingtalkStage } from "../../src/sandbox/page/dingtalk-stage.ts";
import { type Stage, singleChatOf } from "../../src/sandbox/page/stage.ts";
import type { Undelivered, UndeliveredLine } from "../../src/sandbox/page/status.ts";
import { openWecomStage } from "../../src/sandbox/page/wecom-stage.ts";
import { sandboxRoutes } from "../../src/sandbox/page.ts";
import { openWecomServer, type WecomServer } from "../../src/sandbox/wecom-server.ts";
import {
  ackOf,
  type Body,
  text as dingtalkText,
  openGateway,
  openStreamDesk,
  post as postDingtalk,
  robot,
  type StreamDesk,
} from "./dingtalk-given.ts";
import { app, type FakeApp, openFakeApp } from "./fake-app.ts";
import { bot, type FakeDesk, type Heard, markdown, openFakeDesk, post, text } from "./fake-desk.ts";

export interface DemoPage {
  readonly url: string;
  readonly server: WecomServer;
  readonly dingtalk: DingtalkServer;
  /** Behind WeCom's bot. */
  readonly desk: FakeDesk;
  /** Behind WeCom's application, once `hearAsApp` was called; the bot is not heard any more then. */
  readonly app: FakeApp;
  /** What the page waits for once its clock was moved; nothing if not said. */
  catchUpBy(doing: () => Promise<void>): void;
  hearAsApp(): void;
  /** A card with two buttons for 孙三, from the application. */
  sendCard(title: string): Promise<void>;
  /** What was pushed down DingTalk's stream, opened. */
  readonly pushed: readonly Body[];
  connectStream(): Promise<StreamDesk>;
  /** What the desk has not delivered, and which lines that is. */
  readonly lines: UndeliveredLine[];
  readonly lanes: { -readonly [name in keyof Undelivered]: Undelivered[name] };
  now(): number;
  /** Cuts every connection of a browser, the streams of events among them. */
  cut(): void;
  close(): Promise<void>;
}

export const DINGTALK_GROUP = "cidNANTANG==";

const GROUPS = {
  wecom: [
    { chat: "wrHENGTONG", name: "恒通汽配服务群", kind: "service", query: "key=key-1" },
    { chat: "wrHELPERS", name: "帮办员工作群", kind: "helpers", query: "key=key-2" },
    { chat: "wrLEADERS", name: "领导督办群", kind: "leaders", query: "key=key-3" },
  ],
  dingtalk: [{ chat: DINGTALK_GROUP, name: "南塘食品服务群", kind: "service", query: "access_token=token-1" }],
} as const;

const PEOPLE = {
  wecom: [
    { account: "wang.min", name: "王敏", role: "恒通汽配 文员", groups: ["wrHENGTONG"] },
    { account: "sun.san", name: "孙三", role: "帮办员", groups: ["wrHENGTONG", "wrHELPERS"] },
    { account: "li.si", name: "李四", role: "领导", groups: ["wrLEADERS"] },
  ],
  dingtalk: [
    { account: "dd-lu", name: "陆晓梅", role: "南塘食品 行政", groups: [DINGTALK_GROUP] },
    { account: "dd-sun", name: "孙三", role: "帮办员", groups: [DINGTALK_GROUP] },
  ],
} as const;

export const suggestions = [
  "周三下午想借一间能坐30人的会议室",
  "预备党员转正要准备哪些材料",
  "有位党员从外地转来，组织关系怎么接",
  "锋领e家登录不上，密码忘了",
  "支部下个月要换届，流程怎么走",
];

const ticket = z.object({ endpoint: z.string(), ticket: z.string() });

export async function openDemoPage({
  redeliverAfterMs = 5_000,
  fateWithinMs = 3_000,
  retries = 3,
} = {}): Promise<DemoPage> {
  const desk = await openFakeDesk();
  const fakeApp = await openFakeApp();
  let moved = 0;
  const started = Date.parse("2026-11-23T09:12:00+08:00");
  const now = (): number => started + moved;
  const common = { deskUrl: desk.url, deskNow: now, redeliverAfterMs, retries };
  const server = await openWecomServer({ ...common, bot, app, history: memoryHistory() });
  const dingtalk = await openDingtalkServer({
    ...common,
    robot: { ...robot, name: "小钉" },
    mode: "stream",
    history: memoryHistory(),
  });
  const stages: Stage[] = [openWecomStage(server), openDingtalkStage(dingtalk)];
  const chats: PageChat[] = [];
  const people = [];
  for (const stage of stages) {
    for (const { query, ...group } of GROUPS[stage.platform]) {
      await stage.addGroup({ ...group, webhook: { url: `http://webhook/?${query}`, secret: null } });
      chats.push({ ...group, stage, listed: true });
    }
    for (const person of PEOPLE[stage.platform]) {
      const single = singleChatOf(person.account);
      await stage.addPerson(person);
      people.push({ ...person, chats: [...person.groups, single] });
      const listed = person.account === "sun.san";
      chats.push({ chat: single, name: person.name, kind: "single", stage, listed });
    }
  }

  let closing = false;
  const unlessClosing = (error: unknown): void => {
    // A test that ends without waiting for the answers hangs up on them.
    if (!closing) throw error;
  };
  const answer = async ({ body }: Heard): Promise<void> => {
    await post(body.response_url, markdown("**【#1123-001 已受理】**活动场地协调"));
    await post(server.webhookUrl(body.chatid ?? ""), text("【#1123-001 待接单】活动场地协调", ["sun.san"]));
  };
  desk.onHeard((heard) => void answer(heard).catch(unlessClosing));

  const pushed: Body[] = [];
  const streams: StreamDesk[] = [];
  const lines: UndeliveredLine[] = [];
  const lanes = { waiting: 0, failed: 0 };
  let catchUp: () => Promise<void> = async () => {};
  const clock = {
    now: async () => now(),
    async advance(ms: number): Promise<number> {
      moved += ms;
      return now();
    },
  };
  const koa = new Koa();
  koa.use(
    sandboxRoutes({
      stages,
      chats,
      people,
      clock,
      catchUp: () => catchUp(),
      suggestions,
      fateWithinMs,
      station: { name: "测试街道党务帮办服务站" },
      undelivered: async () => ({ ...lanes }),
      undeliveredLines: async () => lines,
    }).routes(),
  );
  const http = koa.listen(0, "127.0.0.1");
  await new Promise((resolve) => http.once("listening", resolve));

  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/sandbox`,
    server,
    dingtalk,
    desk,
    app: fakeApp,
    catchUpBy(doing) {
      catchUp = doing;
    },
    hearAsApp: () => server.pointAt(fakeApp.url),
    async sendCard(title) {
      const query = new URLSearchParams({ corpid: app.corpId, corpsecret: app.secret });
      const told = await (await fetch(`${server.origin}/cgi-bin/gettoken?${query}`)).json();
      const { access_token: token } = z.object({ access_token: z.string() }).parse(told);
      await post(`${server.origin}/cgi-bin/message/send?access_token=${token}`, {
        touser: "sun.san",
        msgtype: "template_card",
        agentid: app.agentId,
        template_card: {
          card_type: "button_interaction",
          task_id: `task-${title.length}`,
          main_title: { title },
          button_list: [
            { text: "接单", style: 1, key: "接单 #1123-001" },
            { text: "办结", style: 2, key: "办结 #1123-001" },
          ],
        },
      });
    },
    pushed,
    async connectStream() {
      const opened = ticket.parse((await openGateway(dingtalk.origin)).body);
      const stream = await openStreamDesk(
        `${opened.endpoint}?ticket=${encodeURIComponent(opened.ticket)}`,
        (frame, to) => {
          if (frame.type !== "CALLBACK") return to.send(ackOf(frame, 200, frame.data));
          to.send(ackOf(frame));
          const body = JSON.parse(frame.data) as Body;
          pushed.push(body);
          const line = dingtalkText("【#1123-002 待接单】活动场地协调 请 @dd-sun 接单", ["dd-sun"]);
          postDingtalk(body.sessionWebhook, line).catch(unlessClosing);
        },
      );
      streams.push(stream);
      return stream;
    },
    lines,
    lanes,
    now,
    cut: () => http.closeAllConnections(),
    async close() {
      closing = true;
      for (const { ws } of streams) ws.terminate();
      await Promise.all([server.close(), dingtalk.close(), desk.close(), fakeApp.close()]);
      const closed = new Promise((resolve) => http.close(resolve));
      http.closeAllConnections();
      await closed;
    },
  };
}
