import { describe, expect, it } from "vitest";
import { findEmergency } from "../../../src/desk/asking/emergency-words.ts";
import { given, isItem, isOther, isUnclear, MINUTE, NOW, quoteOf, said } from "../scene-given.ts";

const open = given("017", ["matched"]);
const CALL = "如遇紧急情况，请立即拨打：";

describe("words of emergency", () => {
  it.each([
    ["车间着火了", "119"],
    ["仓库在冒烟 快来人", "119"],
    ["配电房起火", "119"],
    ["培训室着火了", "119"],
    ["有人被困电梯里了，困在电梯一小时了", "119"],
    ["工人触电了", "120"],
    ["有人受伤流血", "120"],
    ["快叫救护车", "120"],
    ["师傅没有呼吸了", "120"],
    ["我被打了", "110"],
    ["保安被打，要报警", "110"],
    ["老板持刀", "110"],
    ["有人从三楼摔下来了", "120"],
    ["师傅从脚手架上掉下来", "120"],
    ["电梯把人困住了", "119"],
    ["两个员工被卡在机器里了", "119"],
    ["工人手指被绞进机器", "120"],
    ["明州服饰门口着火了！！", "119"],
    ["着火了怎么办", "119"],
    ["培训的老师晕倒了", "120"],
    ["演练的时候有人晕倒", "120"],
    ["消防演练现场真的着火了", "119"],
    ["老人倒在地上叫不醒", "120"],
    ["仓库墙塌了", "119"],
    ["煤气味很大", "119"],
    ["孩子掉进河里了", "119"],
    ["门口有人打架", "110"],
  ])("%s calls %s", (text, rescue) => expect(findEmergency(text)?.rescues[0]).toBe(rescue));

  it.each([
    "想办一个红火的联欢会",
    "篝火晚会借场地",
    "火车票报销",
    "火警培训",
    "想请消防员讲火灾防范知识",
    "组织一次触电急救培训",
    "做一次起火演练",
    "防火灾宣传",
    "报警器坏了",
    "积分报警提示是什么意思",
    "材料被打回来了",
    "没着火，就是试一下",
    "如果着火怎么办",
    "爆炸性新闻",
    "学习触电怎么处理，想请老师来培训",
    "想组织员工学习有人触电了怎么办的培训",
    "想办个讲座，着火、烫伤都讲讲",
    "着火点已处理",
    "演练不着火",
    "昨晚冒烟的插座已经修好",
    "去年着火的仓库想申请补助",
    "火已扑灭，着火的地方已处理",
    "触电怎么处理",
    "防止有人从高处坠落的展板",
    "书记从上面下来调研",
    "牌子从墙上掉下来了",
    "流程卡住了",
    "活动室电梯坏了",
    "想请人讲高空坠落案例",
    "被打断了发言",
    "着火险怎么买",
  ])("%s calls nobody", (text) => expect(findEmergency(text)).toBeNull());
});

