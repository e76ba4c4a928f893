/** A message that the desk cannot handle, however often it tries: its conversation goes on, and people are told. */
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import type { Message } from "../../src/chat/message.ts";
import { keys } from "../../src/store/keys.ts";
import type { DeskProcess } from "./desk-process.ts";
import { openScene, type Scene } from "./scene.ts";
import { type Asked, allTickets, type Request, seenBy, TAG, untilQuiet } from "./town.ts";
import { until } from "./until.ts";

interface MessageRow {
  readonly id: string;
  readonly conversation: string;
  readonly attempts: number;
}

const POISONS = [
  { what: "what was typed", part: { text: null } },
  { what: "what was quoted", part: { quote: { nothing: true } } },
  { what: "what came along", part: { attachments: null } },
] as const;
const ANSWERED_MS = 15_000;

describe("a message that makes the desk fail", () => {
  let scene: Scene;
  let desk: DeskProcess;
  beforeAll(async () => {
    scene = await openScene({ groups: POISONS.length + 1 });
    desk = await scene.desk();
  });
  afterAll(async () => {
    await scene?.close();
  });

  it.each(POISONS.map((poison, group) => ({ ...poison, group })))(
    "by $what is kept for a person, the chief hears of it once, and the next message is handled",
    async ({ part, group }) => {
      const { request, said } = await behindPoison(group, part);
      const [seen] = seenBy(scene.town, await allTickets(desk), [{ request, said }]);
      expect(seen).toMatchObject({ receipts: 1, mentions: 1 });
      expect(seen?.numbers).toHaveLength(1);
      const [failed, ...more] = await failedIn(request.chat);
      expect(more).toEqual([]);
      expect(failed?.attempts).toBeGreaterThanOrEqual(4);
      expect(failed?.attempts).toBeLessThanOrEqual(7);
      expect(toldAbout(request.chat)).toHaveLength(1);
    },
  );

  it("by killing the desk three times becomes the chief's ticket, and nothing in it is interpreted", async () => {
    const { request } = await behindPoison(POISONS.length, { text: "想借一间会议室" }, 3);
    const here = (await allTickets(desk)).filter(({ group }) => group === request.chat);
    expect(here).toMatchObject([
      { asker: "wecom:poisoner", item: "other", owner: "chief" },
      { asker: `wecom:${request.by}` },
    ]);
    expect(await failedIn(request.chat)).toMatchObject([{ attempts: 4 }]);
    expect(toldAbout(request.chat)).toHaveLength(1);
  });

  async function failedIn(chat: string): Promise<MessageRow[]> {
    const { messages } = await desk.api<{ messages: MessageRow[] }>("/inbox?state=failed");
    return messages.filter(({ conversation }) => conversation === `wecom:${chat}`);
  }

  function toldAbout(chat: string) {
    return scene.town.toldChief().filter(({ text }) => text.includes("未能自动处理") && text.includes(`wecom:${chat}`));
  }

  /** A message of the same conversation, said while the other one stands at the head of its lane. */
  async function behindPoison(group: number, part: Readonly<Record<string, unknown>>, deliveries = 0): Promise<Asked> {
    onTestFailed(scene.printLogs);
    const { town, redis } = scene;
    const request = town.requests(POISONS.length + 1)[group] as Request;
    const conversation = `wecom:${request.chat}`;
    const message: Message = {
      platform: "wecom",
      id: `poison${group}`,
      chat: request.chat,
      by: "poisoner",
      outsider: false,
      text: "",
      quote: null,
      quotes: [],
      knownAs: null,
      attachments: [],
      answer: null,
    };
    const uid = `wecom:${message.id}`;
    const entry = `${uid}\n${Date.now() + Number(town.clockAhead())}\n${JSON.stringify({ ...message, ...part })}`;
    const putting = redis.client.multi();
    if (deliveries > 0) putting.hset(`${TAG}:in:deliveries`, uid, String(deliveries));
    putting.rpush(TAG + keys.inLane(conversation), entry).zadd(TAG + keys.inReady, Date.now(), conversation);
    await putting.exec();
    const said = await town.say(request);
    await until("the message behind it is answered", ANSWERED_MS, () =>
      town.wecom.sent(request.chat).some(({ from, quoting }) => from === "bot" && quoting === said.message?.id),
    );
    await untilQuiet(desk, ANSWERED_MS);
    return { request, said };
  }
});
