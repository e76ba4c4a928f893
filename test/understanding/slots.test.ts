import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readIntents } from "../../src/understanding/intents.ts";
import { type Ask, isReadable, mergeSlots, readAnswer, readSlots } from "../../src/understanding/slots.ts";
import { neededSlots } from "../../src/understanding/slots-needed.ts";
import { numeralOf } from "../../src/understanding/slots-numeral.ts";

const surroundings = { today: "2026-12-07", staff: new Set(["孙三", "帮办员丙"]) };
const asking = (...slots: string[]): Ask => slots.map((slot) => ({ slot, question: "" }));
const one = (slot: string, text: string) => readSlots(text, asking(slot), surroundings).slots[0]?.[1] ?? null;
const intents = readIntents("./intents");
const askOf = (item: string) => intents.items.get(item)?.ask ?? [];

describe("how many people", () => {
  it.each([
    ["三十来个人", "约30人"],
    ["30人左右", "约30人"],
    ["大概三十人参加", "约30人"],
    ["十几个", "10多人"],
    ["大概十几个，周三下午", "10多人"],
    ["三十多人", "30多人"],
    ["能坐三十人的会议室", "30人"],
    ["五六个人", "5至6人"],
    ["二三十号人", "20至30人"],
    ["30-40人", "30至40人"],
    ["一百五十人", "150人"],
    ["几十个人", "几十人"],
    ["二十来号党员挤不下", "约20人"],
    ["３０ 名员工", "30人"],
    ["人数大概四十，有老同志", "约40人"],
    ["人数：35", "35人"],
  ])("%s is %s", (text, shown) => expect(one("people", text)).toBe(shown));

  it.each([
    "党费30元",
    "17号工单",
    "二十大",
    "个人所得税",
    "没有一个人会",
    "三个代表",
    "1207-017",
    "13812345678",
    "三个月",
    "两个马甲",
  ])("%s counts nobody", (text) => expect(one("people", text)).toBeNull());

  it("are the party's where these are asked for, else the most that are named", () => {
    const text = "我们公司50人，有4个党员";
    expect(one("people", text)).toBe("50人");
    expect(readSlots(text, askOf("branch-setup"), surroundings).slots).toEqual([["people", "4人"]]);
  });

  it("read back as shown", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9999 }), fc.constantFrom("N人", "约N人", "N多人"), (n, form) => {
        const shown = form.replace("N", String(n));
        expect(one("people", shown)).toBe(shown);
      }),
    );
  });
});

describe("whose name", () => {
  it.each([
    ["党员张建国想转组织关系", "张建国"],
    ["车间小李写了入党申请书", "小李"],
    ["我们支部老张住院了", "老张"],
    ["把张伟同志转出去", "张伟"],
    ["联系人：李秀英", "李秀英"],
    ["我叫王芳要转正", "王芳"],
  ])("%s: %s", (text, name) => expect(one("name", text)).toBe(name));
  it.each([
    "想找孙三老师",
    "老党员慰问",
    "小区门口",
    "小程序",
    "老年大学",
    "老家镇里",
    "高新区",
    "入党申请书",
    "感谢李老师",
    "谢谢孙老师",
    "列过老赖",
  ])("%s names nobody", (text) => expect(one("name", text)).toBeNull());
});

describe("the other slots", () => {
  it("are a telephone, amounts, how far somebody has come", () => {
    expect(one("phone", "电话138 1234 5678")).toBe("13812345678");
    expect(one("phone", "0574-87654321")).toBe("0574-87654321");
    expect(one("phone", "工单1207-017，20261207")).toBeNull();
    expect(one("amount", "10面党旗、三十件红马甲")).toBe("10面、30件");
    expect(one("amount", "这件事情")).toBeNull();
    expect(one("stage", "预备期满了")).toBe("预备党员");
  });

  it("that nothing reads are never missed", () => {
    for (const slot of ["topic", "problem", "item", "from", "to", "origin", "enterprise"]) {
      expect(isReadable(slot)).toBe(false);
      expect(one(slot, "在甬江街道，12月9日")).toBeNull();
    }
  });

  it("do not take what has been for what comes, where it is asked for", () => {
    expect(readSlots("五月的积分没算", askOf("points"), surroundings).slots).toEqual([]);
    expect(readSlots("11月的积分没算", askOf("points"), surroundings).slots).toEqual([["date", "11月"]]);
  });

  it("leave what is said beside them", () => {
    const { rest } = readSlots("周三下午，想借间能坐三十人的会议室", asking("date", "people"), surroundings);
    expect(rest).toBe(",想借间能坐的会议室");
  });
});

