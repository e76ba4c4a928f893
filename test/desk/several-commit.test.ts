/** Two requests of one message, committed to a real Redis: both or none, once. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decide } from "../../src/desk/decide.ts";
import { address } from "../../src/desk/lines/addressing.ts";
import { planOf } from "../../src/desk/plan.ts";
import { fromStoryLine } from "../../src/desk/ticket/story-record.ts";
import { replay } from "../../src/desk/ticket/ticket.ts";
import { fromRecord } from "../../src/desk/ticket/ticket-record.ts";
import { openCommit } from "../../src/lanes/commit.ts";
import { keys } from "../../src/store/keys.ts";
import { openTestRedis, type TestRedis } from "../doubles/redis.ts";
import { isItem, sceneOf, TIMES } from "./scene-given.ts";

const text = "周三下午借间三十人的会议室，再请一位讲党史的老师";

describe("two requests in one message", () => {
  let store: TestRedis;
  beforeAll(() => {
    store = openTestRedis();
  });
  afterAll(() => store.close());

  it("are two numbers in one commit, and delivered again they are not four", async () => {
    const { redis, tag } = store;
    const scene = sceneOf(text, { means: { [text]: isItem("venue", "lecturer") } });
    const decision = decide(scene);
    const replies = decision.lines.map((line) => address(line, scene));
    const head = { conversation: scene.conversation, uid: scene.uid };
    await redis.rpush(`${tag}:in:lane:${scene.conversation}`, `${scene.uid}\n0\n{}`);
    const commit = openCommit(redis, tag, "p1");

    const plan = planOf(decision, head, replies, TIMES);
    expect(await commit(plan)).toEqual({ kind: "done", numbers: ["20261207-001", "20261207-002"] });
    expect(await commit(plan)).toEqual({ kind: "gone" });
    expect(await redis.hlen(tag + keys.ticketOfNumber)).toBe(2);

    // Each line names both, and says so where it is quoted by its id.
    for (const { id } of replies) {
      const { text: said, about } = JSON.parse((await redis.hget(`${tag}:out:entry:${id}`, "body")) ?? "{}");
      expect(said).toMatch(/【#1207-001 .*【#1207-002 /su);
      expect(about).toBe("#1207-001 #1207-002");
    }
    for (const { after } of decision.changes) {
      const { ticket } = fromRecord(
        after.id,
        new Map(Object.entries(await redis.hgetall(tag + keys.ticket(after.id)))),
      );
      const story = (await redis.lrange(tag + keys.story(after.id), 0, -1)).map(fromStoryLine);
      expect(replay(ticket.id, ticket.number, story)).toEqual(ticket);
      expect(ticket.slots).toEqual([
        ["date", "12月9日（周三）下午"],
        ["people", "30人"],
      ]);
    }
  });
});
