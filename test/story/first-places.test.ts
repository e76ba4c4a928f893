import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { singleChat } from "../../src/sandbox/wecom/rooms.ts";
import { oneHelper, openTestDesk, type TestDesk } from "../doubles/desk.ts";

describe("where and when things are said", () => {
  let desk: TestDesk;
  beforeAll(async () => {
    desk = await openTestDesk({ station: oneHelper });
    await desk.setClock("2026-12-07T09:12:00+08:00");
  });
  afterAll(() => desk.close());

  const single = async (text: string, quote: string | null = null) => {
    const said = await desk.wecom.say({ chat: null, by: "wang.min", text, quote });
    const answers = (shown: { from: string; quoting: string | null }) => shown.quoting === said.message?.id;
    return desk.wecom.waitFor(singleChat("wang.min"), answers, 15_000);
  };

  it("works in a group that nobody listed, and tells its id once", async () => {
    const receipt = await desk.ask("wrUNLISTED", "xu.da", "想借一间会议室");
    expect(receipt.text).toContain("请问您是哪家企业？");
    expect(receipt.text).toContain("群编号：wrUNLISTED");
    const located = await desk.ask("wrUNLISTED", "xu.da", "丽园食品", receipt.id);
    expect(located.text).toContain("帮办员庚");
    expect(located.text).not.toContain("群编号");
    // Its helper is sent for among the helpers.
    const task = await desk.pinged("wrHELPERS", "zheng.qi", "丽园食品有限公司");
    const noted = await desk.ask("wrHELPERS", "zheng.qi", "进展 正在联系场地方", task.id);
    expect(noted.text).toContain("请电话告知");
    // In the group itself the answer is what the company reads.
    await desk.ask("wrUNLISTED", "zheng.qi", "办结 二楼会议室，周二上午", receipt.id);
    const solved = desk.wecom.sent("wrUNLISTED").at(-1);
    expect(solved?.text).toContain("结果：二楼会议室");
    expect((await desk.ask("wrUNLISTED", "xu.da", "5", solved?.id)).text).toContain("已评价");
  });

  it("answers a single chat, and calls the helper among the helpers", async () => {
    const receipt = await single("锋领e家密码忘了登不上");
    expect(receipt.text).toContain("已受理】平台账号登录");
    await single("我们是恒通汽配的", receipt.id);
    const task = await desk.pinged("wrHELPERS", "sun.san", "平台账号登录");
    expect(task.text).toContain("恒通汽配有限公司");
    expect(desk.wecom.sent("wrGROUP01")).toEqual([]);
  });

  it("tells another company's group nothing but that there is no right to ask", async () => {
    const receipt = await desk.ask("wrGROUP01", "wang.min", "请问党费怎么交");
    const number = /#\d{4}-\d{3}/u.exec(receipt.text)?.[0] ?? "";
    const asked = await desk.ask("wrGROUP02", "liu.fang", `${number} 查`);
    expect(asked.text).toContain("由诉求人或同企业的同事");
    const staff = await desk.ask("wrGROUP02", "zheng.qi", `${number} 查`);
    expect(staff.text).toBe(`【${number}】党费收缴`);
    const among = await desk.ask("wrHELPERS", "zheng.qi", `${number} 查`);
    expect(among.text).toContain("诉求：请问党费怎么交");
  });

  it("reminds the helper and tells the chief when something late is urged", async () => {
    await desk.setClock("2026-12-07T18:30:00+08:00");
    const urged = await desk.ask("wrGROUP01", "wang.min", "有消息了吗");
    expect(urged.text).toContain("已超过承诺的 今日 18:00");
    await desk.pinged("wrGROUP01", "sun.san", "诉求人催办");
    await desk.pinged("wrHELPERS", "zhao.yi", "逾期催办");
  });

  it("says from when it counts what comes after the cut-off and on a rest day", async () => {
    await desk.setClock("2026-12-08T17:30:00+08:00");
    const evening = await desk.ask("wrGROUP01", "wang.min", "党员积分亮红灯了怎么处理");
    expect(evening.text).toContain("12月9日（周三）18:00 前答复");
    expect(evening.text).toContain("说明：16:30 后收到，从下一个工作日起算");
    await desk.setClock("2026-12-12T10:00:00+08:00");
    const saturday = await desk.ask("wrGROUP01", "xu.da", "周三下午想借一间会议室");
    expect(saturday.text).toContain("12月14日（周一）18:00 前答复");
    expect(saturday.text).toContain("今天是周六，12月14日恢复办公");
  });

  it("sends for the chief when its question stays unanswered for ten minutes", async () => {
    await desk.setClock("2026-12-14T09:00:00+08:00");
    const question = await desk.ask("wrGROUP01", "xu.da", "想请街道帮个忙");
    const number = /#\d{4}-\d{3}/u.exec(question.text)?.[0] ?? "";
    await desk.setClock("2026-12-14T09:11:00+08:00");
    await desk.pinged("wrHELPERS", "zhao.yi", `${number} 请研究办理`);
    await desk.pinged("wrGROUP01", "xu.da", `${number} 已转交`);
    // A late answer is still one.
    const receipt = await desk.ask("wrGROUP01", "xu.da", "1", question.id);
    expect(receipt.text).toContain("已受理】");
  });
});
