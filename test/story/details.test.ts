import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keys } from "../../src/store/keys.ts";
import { readIntents } from "../../src/understanding/intents.ts";
import { openMatcher } from "../../src/understanding/matcher.ts";
import { loadOrTrain } from "../../src/understanding/model-cache.ts";
import { oneHelper, openTestDesk, type TestDesk } from "../doubles/desk.ts";
import { TEST_DATA } from "../doubles/test-data.ts";

interface Told {
  readonly item: string | null;
  readonly state: string;
  readonly story: readonly { readonly event: string; readonly slots?: readonly (readonly string[])[] }[];
}

const GROUP = "wrGROUP01";
const numberIn = (text: string) => /#1207-(\d{3})/u.exec(text)?.[1] ?? "";

let desk: TestDesk;
const ticket = (number: string) => desk.api<Told>(`/tickets/20261207-${number}`);
const silence = async (by: string, text: string) => {
  await desk.wecom.say({ chat: GROUP, by, text: `@小帮手 ${text}` });
  const before = desk.wecom.sent(GROUP).filter(({ from }) => from === "bot").length;
  await desk.ask(GROUP, by, "菜单");
  expect(desk.wecom.sent(GROUP).filter(({ from }) => from === "bot").length).toBe(before + 1);
};

beforeAll(async () => {
  desk = await openTestDesk({ station: oneHelper });
  await desk.setClock("2026-12-07T09:12:00+08:00");
});
afterAll(() => desk.close());

describe("what an item asks for", () => {
  it("is asked for once, the helper is sent for all the same, and the next message answers it", async () => {
    const receipt = await desk.ask(GROUP, "wang.min", "想借一间会议室");
    const number = numberIn(receipt.text);
    expect(receipt.text).toMatch(/\n请补充：哪一天、什么时段使用？大概有多少人参加？引用本条并@小帮手 回复即可$/u);
    await desk.pinged(GROUP, "sun.san", `#1207-${number} 待接单`);

    const answer = await desk.ask(GROUP, "wang.min", "下周三下午，三十个人左右");
    expect(answer.text).toBe(`【#1207-${number} 已补充】已转告帮办员\n需求：12月16日（周三）下午　约30人`);
    const told = await desk.pinged(GROUP, "sun.san", "诉求人补充");
    expect(told.text).toContain("需求：12月16日（周三）下午　约30人");

    const joined = await desk.ask(GROUP, "wang.min", "最好带投影的");
    // Whether it reads like an order to add something or like nothing: it is about this request.
    expect(joined.text).toContain(`【#1207-${number} 已补充】`);
    await silence("wang.min", "谢谢");

    const changed = await desk.ask(GROUP, "wang.min", "改到周四下午", receipt.id);
    expect(changed.text).toContain("需求：12月10日（周四）下午　约30人");
    const { story } = await ticket(number);
    expect(story.map(({ event }) => event)).toEqual([
      "opened",
      "matched",
      "noted",
      "detailed",
      "noted",
      "noted",
      "detailed",
    ]);
    expect(story.at(-1)?.slots).toEqual([["date", "12月10日（周四）下午"]]);
    expect((await desk.ask(GROUP, "wang.min", "查", receipt.id)).text).toContain("需求：12月10日（周四）下午　约30人");
  });

  it("is not asked for where it was told, or where somebody only wants to know", async () => {
    const whole = await desk.ask(GROUP, "xu.da", "明天上午想借一间能坐二十人的会议室");
    expect(whole.text).toContain("需求：12月8日（周二）上午　20人");
    expect(whole.text).not.toContain("请补充");
    expect((await desk.ask(GROUP, "xu.da", "请问党费怎么交")).text).not.toMatch(/请补充|需求/u);
  });

  it("hides a private person's name and telephone in the group", async () => {
    const receipt = await desk.ask(GROUP, "wang.min", "新来的会计是党员，组织关系还在老家，想转过来");
    expect(receipt.text).toContain("请补充：是哪位同志？");
    const answer = await desk.ask(GROUP, "wang.min", "张建国，从四川转过来");
    expect(answer.text).toContain("需求：张××");
    const told = await desk.pinged(GROUP, "sun.san", "从四川转过来");
    expect(told.text).not.toContain("张建国");
    expect((await ticket(numberIn(receipt.text))).item).toBe("transfer");
  });
});

