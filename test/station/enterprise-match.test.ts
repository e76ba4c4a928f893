import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openEnterpriseIndex } from "../../src/station/enterprise-index.ts";
import { findEnterprises } from "../../src/station/enterprise-match.ts";
import { coreOf } from "../../src/station/enterprise-name.ts";
import { readStation } from "../../src/station/station-file.ts";
import { readReadings } from "../../src/understanding/pinyin.ts";
import { manyEnterprises } from "./many-enterprises.ts";

const HENGTONG = "恒通汽配有限公司";
const demo = readStation("src/sandbox/demo-station.yaml", {
  DEMO_WEBHOOK_BASE: "http://127.0.0.1:9",
  DEMO_DINGTALK_BASE: "http://127.0.0.1:10",
  DEMO_DINGTALK_SECRET: "SECdemo",
});
const readings = readReadings();
const many = manyEnterprises(3_500);
const district = openEnterpriseIndex({ enterprises: [...demo.enterprises, ...many] }, readings);

const open = (...names: string[]) =>
  openEnterpriseIndex({ enterprises: names.map((name) => ({ name, aliases: [], point: "nan" })) }, readings);
const find = (text: string, index = district) => {
  const { exact, likely } = findEnterprises(index, text);
  return { exact: exact?.name ?? null, likely: likely.map(({ name }) => name) };
};

describe("coreOf", () => {
  it.each([
    ["恒通汽配有限公司", "恒通汽配"],
    ["恒通（宁波）汽配有限责任公司", "恒通汽配"],
    ["恒通汽配(宁波)股份有限公司", "恒通汽配"],
    ["恒通汽配集团有限公司", "恒通汽配"],
    ["宏远紧固件厂", "宏远紧固件"],
    ["ＡＢＢ 集团", "abb"],
    ["有限公司", "有限公司"],
  ])("%s → %s", (written, core) => {
    expect(coreOf(written)).toBe(core);
  });
});

describe("findEnterprises takes as said outright", () => {
  it.each([
    "恒通汽配有限公司",
    "恒通汽配",
    " 恒 通 汽 配 ",
    "恆通汽配",
    "恒通汽配公司",
    "恒通汽配股份有限公司",
    "恒通（宁波）汽配有限公司",
    "我们是恒通汽配的",
    "你好，我们是恒通汽配有限公司的小王，想借会议室",
  ])("%s", (text) => {
    expect(find(text)).toEqual({ exact: HENGTONG, likely: [] });
  });

  it("every name of the district, alone and inside a sentence", () => {
    for (const { name } of many) {
      expect(find(name).exact).toBe(name);
      expect(find(`您好，这里是${name}。`).exact).toBe(name);
    }
  });

  it("the longer name where one stands within the other", () => {
    const index = open("恒通汽配有限公司", "宁波恒通汽配有限公司");
    expect(find("我们是宁波恒通汽配有限公司", index).exact).toBe("宁波恒通汽配有限公司");
  });
});

describe("findEnterprises asks back", () => {
  it.each([
    "恒通",
    "恒通气配",
    "恒同汽配",
    "衡通汽配公司",
    "恒通汽车配件",
    "hengtong qipei",
    "HengTongQiPei",
    "hentong qipei",
    "hengtong qipie",
    "我是段塘那边的恒通气配的",
  ])("after %s", (text) => {
    const { exact, likely } = find(text);
    expect(exact).toBeNull();
    expect(likely[0]).toBe(HENGTONG);
    expect(likely.length).toBeLessThanOrEqual(3);
  });

  it("where two enterprises are named, or one core is the name of two", () => {
    expect(find("蓝鲸软件和桥上云")).toEqual({ exact: null, likely: ["蓝鲸软件有限公司", "桥上云网络科技有限公司"] });
    const index = open("恒通汽配有限公司", "恒通汽配厂");
    expect(find("恒通汽配", index)).toEqual({ exact: null, likely: ["恒通汽配有限公司", "恒通汽配厂"] });
    expect(find("恒通汽配厂", index).exact).toBe("恒通汽配厂");
  });

  it("where the person says whom they are not", () => {
    expect(find("我们不是恒通汽配的").exact).toBeNull();
  });

  it("and finds a name with one character written wrong, by its sound", () => {
    const slips: Record<string, string> = {
      汽: "气",
      饰: "式",
      械: "谢",
      流: "留",
      贸: "冒",
      装: "庄",
      件: "见",
      理: "里",
    };
    const wrong = (core: string): string => core.replace(/[汽饰械流贸装件理]/, (char) => slips[char] ?? char);
    const cores = many.map(({ name }) => coreOf(name)).filter((core) => wrong(core) !== core);
    const missed = cores.filter((core) => {
      const { exact, likely } = find(`我们是${wrong(core)}的`);
      // Another enterprise may bear a name that sounds the same; never is the slip taken for the name itself.
      expect(exact === null || coreOf(exact) !== core).toBe(true);
      return exact === null && !likely.map(coreOf).includes(core);
    });
    // All of them but one, known by name: a core of place names, whose slip (件, 见) leaves little that is its own.
    expect(cores.length).toBeGreaterThan(2000);
    expect(missed).toEqual(["宁波江宁软件"]);
  });
});

describe("findEnterprises finds nothing", () => {
  it.each([
    "今天天气不错",
    "你好",
    "谢谢",
    "收到",
    "好的",
    "在吗",
    "不知道",
    "随便",
    "没事",
    "都不是",
    "忘了",
    "5",
    "ok",
    "公司",
    "有限公司",
    "我们公司",
    "汽配",
    "我想借会议室",
    "想咨询党组织关系转接怎么办",
    "预约一下场地，周三下午",
    "领导什么时候来走访",
    "constructor",
    "__proto__",
    "",
    "　",
  ])("in “%s”", (text) => {
    expect(find(text)).toEqual({ exact: null, likely: [] });
  });

  it("in a word that happens to hold a short latin name", () => {
    const index = open("ABB有限公司");
    expect(find("cabbage", index).exact).toBeNull();
    expect(find("我们是 ABB 的", index).exact).toBe("ABB有限公司");
  });

  it("where the station has no enterprises", () => {
    expect(find("恒通汽配", open())).toEqual({ exact: null, likely: [] });
  });

  it("and never fails, whatever is typed", () => {
    const typed = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.stringMatching(/^[恒通汽配a-z0-9 （()]{0,60}$/),
    );
    fc.assert(
      fc.property(typed, (text) => {
        expect(find(text).likely.length).toBeLessThanOrEqual(3);
      }),
    );
  });
});
