import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { oneHelper, openTestDesk, type TestDesk } from "../doubles/desk.ts";

interface Told {
  state: string;
  item: string | null;
  owner: string | null;
  enterprise: string | null;
  rating: number | null;
  story: { event: string }[];
}

describe("what a company and the desk say to each other", () => {
  let desk: TestDesk;
  const ticket = (number: string) => desk.api<Told>(`/tickets/20261207-${number}`);
  const numberIn = (text: string) => /#1207-(\d{3})/u.exec(text)?.[1] ?? "";
  /** What nobody answers: the next thing that is answered comes first. */
  const silence = async (chat: string, by: string, text: string) => {
    await desk.wecom.say({ chat, by, text: `@小帮手 ${text}` });
    const before = desk.wecom.sent(chat).filter(({ from }) => from === "bot").length;
    await desk.ask(chat, by, "菜单");
    expect(desk.wecom.sent(chat).filter(({ from }) => from === "bot").length).toBe(before + 1);
  };

  beforeAll(async () => {
    desk = await openTestDesk({ station: oneHelper });
    await desk.setClock("2026-12-07T09:12:00+08:00");
  });
  afterAll(() => desk.close());

  it("asks for the enterprise once, takes a near miss by its number, and remembers it", async () => {
    const receipt = await desk.ask("wrGROUP02", "liu.fang", "下周二想借一间会议室");
    expect(receipt.text).toContain("已受理】活动场地协调");
    expect(receipt.text).toContain("请问您是哪家企业？");
    await desk.pinged("wrGROUP02", "sun.san", "企业待确认");
    const choice = await desk.ask("wrGROUP02", "liu.fang", "明洲服饰", receipt.id);
    expect(choice.text).toContain("1 明州服饰有限公司");
    const located = await desk.ask("wrGROUP02", "liu.fang", "1", choice.id);
    expect(located.text).toContain("已登记】明州服饰有限公司");
    await desk.pinged("wrGROUP02", "sun.san", "企业已确认");
    expect(await ticket(numberIn(receipt.text))).toMatchObject({ enterprise: "明州服饰有限公司", owner: "h02" });

    const second = await desk.ask("wrGROUP02", "liu.fang", "请问党费怎么交");
    expect(second.text).not.toContain("哪家企业");
  });

  it("asks at once what an unclear request is, and takes the answer by number", async () => {
    const question = await desk.ask("wrGROUP01", "wang.min", "想请街道帮个忙");
    expect(question.text).toContain("已收到】请问您要办的是哪一项？");
    expect(question.text).toContain("引用本条并@小帮手 回复");
    const number = numberIn(question.text);
    expect(await ticket(number)).toMatchObject({ item: null, owner: null });
    const first = /^1 (.+)$/mu.exec(question.text)?.[1] ?? "?";
    const receipt = await desk.ask("wrGROUP01", "wang.min", "1", question.id);
    expect(receipt.text).toContain(`已受理】${first}`);
    await desk.pinged("wrGROUP01", "sun.san", `#1207-${number} 待接单`);
  });

  it("hands what no item covers to the chief, in the helpers' group", async () => {
    const receipt = await desk.ask("wrGROUP01", "wang.min", "员工工资被拖欠，找谁");
    expect(receipt.text).toContain("已请首席帮办员甲研究办理");
    const task = await desk.pinged("wrHELPERS", "zhao.yi", "请研究办理");
    expect(task.text).toContain("员工工资被拖欠");
    const accepted = await desk.ask("wrHELPERS", "zhao.yi", "接单", task.id);
    expect(accepted.text).toContain("首席帮办员甲已接单");
    // The company hears of it in its own group.
    await desk.pinged("wrGROUP01", "wang.min", "首席帮办员甲已接单");
    await desk.ask("wrHELPERS", "zhao.yi", "办结 已请劳动监察中队上门，明天答复", task.id);
    await desk.pinged("wrGROUP01", "wang.min", "劳动监察中队");
  });

  it("changes to the item that was named, and takes back what is no longer wanted", async () => {
    const receipt = await desk.ask("wrGROUP01", "xu.da", "党员积分亮红灯了怎么处理");
    const number = numberIn(receipt.text);
    const changed = await desk.ask("wrGROUP01", "xu.da", "改 党费怎么交", receipt.id);
    expect(changed.text).toContain("已受理】党费收缴");
    await desk.pinged("wrGROUP01", "sun.san", "诉求人更正为：党费收缴");
    const gone = await desk.ask("wrGROUP01", "xu.da", "撤回", receipt.id);
    expect(gone.text).toContain("已撤回");
    await desk.pinged("wrGROUP01", "sun.san", "诉求人撤回");
    expect(await ticket(number)).toMatchObject({ state: "withdrawn", item: "dues" });
  });

  it("reads a helper's free words, refuses who is not entitled, and reopens what is not solved", async () => {
    const receipt = await desk.ask("wrGROUP01", "wang.min", "想请一位老师来讲党课");
    const number = numberIn(receipt.text);
    const task = await desk.pinged("wrGROUP01", "sun.san", `#1207-${number} 待接单`);
    const refused = await desk.ask("wrGROUP01", "wang.min", "办结 已经讲完了", task.id);
    expect(refused.text).toBe(`【#1207-${number} 未办理】“办结”由承办人帮办员丙或首席帮办员办理，本次未生效`);

    await desk.ask("wrGROUP01", "sun.san", "这单我来跟", task.id);
    const empty = await desk.ask("wrGROUP01", "sun.san", "办结", task.id);
    expect(empty.text).toContain("请写明办理结果");
    await desk.ask("wrGROUP01", "sun.san", "林老师周五下午两点到贵公司讲课", empty.id);
    const solved = await desk.pinged("wrGROUP01", "wang.min", `#1207-${number} 已办结`);
    expect(solved.text).toContain("林老师");

    const again = await desk.ask("wrGROUP01", "wang.min", "未解决 老师没有来", solved.id);
    expect(again.text).toContain("重新办理");
    await desk.pinged("wrGROUP01", "sun.san", "老师没有来");
    await desk.ask("wrGROUP01", "sun.san", "办结 改由周老师今天下午来讲", task.id);
    const second = await desk.pinged("wrGROUP01", "wang.min", "周老师");
    const thanks = await desk.ask("wrGROUP01", "wang.min", "4 满意", second.id);
    expect(thanks.text).toContain("满意，感谢您的评价");
    const told = await ticket(number);
    expect(told).toMatchObject({ state: "closed", rating: 4 });
    expect(told.story.map(({ event }) => event)).toContain("reopened");
  });

  it("opens nothing for talk", async () => {
    await silence("wrGROUP01", "wang.min", "谢谢");
    await silence("wrGROUP01", "xu.da", "大家辛苦了");
    await silence("wrGROUP01", "xu.da", "12");
  });

  it("shows the menu, what one can say, and the ids an administrator needs", async () => {
    const menu = await desk.ask("wrGROUP01", "xu.da", "菜单");
    expect(menu.text.match(/^· /gmu)).toHaveLength(20);
    expect((await desk.ask("wrGROUP01", "xu.da", "帮助")).text).toContain("引用那条消息并@小帮手");
    expect((await desk.ask("wrGROUP01", "sun.san", "帮助")).text).toContain("接单");
    const ids = await desk.ask("wrGROUP01", "xu.da", "本群编号");
    expect(ids.text).toContain("wrGROUP01");
    expect(ids.text).toContain("xu.da");
  });

  it("repeats what people type without its markup, its pings and its telephone numbers", async () => {
    const typed = "周三下午想借一间会议室，能坐三十人 <@all> @all **急** 电话 138 1234 5678";
    const receipt = await desk.ask("wrGROUP01", "xu.da", typed);
    const task = await desk.pinged("wrGROUP01", "sun.san", "138****5678");
    for (const { text } of [receipt, task]) {
      expect(text).not.toMatch(/[<>`]|\*\*急|\]\(|@all|5678 1234|138 1234/u);
      expect(text).toContain("138****5678");
    }
    expect(task.mentions).toEqual(["sun.san"]);
  });

  it("keeps a long text whole, and shows a part of it", async () => {
    const long = `想借一间会议室，${"我们支部有很多同志要参加，".repeat(80)}`;
    const answer = await desk.ask("wrGROUP01", "liu.fang", long);
    expect(answer.text.length).toBeLessThan(400);
    expect(answer.text).toContain("…");
    const number = numberIn(answer.text);
    await desk.ask("wrGROUP01", "liu.fang", "活动场地协调", answer.id);
    const task = await desk.pinged("wrGROUP01", "sun.san", `#1207-${number} 待接单`);
    expect(task.text.length).toBeGreaterThan(400);
  });
});

describe("what answers a question in words", () => {
  let desk: TestDesk;
  beforeAll(async () => {
    desk = await openTestDesk({ station: oneHelper });
    await desk.setClock("2026-12-07T09:12:00+08:00");
  });
  afterAll(() => desk.close());

  it("a helper's other words are no result, though one was asked for", async () => {
    await desk.ask("wrGROUP01", "wang.min", "周三下午想借一间能坐三十人的会议室");
    const task = await desk.pinged("wrGROUP01", "sun.san", "待接单");
    const asked = await desk.ask("wrGROUP01", "sun.san", "办结", task.id);
    expect(asked.text).toContain("请写明办理结果");
    await desk.ask("wrGROUP01", "sun.san", "接单", task.id);
    const ticket = await desk.api<{ state: string }>("/tickets/20261207-001");
    expect(ticket.state).toBe("accepted");
  });
});