describe("context", () => {
  it("a sum of money is no number of a ticket", async () => {
    const receipt = await desk.ask(GROUP, "xu.da", "党费001元怎么补交");
    expect(receipt.text).toContain("已受理】党费收缴");
    expect(numberIn(receipt.text)).not.toBe("001");
  });

  it("好了 ends what its owner quotes, once it says what came of it; from anybody else it is talk", async () => {
    const receipt = await desk.ask(GROUP, "wang.min", "学习强国登不上去了，密码忘了");
    const number = numberIn(receipt.text);
    const task = await desk.pinged(GROUP, "sun.san", `#1207-${number} 待接单`);
    await desk.wecom.say({ chat: GROUP, by: "xu.da", text: "@小帮手 好了", quote: task.id });
    const asked = await desk.ask(GROUP, "sun.san", "好了", task.id);
    expect(asked.text).toContain("请写明办理结果");
    await desk.ask(GROUP, "sun.san", "密码已经重置，可以登录了", asked.id);
    const solved = await desk.pinged(GROUP, "wang.min", `#1207-${number} 已办结`);
    expect((await desk.ask(GROUP, "wang.min", "3 一般般", solved.id)).text).toContain("基本满意");
    expect(await ticket(number)).toMatchObject({ state: "closed" });
  });

  it("what was corrected is kept as a proposal, and nothing else", async () => {
    const list = desk.redis.tag + keys.lessons;
    expect(await desk.redis.redis.llen(list)).toBe(0);
    const receipt = await desk.ask(GROUP, "xu.da", "党员积分亮红灯了怎么处理");
    await desk.ask(GROUP, "xu.da", "改 党费收缴", receipt.id);
    const [line = "{}", ...more] = await desk.redis.redis.lrange(list, 0, -1);
    expect(more).toEqual([]);
    expect(JSON.parse(line)).toMatchObject({
      number: `20261207-${numberIn(receipt.text)}`,
      phrase: "党员积分亮红灯了怎么处理",
      from: "points",
      to: "dues",
      by: "change",
    });
  });
});

const TWO = "下周四想借间能坐二十人的教室，顺便帮我们找位讲党史的老师";
const intents = readIntents("./intents");
const matcher = openMatcher(loadOrTrain(intents, join(TEST_DATA, "model")).model, intents);

// Needs a matcher that hears two requests in one message.
describe.skipIf(matcher.understand(TWO).items.length < 2)("two requests in one message", () => {
  it("are two tickets under one receipt, and their helper is mentioned once", async () => {
    const receipt = await desk.ask(GROUP, "xu.da", TWO);
    const numbers = [...receipt.text.matchAll(/【#1207-(\d{3}) 已受理】/gu)].map(([, n]) => n ?? "");
    expect(numbers).toHaveLength(2);
    const task = await desk.pinged(GROUP, "sun.san", `#1207-${numbers[1]} 待接单`);
    expect(task.text).toContain(`#1207-${numbers[0]} 待接单`);
    const items = await Promise.all(numbers.map(async (n) => (await ticket(n)).item));
    expect(items.sort()).toEqual(["lecturer", "venue"]);
    await desk.ask(GROUP, "sun.san", `${numbers[0]} 接单`, task.id);
    expect((await ticket(numbers[0] ?? "")).state).toBe("accepted");
    expect((await ticket(numbers[1] ?? "")).state).toBe("open");
    await desk.ask(GROUP, "xu.da", `${numbers[1]} 撤回`, receipt.id);
    expect((await ticket(numbers[1] ?? "")).state).toBe("withdrawn");
  });
});