describe("an emergency", () => {
  const means = { 借会议室的楼下着火了: isItem("venue") };

  it("gets the numbers to call first, beside the receipt; its ticket is urgent, and the chief is mentioned", () => {
    const { answer, told, events, ticket } = said("借会议室的楼下着火了", { means });
    expect(answer.startsWith(`${CALL}火警、被困 119，急救 120，报警 110，先确保人身安全`)).toBe(true);
    expect(answer).toContain("已受理】活动场地协调");
    expect(events).toEqual(["opened", "matched", "alarmed"]);
    expect(ticket).toMatchObject({ urgent: true, item: "venue", owner: "h02" });
    expect(told.map(({ to }) => to)).toEqual(["h02", "chief*"]);
    expect(told[1]?.text).toContain("紧急】活动场地协调　恒通汽配有限公司\n原话：借会议室的楼下着火了");
    expect(told[1]?.text).toContain("其中有“着火”");
  });

  it("that reads like no request becomes one all the same", () => {
    const { ticket, answer } = said("有人触电了");
    expect(answer).toContain("急救 120，火警、被困 119");
    expect(ticket).toMatchObject({ urgent: true, item: "other", owner: "chief" });
  });

  it("that is no item of the menu is promised no day, and asks nobody which item it is", () => {
    for (const means of [{}, { 电梯把人困住了: isUnclear("venue", "care") }, { 电梯把人困住了: isOther }]) {
      const { answer, ticket } = said("电梯把人困住了", { means });
      expect(answer).toContain(
        "【#short-number-NEW001 紧急】已报首席帮办员甲，将立即电话与您联系。请先确保人身安全\n诉求：电梯把人困住了",
      );
      expect(answer).not.toMatch(/承诺|改 事项|哪一项/u);
      expect(ticket).toMatchObject({ urgent: true, item: "other", owner: "chief" });
    }
  });

  it("is not gone on about by a wish to learn", () => {
    const urgent = given("017", ["matched", "alarmed"], { item: "other", owner: "chief" });
    const text = "学习触电怎么处理，想请老师来培训";
    const since = { tickets: [urgent], last: urgent, lastAt: NOW - MINUTE, means: { [text]: isUnclear("lecturer") } };
    expect(said(text, since).events).toEqual(["opened"]);
    expect(said("在三号楼东门", { ...since, means: { 在三号楼东门: isUnclear("venue") } }).events).toEqual(["noted"]);
  });

  it("about a ticket marks it, and its helper is told too", () => {
    const { events, told } = said("补充 现场有人被打了", { tickets: [open], quote: quoteOf("017") });
    expect(events).toEqual(["noted", "alarmed"]);
    expect(told.map(({ to }) => to)).toEqual(["h02", "chief*", "h02"]);
  });

  it("that was told before opens nothing more, and the chief hears of it again", () => {
    const urgent = given("017", ["matched", "alarmed"]);
    const { events, told } = said("还在冒烟啊", { tickets: [urgent] });
    expect(events).toEqual([]);
    expect(told.map(({ to }) => to)).toEqual(["chief*"]);
  });

  it("typed by a helper opens nothing; the chief hears of it", () => {
    const { answer, told, events } = said("隔壁厂着火了", { by: "sun.san" });
    expect(answer).toContain(CALL);
    expect(events).toEqual([]);
    expect(told).toHaveLength(1);
    expect(told[0]?.text).toContain(
      "【紧急】恒通汽配有限公司\n原话：隔壁厂着火了\n报告人：帮办员丙（发在恒通汽配有限公司的群）",
    );
  });

  it("typed by a helper names the company that is named, who typed it and where", () => {
    const { told } = said("明州服饰门口着火了！！", { by: "zheng.qi", chat: "wrHELPERS" });
    expect(told).toEqual([
      {
        to: "chief*",
        text: "【紧急】明州服饰有限公司\n原话：明州服饰门口着火了！！\n报告人：帮办员庚（发在帮办员群）\n其中有“着火”，已提示拨打 110、119、120。请立即与帮办员庚联系核实",
      },
    ]);
    expect(said("路口着火了", { by: "zheng.qi", chat: null }).told[0]?.text).toContain(
      "【紧急】地点待核实\n原话：路口着火了\n报告人：帮办员庚（单独发来）",
    );
  });

  it("typed one to one gets the same", () => {
    expect(said("着火了", { chat: null }).answer).toContain(CALL);
  });
});

describe("a number of identity in a group", () => {
  const text = "借会议室，身份证330203199001011234";
  const means = { [text]: isItem("venue") };

  it("is warned of once, and hidden wherever the desk repeats it", () => {
    const { answer, told, decision } = said(text, { means });
    expect(answer).toContain("群内请勿发送身份证号、银行卡号");
    expect(answer).toContain("［身份证号已隐去］");
    for (const shown of [answer, ...told.map((line) => line.text)]) expect(shown).not.toContain("330203199001011234");
    expect(decision.talks.some(({ warned }) => warned)).toBe(true);
    expect(said(text, { means, warned: true }).answer).not.toContain("请勿发送");
  });
  it("may also be a bank card", () => expect(said("补贴发4111 1111 1111 1111").answer).toContain("请勿发送"));
  it("is nobody else's to read one to one", () => {
    expect(said(text, { means, chat: null }).answer).not.toContain("请勿发送");
  });
  it("is not a telephone number", () => {
    expect(said("借会议室 13812345678", { means: { "借会议室 13812345678": isItem("venue") } }).answer).not.toContain(
      "请勿发送",
    );
  });
});
