import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestDesk, type TestDesk } from "../doubles/desk.ts";

interface Told {
  readonly state: string;
  readonly owner: string;
  readonly first: string;
  readonly due: string;
  readonly story: readonly { readonly event: string; readonly by: string }[];
}

describe("while a case is worked on", () => {
  let desk: TestDesk;
  // One each: a group's webhook takes so many lines a minute and no more.
  beforeEach(async () => {
    desk = await openTestDesk();
  });
  afterEach(() => desk.close());

  const ticket = (number: string) => desk.api<Told>(`/tickets/${number}`);
  const events = ({ story }: Told) => story.map(({ event }) => event);
  const inHelpers = (by: string, text: string, quote?: string) => desk.ask("wrHELPERS", by, text, quote);

  it("it is handed over, and over again; the third time is the chief's to decide", async () => {
    await desk.setClock("2026-12-07T09:12:00+08:00");
    await desk.ask("wrGROUP01", "wang.min", "周三下午想借一间能坐三十人的会议室");
    const task = await desk.pinged("wrGROUP01", "sun.san", "#1207-001 待接单");

    const asked = await desk.ask("wrGROUP01", "sun.san", "转办 帮办员庚", task.id);
    expect(asked.text).toBe("【#1207-001 请写明原因】“转办”尚未办理，引用本条并@小帮手 回复原因即可");
    const handed = await desk.ask("wrGROUP01", "sun.san", "企业已迁到丽园", asked.id);
    expect(handed.text).toBe("【#1207-001 已转办】现由帮办员庚（丽园商圈服务站）办理，首接帮办员仍为帮办员丙");
    await desk.pinged("wrGROUP01", "wang.min", "承诺不变：今日 18:00 前答复　首接帮办员：帮办员丙");
    const second = await desk.pinged("wrGROUP01", "zheng.qi", "帮办员丙转办：企业已迁到丽园");

    const late = await desk.ask("wrGROUP01", "sun.san", "接单", task.id);
    expect(late.text).toContain("正在办理】帮办员丙已接单");
    const own = await desk.ask("wrGROUP01", "zheng.qi", "转办 辛 我在外面开会", second.id);
    expect(own.text).toContain("由承办人帮办员丙或首席帮办员办理，本次未生效");
    await desk.ask("wrGROUP01", "sun.san", "转办 辛 我明天出差", task.id);
    const third = await desk.pinged("wrGROUP01", "wang.ba", "帮办员丙转办：我明天出差");

    const decided = await desk.ask("wrGROUP01", "wang.ba", "转办 丙 原来就是他的", third.id);
    expect(decided.text).toContain("已转办两次，已报首席帮办员甲决定");
    const question = await desk.pinged("wrHELPERS", "zhao.yi", "请决定转办");
    expect(question.text).toContain("拟转：帮办员丙（南社区服务点）");
    await inHelpers("zhao.yi", "派 庚", question.id);
    await desk.pinged("wrGROUP01", "zheng.qi", "首席帮办员甲派办");
    expect(await ticket("20261207-001")).toMatchObject({ owner: "h01", first: "h02", state: "open" });
    expect(events(await ticket("20261207-001"))).toEqual([
      ...["opened", "matched", "detailed", "handed-over", "passed", "accepted", "handed-over", "proposed", "assigned"],
    ]);
  });

  it("it waits for its asker, whose next word lets it go on; the promise is the close of a day all the time", async () => {
    await desk.setClock("2026-12-08T09:00:00+08:00");
    await desk.ask("wrGROUP01", "wang.min", "帮我们请一位老师来讲党课");
    const task = await desk.pinged("wrGROUP01", "sun.san", "#1208-001 待接单");
    const before = (await ticket("20261208-001")).due;
    const waits = await desk.ask("wrGROUP01", "sun.san", "等待 请告知党课的主题和时间", task.id);
    expect(waits.text).toContain("计时暂停，至迟 12月11日（周五）09:00 恢复。已告知诉求人");
    const needed = await desk.pinged("wrGROUP01", "wang.min", "等待补充】请告知党课的主题和时间");
    expect(await ticket("20261208-001")).toMatchObject({ state: "paused", due: before });

    await desk.setClock("2026-12-08T11:00:00+08:00");
    const on = await desk.ask("wrGROUP01", "wang.min", "主题是二十大精神，周五下午两点", needed.id);
    expect(on.text).toContain("继续办理】已收到您的回复");
    await desk.pinged("wrGROUP01", "sun.san", "诉求人已答复，计时恢复");
    const after = await ticket("20261208-001");
    expect(after.state).toBe("accepted");
    expect(after.due).toBe(before);

    // Three working days at most; then the clock lets it go on.
    await desk.ask("wrGROUP01", "sun.san", "等待 请提供人数", task.id);
    await desk.setClock("2026-12-14T12:00:00+08:00");
    await desk.pinged("wrGROUP01", "sun.san", "已等待三个工作日（等待：请提供人数），计时恢复");
    await desk.pinged("wrGROUP01", "wang.min", "现按已有情况继续办理");
    expect(await ticket("20261208-001")).toMatchObject({ state: "accepted", due: "2026-12-15T18:00:00+08:00" });
  });

  it("it takes longer: the chief agrees, and the asker hears the new time with an apology", async () => {
    await desk.setClock("2026-12-15T09:12:00+08:00");
    await desk.ask("wrGROUP01", "wang.min", "想借一间能坐五十人的会议室");
    const task = await desk.pinged("wrGROUP01", "sun.san", "#1215-001 待接单");
    await desk.ask("wrGROUP01", "sun.san", "延期 周四下午三点 场地方要开会研究", task.id);
    const question = await desk.pinged("wrHELPERS", "zhao.yi", "请决定延期");
    expect(question.text).toContain("今日 18:00 延至 12月17日（周四）15:00\n原因：场地方要开会研究");
    await inHelpers("zhao.yi", "同意", question.id);
    const told = await desk.pinged("wrGROUP01", "wang.min", "已延期");
    expect(told.text).toContain("让您久等了，抱歉。新的时间：12月17日（周四）15:00 前");
    expect(await ticket("20261215-001")).toMatchObject({ due: "2026-12-17T15:00:00+08:00", state: "open" });
  });

  it("it is not ours: the chief proposes, an officer agrees, the asker hears why and where to turn", async () => {
    await desk.setClock("2026-12-16T09:12:00+08:00");
    await desk.ask("wrGROUP01", "wang.min", "老板欠我们三个月工资，能帮忙要回来吗");
    const task = await desk.pinged("wrHELPERS", "zhao.yi", "#1216-001 请研究办理");
    await inHelpers("zhao.yi", "不属受理范围 属劳动争议，请向区劳动仲裁委申请", task.id);
    const question = await desk.pinged("wrHELPERS", "qian.er", "请会签");
    const alone = await inHelpers("zhao.yi", "同意", question.id);
    expect(alone.text).toContain("“同意”由另一位特邀帮办员或领导办理，本次未生效");
    await inHelpers("qian.er", "同意", question.id);
    const told = await desk.pinged("wrGROUP01", "wang.min", "不予受理");
    expect(told.text).toContain("原因：属劳动争议，请向区劳动仲裁委申请\n可拨打12345");
    expect(await ticket("20261216-001")).toMatchObject({ state: "declined" });
  });

  it("and all of it in free words", async () => {
    await desk.setClock("2026-12-15T09:12:00+08:00");
    await desk.ask("wrGROUP01", "wang.min", "想借一间能坐五十人的会议室");
    const task = await desk.pinged("wrGROUP01", "sun.san", "#1215-001 待接单");
    await desk.ask("wrGROUP01", "sun.san", "缺参会名单，等您补一下", task.id);
    await desk.pinged("wrGROUP01", "wang.min", "等待补充】需请您补充：参会名单");
    await desk.ask("wrGROUP01", "wang.min", "名单已经发到您邮箱了");
    await desk.pinged("wrGROUP01", "sun.san", "诉求人已答复");
    await desk.ask("wrGROUP01", "sun.san", "今天来不及了，申请延到后天", task.id);
    const question = await desk.pinged("wrHELPERS", "zhao.yi", "请决定延期");
    await inHelpers("zhao.yi", "行，可以延", question.id);
    await desk.pinged("wrGROUP01", "wang.min", "已延期");
    await desk.ask("wrGROUP01", "sun.san", "这件交给庚吧，企业搬到丽园去了", task.id);
    const second = await desk.pinged("wrGROUP01", "zheng.qi", "帮办员丙转办");
    await desk.ask("wrGROUP01", "zheng.qi", "派错了，这家企业不在我们点", second.id);
    await desk.pinged("wrHELPERS", "zhao.yi", "帮办员庚退回");
    expect(events(await ticket("20261215-001")).filter((event) => event !== "noted")).toEqual([
      ...["opened", "matched", "detailed", "accepted", "paused", "resumed", "proposed", "extended"],
      ...["handed-over", "returned"],
    ]);
  });

  it("of two who act at once one wins, and the other hears what happened", async () => {
    await desk.setClock("2026-12-17T09:12:00+08:00");
    await desk.ask("wrGROUP01", "wang.min", "想借二十套志愿者服装");
    const task = await desk.pinged("wrGROUP01", "sun.san", "#1217-001 待接单");
    const [one, two] = await Promise.all([
      desk.ask("wrGROUP01", "sun.san", "办结 二十套已送到门卫", task.id),
      inHelpers("zhao.yi", "1217-001 派 辛"),
    ]);
    const story = events(await ticket("20261217-001"));
    const won = story.filter((event) => event === "resolved" || event === "assigned");
    expect(won).toHaveLength(1);
    const lost = won[0] === "assigned" ? one.text : two.text;
    expect(lost).toMatch(/未办理】(?:“办结”由承办人帮办员辛或首席帮办员办理，本次未生效|本件已办结，不能办理“派办”)/u);
  });

  it("what helpers say among themselves never reaches the company", async () => {
    await desk.setClock("2026-12-15T09:12:00+08:00");
    await desk.ask("wrGROUP01", "wang.min", "想借一间能坐五十人的会议室");
    const task = await desk.pinged("wrGROUP01", "sun.san", "#1215-001 待接单");
    const kept = await inHelpers("sun.san", "1215-001 内部 书记脾气急，说话客气点");
    expect(kept.text).toBe("【#1215-001 已记录】内部备注，不告知诉求人");
    const status = await desk.ask("wrGROUP01", "wang.min", "查", task.id);
    expect(status.text).not.toContain("脾气");
    const shown = desk.wecom.sent("wrGROUP01");
    expect(shown.some(({ text }) => text.includes("脾气"))).toBe(false);
  });
});