describe("an answer", () => {
  it("may be as short as what was asked for", () => {
    const answer = (text: string, ...slots: string[]) => readAnswer(text, asking(...slots), surroundings).slots;
    expect(answer("30", "date", "people")).toEqual([["people", "30人"]]);
    expect(answer("三十个", "people")).toEqual([["people", "30人"]]);
    expect(answer("30", "date")).toEqual([]);
    expect(answer("张建国", "name")).toEqual([["name", "张建国"]]);
    expect(answer("好的", "name", "people")).toEqual([]);
    expect(answer("周三下午，30", "date", "people")).toEqual([
      ["date", "12月9日（周三）下午"],
      ["people", "30人"],
    ]);
    expect(readAnswer("张建国，从四川转过来", asking("name"), surroundings)).toEqual({
      slots: [["name", "张建国"]],
      rest: ",从四川转过来",
    });
  });
  it("stands in the place of what was known", () => {
    expect(
      mergeSlots(
        [
          ["date", "甲"],
          ["people", "乙"],
        ],
        [["date", "丙"]],
      ),
    ).toEqual([
      ["date", "丙"],
      ["people", "乙"],
    ]);
  });
});

describe("what is asked for", () => {
  const missing = (item: string, text: string) => {
    const { slots } = readSlots(text, askOf(item), surroundings);
    return neededSlots(text, askOf(item), slots).map(({ slot }) => slot);
  };
  it.each([
    ["venue", "想借会议室", ["date", "people"]],
    ["venue", "周三下午想借会议室", ["people"]],
    ["venue", "周三下午想借一间能坐三十人的会议室", []],
    ["lecturer", "想请个老师来讲党课", ["date", "people"]],
    ["event-support", "想借点红马甲", ["date", "amount"]],
    ["transfer", "新来的会计是党员，想转过来", ["name"]],
    ["floating", "我是外地来打工的党员，想找组织", ["name", "phone"]],
  ])("%s: %s wants %o", (item, text, slots) => expect(missing(item, text)).toEqual(slots));

  it.each([
    ["venue", "借会议室要什么手续"],
    ["branch-meeting", "三会一课到底是哪三会"],
    ["dues", "党费怎么交"],
    ["recruitment", "入党要啥条件"],
    ["election", "换届流程是什么"],
    ["statistics", "年报校验过不去"],
    ["branch-setup", "想建支部"],
  ])("%s: %s wants an answer and no question", (item, text) => expect(missing(item, text)).toEqual([]));
});

describe("whatever is typed", () => {
  it("is read without a fault, and what is left is part of it", () => {
    const every = asking("date", "people", "name", "phone", "amount", "stage", "topic");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 2000 }), (text) => {
        const { slots, rest } = readSlots(text, every, surroundings);
        for (const [, value] of slots) expect(value).not.toBe("");
        expect(rest.length).toBeLessThanOrEqual(text.slice(0, 600).normalize("NFKC").length);
      }),
      { numRuns: 300 },
    );
  });
  it("ten thousand of one sign cost nothing", () => {
    for (const sign of ["一", "1", "三十", "周", "小李", "个人", " "]) {
      const started = process.hrtime.bigint();
      readSlots(sign.repeat(10_000), asking("date", "people", "name", "phone", "amount", "stage"), surroundings);
      expect(Number(process.hrtime.bigint() - started) / 1e6).toBeLessThan(50);
    }
  });
});

describe("a numeral", () => {
  it.each([
    ["三十", 30],
    ["一百五", 150],
    ["一百零五", 105],
    ["两百", 200],
    ["十二", 12],
    ["0031", 31],
    ["一二三", null],
    ["百十百", null],
  ])("%s is %s", (text, number) => expect(numeralOf(text)).toBe(number));
});
