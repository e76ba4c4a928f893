/** A message that the desk cannot handle, however often it tries: its conversation goes on, and people are told. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Message } from "../../src/chat/message.ts";
import { keys } from "../../src/store/keys.ts";
import type { DeskProcess } from "./desk-process.ts";
import { buildProgram, type Program } from "./program.ts";
import { openScene, type Scene } from "./scene.ts";
import { type Asked, allTickets, numbersOfDay, type Request, seenBy, TAG, untilQuiet } from "./town.ts";
import { until } from "./until.ts";

interface MessageRow {
  readonly id: string;
  readonly state: string;
  readonly attempts: number;
}

describe("a message that makes the desk fail", () => {
  let program: Program;
  let scene: Scene;
  let desk: DeskProcess;
  beforeAll(() => {
    program = buildProgram();
  });
  afterEach(() => scene?.close());
  afterAll(() => program.remove());

  it.each([
    { what: "what was typed", part: { text: null } },
    { what: "what was quoted", part: { quote: { nothing: true } } },
    { what: "its attachments", part: { attachments: null } },
  ])(
    "by $what is set aside for a person, the chief hears of it once, and the next message is handled",
    async ({ part }) => {
      scene = await openScene(program, { groups: 1 });
      desk = await scene.desk();
      await scene.redis.client.hset("unrelated", "a", "b");
      const asked = await behindPoison(part);
      expect(asked.said).toMatchObject({ delivered: true, status: 200 });
      await untilQuiet(desk, 10_000);

      const tickets = await allTickets(desk);
      const [seen] = seenBy(scene.town, tickets, [asked]);
      expect(seen).toMatchObject({ receipts: 1, mentions: 1 });
      expect(seen?.numbers).toHaveLength(1);
      const { messages } = await desk.api<{ messages: MessageRow[] }>("/inbox?state=failed");
      expect(messages).toMatchObject([{ id: "wecom:poison", state: "failed" }]);
      const told = scene.town.toldChief().filter(({ text }) => text.includes("未能自动处理"));
      expect(told).toHaveLength(1);
    },
  );

  it("by killing it three times is not interpreted any more: it becomes a ticket of the chief's", async () => {
    scene = await openScene(program, { groups: 1 });
    desk = await scene.desk();
    const asked = await behindPoison({ text: "想借一间会议室" }, 3);
    await untilQuiet(desk, 10_000);
    const tickets = await allTickets(desk);
    expect(tickets.map(({ number }) => number)).toEqual(numbersOfDay(2));
    expect(tickets).toMatchObject([
      { asker: "wecom:poisoner", item: "other", owner: "chief" },
      { asker: `wecom:${asked.request.by}` },
    ]);
    const { messages } = await desk.api<{ messages: MessageRow[] }>("/inbox?state=failed");
    expect(messages).toMatchObject([{ id: "wecom:poison", state: "failed", attempts: 4 }]);
    expect(scene.town.toldChief().filter(({ text }) => text.includes("未能自动处理"))).toHaveLength(1);
  });

  /** A message of the same conversation, said while the other one stands at the head of its lane. */
  async function behindPoison(part: Readonly<Record<string, unknown>>, deliveries = 0): Promise<Asked> {
    const { town, redis } = scene;
    const [request] = town.requests(1) as [Request];
    const conversation = `wecom:${request.chat}`;
    const message: Message = {
      platform: "wecom",
      id: "poison",
      chat: request.chat,
      by: "poisoner",
      text: "",
      quote: null,
      attachments: [],
      answer: null,
    };
    const received = Date.now() + Number(town.clockAhead());
    const entry = `wecom:poison\n${received}\n${JSON.stringify({ ...message, ...part })}`;
    if (deliveries > 0) await redis.client.hset(`${TAG}:in:deliveries`, "wecom:poison", String(deliveries));
    await redis.client
      .multi()
      .rpush(TAG + keys.inLane(conversation), entry)
      .zadd(TAG + keys.inReady, Date.now(), conversation)
      .exec();
    const said = await town.say(request);
    await until("the message behind it is answered", 15_000, () =>
      town.wecom.sent(request.chat).some(({ from, quoting }) => from === "bot" && quoting === said.message?.id),
    );
    return { request, said };
  }
});
