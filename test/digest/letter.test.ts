import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hideNames } from "../../src/desk/asking/names-hidden.ts";
import type { Happening } from "../../src/desk/ticket/event.ts";
import type { Asked, Edition } from "../../src/digest/edition.ts";
import { type Letter, letterOf, letterText } from "../../src/digest/letter.ts";
import { type Names, namesIn } from "../../src/digest/names.ts";
import { type Kind, periodOf } from "../../src/digest/period.ts";
import { untoldBefore } from "../../src/digest/schedule.ts";
import { splitLetter } from "../../src/digest/split-letter.ts";
import { DIGEST_DEFAULTS } from "../../src/station/digest-settings.ts";
import { intents, station } from "../desk/scene-given.ts";
import { accepted, at, calendar, editionFrom, type Given, rated, resolved, TOWN, working } from "./given.ts";

const names: Names = {
  station: "段塘街道党务帮办服务站",
  point: (id) => ({ nan: "南社区服务点", liyuan: "丽园商圈服务站" })[id ?? ""] ?? "片区待确认",
  item: (id) => ({ venue: "活动场地协调", recruitment: "发展党员" })[id ?? ""] ?? "待确认事项",
  category: (id) => ({ venue: "资源统筹", recruitment: "党员管理" })[id ?? ""] ?? null,
  person: (id) => (id === null ? null : ({ h01: "帮办员庚", h02: "帮办员丙" }[id] ?? "已离岗人员")),
  hidden: (text, slots) => hideNames(text, new Set(["帮办员庚", "帮办员丙"]), slots),
};

const asking: Given = { number: "20261123-050", received: "2026-11-23T10:00", item: null };
const town = TOWN.map((given) =>
  given.item === null ? { ...given, text: "能不能帮忙 13812345678 @all <b>修灯</b>" } : given,
);

function edition(
  all: readonly Given[],
  now: string,
  kind: Kind = "day",
  date = "2026-11-23",
  more: Partial<Asked> = {},
): Edition {
  const asked = { period: periodOf(kind, date), now: at(now), points: ["liyuan", "nan"], ...working, ...more };
  return editionFrom(all, asked);
}

