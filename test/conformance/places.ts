/** The places where one can speak to the desk, on every platform and by every way in: one suite runs over all of them. */
import type { Shown } from "../../src/sandbox/history.ts";
import { BOT, openTestDesk, ROBOT, type TestDesk, type TestDeskOptions } from "../doubles/desk.ts";

export interface Place {
  readonly desk: TestDesk;
  readonly clerk: string;
  readonly helper: string;
  /** Says something here to the desk, quoting a shown message or none. `id`: the platform's own, to say it twice. */
  say(by: string, text: string, options?: { readonly quote?: Shown; readonly id?: string }): Promise<Shown>;
  /** What is shown here. */
  shown(): readonly Shown[];
  until(fits: (message: Shown) => boolean, ms?: number): Promise<Shown>;
  /** What the desk says on its first way out is refused for good from now on, and on the next as it was. */
  refuseFirstWay(): void;
  /** Whatever a well-behaved desk never does. */
  violations(): readonly unknown[];
}

export interface Conforming {
  readonly name: string;
  /** In a group the helper's telephone rings; one-to-one nobody is called. */
  readonly group: boolean;
  open(): Promise<Place>;
}

/** So many ids that no two runs share one. */
let serial = 0;
const newId = () => `m${process.pid}-${Date.now()}-${++serial}`;

const wecomGroup = (name: string, options: TestDeskOptions, firstWay: "response" | "socket"): Conforming => ({
  name,
  group: true,
  async open() {
    const desk = await openTestDesk(options);
    const { wecom } = desk;
    if (options.wecom === "socket") await connected(() => wecom.connections());
    const chat = "wrGROUP01";
    return {
      desk,
      clerk: "wang.min",
      helper: "sun.san",
      async say(by, text, { quote, id = newId() } = {}) {
        const said = await wecom.say({ chat, by, text: `@${BOT.name} ${text}`, quote: quote?.id ?? null, msgid: id });
        return taken(said.message, said.delivered, said.reason);
      },
      shown: () => wecom.sent(chat),
      until: (fits, ms) => wecom.waitFor(chat, fits, ms),
      refuseFirstWay: () =>
        wecom.trouble(firstWay, firstWay === "socket" ? "invalid-req" : "removed", { at: chat, count: 1 }),
      violations: () => wecom.violations,
    };
  },
});

const wecomApp: Conforming = {
  name: "WeCom, one-to-one with the self-built app",
  group: false,
  async open() {
    const desk = await openTestDesk({ wecom: "callback", app: true });
    const { wecom } = desk;
    const room = "@wang.min";
    return {
      desk,
      clerk: "wang.min",
      helper: "sun.san",
      async say(by, text, { id = String(Date.now() * 1000 + ++serial) } = {}) {
        const said = await wecom.sayToApp({ by, text, msgId: digitsOf(id) });
        return taken(said.message, said.delivered, said.reason);
      },
      shown: () => wecom.sent(room),
      until: (fits, ms) => wecom.waitFor(room, fits, ms),
      refuseFirstWay: () => {},
      violations: () => wecom.violations,
    };
  },
};

const dingtalk = (name: string, mode: "http" | "stream", chat: string | null): Conforming => ({
  name,
  group: chat !== null,
  async open() {
    const desk = await openTestDesk({ wecom: null, dingtalk: mode, dingtalkServer: { redeliverAfterMs: 2000 } });
    const server = desk.dingtalk;
    if (mode === "stream") await connected(() => server.connections());
    const room = chat ?? "@user-9001";
    return {
      desk,
      clerk: "user-9001",
      helper: "user-1012",
      async say(by, text, { quote, id = newId() } = {}) {
        const words = chat === null ? text : `@${ROBOT.name} ${text}`;
        const said = await server.say({ chat, by, text: words, quote: quote?.id ?? null, msgId: `${id}==` });
        return taken(said.message, said.delivered, said.reason);
      },
      shown: () => server.sent(room),
      until: (fits, ms) => server.waitFor(room, fits, ms),
      refuseFirstWay: () => server.trouble("session", "expired", { count: 1 }),
      violations: () => server.violations,
    };
  },
});

export const PLACES: readonly Conforming[] = [
  wecomGroup("WeCom's group, by callback", { wecom: "callback" }, "response"),
  wecomGroup("WeCom's group, over the long connection", { wecom: "socket" }, "socket"),
  wecomApp,
  dingtalk("DingTalk's group, over HTTP", "http", "cidGROUP01=="),
  dingtalk("DingTalk's group, over Stream", "stream", "cidGROUP01=="),
  dingtalk("DingTalk, one-to-one over Stream", "stream", null),
];

function taken(message: Shown | null, delivered: boolean, reason: unknown): Shown {
  if (message === null || !delivered) throw new Error(`the desk did not take it: ${String(reason)}`);
  return message;
}

/** Until the desk has connected. */
export async function connected(connections: () => number): Promise<void> {
  const from = performance.now();
  while (connections() === 0) {
    if (performance.now() - from > 5000) throw new Error("the desk has not connected");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Ids of the app are numbers. */
function digitsOf(id: string): string {
  return id.replace(/\D/gu, "").slice(-18).replace(/^0+/u, "1");
}