describe("the letter of a day", () => {
  it("tells flow, rates with n, items, areas, and what needs attention", () => {
    const text = letterText(letterOf(edition(town, "2026-11-24T08:00"), names));
    expect(text.split("\n")).toEqual([
      "【帮办日报】段塘街道党务帮办服务站　2026年11月23日（周一）",
      "一、总体情况",
      "上期结转 1 件，受理 4 件，办结 2 件，撤回 1 件；期末在办 2 件。",
      "响应率 50.0%（2/4）；按时办结率 66.7%（2/3）。",
      "满意率 50.0%（1/2）；解决率 50.0%（1/2）；参评率 100.0%（2/2）。",
      "服务开展以来累计受理 5 件，办结 2 件，服务企业 2 家、诉求人 2 人。",
      "二、热点事项",
      "1. 活动场地协调 2 件，占 50.0%，上期 0 件",
      "2. 发展党员 1 件，占 25.0%，上期 0 件",
      "3. 待确认事项 1 件，占 25.0%，上期 0 件",
      "按类别：资源统筹 2 件，党员管理 1 件，待确认事项 1 件。",
      "三、片区情况",
      "丽园商圈服务站：受理 0 件，办结 0 件，在办 1 件，按时办结率 —",
      "南社区服务点：受理 4 件，办结 2 件，在办 1 件，按时办结率 66.7%（2/3）",
      "四、需关注",
      "逾期未办结 2 件，其中红灯 1 件：",
      "#1120-001 活动场地协调，丽园食品有限公司，帮办员庚，应于 11月20日（周五）18:00 前办结，红灯",
      "#1123-003 待确认事项，恒通汽配有限公司，尚未明确承办人，应于 11月23日（周一）18:00 前办结，黄灯",
      "不满意评价 1 件（将由承办人以外的同志回访）：",
      "#1123-002 发展党员，恒通汽配有限公司，帮办员丙，不满意",
      "未能归入服务事项 1 件，建议核对后补充到事项说法：",
      "#1123-003 “能不能帮忙 138****5678 ＠all ＜b＞修灯＜/b＞”，最接近“活动场地协调”",
    ]);
  });

  it("says up to when, while the day is not over", () => {
    const { title } = letterOf(edition(town, "2026-11-23T17:30"), names);
    expect(title).toBe("【帮办日报】段塘街道党务帮办服务站　2026年11月23日（周一）（截至 17:30）");
  });

  it("begins with what the days came to that the letter before could not tell whole", () => {
    const told = (kind: Kind, date: string, now: string, all = town) => {
      const untold = untoldBefore(periodOf(kind, date), calendar, DIGEST_DEFAULTS);
      return letterText(letterOf(edition(all, now, kind, date, { untold }), names))
        .split("\n")
        .slice(1);
    };
    const [monday, heading] = told("day", "2026-11-24", "2026-11-24T17:30");
    expect(monday).toBe("补报：11月23日（周一）全天 受理 4 件，办结 2 件，按时办结率 66.7%（2/3）。");
    expect(heading).toBe("一、总体情况");
    expect(told("day", "2026-11-23", "2026-11-23T17:30")[0]).toBe(
      "补报：11月20日（周五）至22日（周日） 受理 1 件，办结 0 件，按时办结率 0.0%（0/1）。",
    );
    expect(told("week", "2026-12-02", "2026-12-04T17:30")[0]).toBe(
      "上周（11月23日—29日）全周：受理 4 件，办结 2 件，按时办结率 66.7%（2/3）。",
    );
    expect(told("month", "2026-12-31", "2026-12-31T17:30")[0]).toBe(
      "上月（11月）全月：受理 5 件，办结 2 件，按时办结率 50.0%（2/4）。",
    );
    // Also where there is nothing else to say; and not where those days were as empty.
    const done = town.slice(1, 3);
    expect(told("day", "2026-11-24", "2026-11-24T17:30", done)).toEqual([
      "补报：11月23日（周一）全天 受理 2 件，办结 2 件，按时办结率 100.0%（2/2）。",
      "今日无新增诉求，无在办事项。",
    ]);
    expect(told("day", "2026-11-25", "2026-11-25T17:30", done)).toEqual(["今日无新增诉求，无在办事项。"]);
  });

  it("compares what is not over with as long a time of the day before", () => {
    const at9 = (day: string, n: number): Given => ({
      ...{ number: `${n}`, received: `${day}T09:00` },
      later: DONE(day),
    });
    const DONE = (day: string) => [[`${day}T09:10`, accepted]] as const;
    const later = [3, 4].map((n): Given => ({ number: `${n}`, received: "2026-11-23T16:00" }));
    const all = [at9("2026-11-23", 1), at9("2026-11-24", 2), ...later];
    const morning = letterText(letterOf(edition(all, "2026-11-24T09:30", "day", "2026-11-24"), names));
    expect(morning).toContain("受理 1 件（较前一日同期 持平）");
    expect(morning).toContain("1. 活动场地协调 1 件，占 100.0%，上期同期 1 件");
    const over = letterText(letterOf(edition(all, "2026-11-25T09:30", "day", "2026-11-24"), names));
    expect(over).toContain("受理 1 件（较前一日 −66.7%）");
    expect(over).toContain("响应率 100.0%（1/1，较前一日 +66.7 个百分点）");
    const week = letterText(letterOf(edition(all, "2026-12-01T08:30", "week", "2026-12-01"), names));
    expect(week).toContain("（截至 12月1日 08:30）");
  });

  it("what is in time is said to be", () => {
    const [open] = TOWN;
    const all = open ? [{ ...open, received: "2026-11-23T16:40", number: "20261123-009" }] : [];
    const quiet = { ...edition(all, "2026-11-24T10:00", "day", "2026-11-24") };
    expect(letterText(letterOf(quiet, names))).toContain("\n今日无新增诉求；在办 1 件，均在时限内。");
  });

  it("of a big one an answer is late; who has called back is not said to be going to", () => {
    const big: Given = { number: "20261119-001", received: "2026-11-19T10:00", item: "dispute", size: "big" };
    const called: Happening = { event: "called-back", text: "已当面说明", solved: true };
    const low = (n: number, ...more: (readonly [string, Happening])[]): Given => ({
      ...{ number: `20261123-00${n}`, received: "2026-11-23T09:00" },
      later: [["2026-11-23T09:10", accepted], ["2026-11-23T10:00", resolved], ["2026-11-23T11:00", rated(1)], ...more],
    });
    const all = [big, low(5), low(6, ["2026-11-23T12:00", called])];
    const text = letterText(letterOf(edition(all, "2026-11-24T08:00"), names));
    expect(text).toMatch(/#1119-001 .*应于 11月20日（周五）18:00 前答复，红灯/u);
    expect(text).toContain("不满意评价 2 件（已回访 1 件，其余将由承办人以外的同志回访）：");
    expect(text).toContain("#1123-006 活动场地协调，恒通汽配有限公司，帮办员丙，非常不满意，已回访");
  });

  it("says in one line that there is nothing to say", () => {
    const text = letterText(letterOf(edition([], "2026-11-24T08:00"), names));
    expect(text.split("\n")).toEqual([
      "【帮办日报】段塘街道党务帮办服务站　2026年11月23日（周一）",
      "当日无新增诉求，无在办事项。",
    ]);
  });

  it("is not silent on an empty day while something is late", () => {
    const [open] = TOWN;
    const text = letterText(letterOf(edition(open ? [open] : [], "2026-11-29T08:00", "day", "2026-11-28"), names));
    expect(text).toContain("逾期未办结 1 件，其中红灯 1 件");
  });
});

it("a week names the helpers, and compares with the week before", () => {
  const text = letterText(letterOf(edition(town, "2026-12-01T08:00", "week"), names));
  expect(text).toContain("【帮办周报】段塘街道党务帮办服务站　2026年11月23日—29日");
  expect(text).toContain("受理 4 件（较上周 +300.0%）");
  expect(text).toContain(
    "四、帮办员情况\n帮办员丙：办结 2 件，在办 0 件，按时办结率 100.0%（2/2），满意率 50.0%（1/2）",
  );
});

it("whoever has left the station file is nobody's id, and does not make a case nobody's", () => {
  const names = namesIn(station, intents);
  const given = (n: number, more: Partial<Given>): Given => ({
    ...{ number: `20261123-10${n}`, received: "2026-11-23T09:00", later: [["2026-11-23T09:10", accepted]], ...more },
  });
  const left = [given(1, { owner: "h77", point: "oldpoint" }), given(2, { owner: "h78", point: "older" })];
  const all = [...left, given(3, { item: null, later: [] }), given(4, { item: "gone", owner: "h77" })];
  const text = letterText(letterOf(edition(all, "2026-12-01T08:00", "week"), names));
  expect(text).toContain("\n已离岗人员：办结 0 件，在办 3 件，按时办结率 0.0%（0/3），满意率 —\n");
  expect(text).toContain("\n尚未明确承办人：在办 1 件，其中逾期 1 件\n");
  expect(text).toContain("\n原片区：受理 2 件，办结 0 件，在办 2 件");
  expect(text).toContain("原事项 1 件");
  expect(text).toContain("#1123-101 活动场地协调，恒通汽配有限公司，已离岗人员，");
  for (const id of ["h77", "oldpoint", "older", "gone"]) expect(text).not.toContain(id);
});

it("private people are named by their family name, staff by their whole", () => {
  const text = "党员张建国同志和李秀英女士找帮办员丙，电话 13812345678";
  const told = letterText(letterOf(edition([{ ...asking, text }], "2026-11-24T08:00"), names));
  expect(told).toContain("“党员张××同志和李××女士找帮办员丙，电话 138****5678”");
});

it("a number that does not come out even is admitted", () => {
  const { figures, ...rest } = edition(town, "2026-11-24T08:00");
  const off = { ...rest, figures: { ...figures, total: { ...figures.total, open: 4 } } };
  expect(letterText(letterOf(off, names))).toContain("以上数据前后不一致，相差 2 件，请管理员核对。");
});

describe("in parts", () => {
  const long = letterOf(edition(town, "2026-11-24T08:00"), names);

  it("stays whole where it fits", () => {
    expect(splitLetter(long, 2048)).toEqual([letterText(long)]);
  });

  it("each part has the title, and the heading that it goes on under", () => {
    const parts = splitLetter(long, 600);
    expect(parts.length).toBeGreaterThan(2);
    for (const [i, part] of parts.entries()) {
      const [title = "", second = ""] = part.split("\n");
      expect(title).toBe(`${long.title}（${i + 1}/${parts.length}）`);
      expect(second).toMatch(/^[一二三四]、/u);
      expect(part.split("\n").at(-1)).not.toMatch(/^[一二三四]、/u);
    }
    expect(parts.some((part) => part.includes("四、需关注（续）"))).toBe(true);
  });

  it("no head of a list stands alone at a part's end, and a list that goes on says of what", () => {
    const cases = (head: string, count: number) => [
      head,
      ...Array.from({ length: count }, (_, i) => `#1123-${100 + i}`),
    ];
    const lines = [...cases("逾期未办结 9 件：", 9), ...cases("期间曾重新办理 30 件：", 30)];
    for (let bytesMax = 120; bytesMax < 700; bytesMax++) {
      const parts = splitLetter({ title: "【日报】", sections: [{ heading: "一、需关注", lines }] }, bytesMax);
      for (const [index, part] of parts.entries()) {
        expect(Buffer.byteLength(part)).toBeLessThanOrEqual(bytesMax);
        expect(part.endsWith("：")).toBe(false);
        if (index > 0) expect(part.split("\n")[2]).toMatch(/（续）：$|^期间曾重新办理 30 件：$/u);
      }
    }
  });

  it("never is longer than the channel takes, and loses nothing", () => {
    const sections = fc.array(
      fc.record({
        heading: fc.constantFrom("一、总体情况", "二、热点事项"),
        lines: fc.array(
          fc.string({ unit: "grapheme", maxLength: 200 }).map((text) => text.replace(/\n/gu, " ")),
          {
            minLength: 1,
            maxLength: 12,
          },
        ),
      }),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(sections, fc.integer({ min: 120, max: 2048 }), (all, bytesMax) => {
        const letter: Letter = { title: "【日报】", sections: all };
        const parts = splitLetter(letter, bytesMax);
        for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(bytesMax);
        const bare = (text: string) =>
          text.replace(/\n|【日报】(?:（\d+\/\d+）)?|[一二]、(?:总体情况|热点事项)(?:（续）)?/gu, "");
        expect(bare(parts.join("\n"))).toBe(bare(letterText(letter)));
      }),
      { numRuns: 200 },
    );
  });
});
