/** 培训: who may announce, who is counted, and what everybody else is told. */
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { NOTHING } from "../../../src/desk/decision.ts";
import { planOf } from "../../../src/desk/plan.ts";
import type { Course, Courses, StoredCourse } from "../../../src/desk/training/course.ts";
import { openCourses } from "../../../src/desk/training/read-courses.ts";
import { openCommit } from "../../../src/lanes/commit.ts";
import { shanghaiTime } from "../../../src/pledge/hours.ts";
import { openTestRedis } from "../../doubles/redis.ts";
import { type Given, given, isItem, NOW, quoteOf, said, TIMES } from "../scene-given.ts";

const COURSE: Course = {
  id: "20261210-1",
  title: "发展党员工作程序解读",
  at: shanghaiTime("2026-12-10", 14 * 60),
  time: "14:00",
  place: "三楼会议室",
  by: "h01",
  cancelled: false,
  enrolled: [],
  attended: [],
};
const stored = (over: Partial<Course> = {}): StoredCourse => ({ course: { ...COURSE, ...over }, version: "3" });
const known = (...list: StoredCourse[]): Courses => ({ list, serials: new Map([["20261210", "1"]]) });
const helpers: Given = { chat: "wrHELPERS", by: "sun.san" };
const one: Given = { ...helpers, courses: known(stored()) };
const ON_THE_DAY = shanghaiTime("2026-12-10", 13 * 60 + 50);
const QUOTE = "【培训1210-1】发展党员工作程序解读\n时间：…";
const changed = (text: string, how: Given) => said(text, how).decision.courses[0]?.after;

describe("开班", () => {
  const text = "开班 发展党员工作程序解读 12月10日 14:00 地点 三楼会议室";
  it.each(["zhao.yi", "qian.er", "zheng.qi"])("by %s among helpers: the answer announces it", (by) => {
    const { answer, decision } = said(text, { chat: "wrHELPERS", by, courses: known() });
    expect(answer).toMatch(
      /^【培训1210-2】发展党员工作程序解读\n时间：12月10日（周四）14:00　地点：三楼会议室　发布：.+\n请引用本条并@小帮手 回复：报名；到场后回复：签到$/u,
    );
    expect(decision.courses).toEqual([
      {
        before: null,
        after: { ...COURSE, id: "20261210-2", by: decision.courses[0]?.after.by },
        serial: { day: "20261210", before: "1", after: "2" },
      },
    ]);
  });
  it("one-to-one: it is announced in the helpers' group, and that is said", () => {
    const { answer, told } = said(text, { chat: null, by: "zhao.yi", courses: known() });
    expect(answer).toContain("已发到帮办员群");
    expect(told).toEqual([{ to: "@helpers ", text: expect.stringContaining("【培训1210-2】") }]);
  });
  it("by a helper of another point, or in another group: they are told who may, and where", () => {
    expect(said(text, { ...helpers, courses: known() }).answer).toContain("须由首席帮办员、特邀帮办员或总站帮办员发布");
    expect(said(text, { chat: "wrLEADERS", by: "zhao.yi" }).answer).toContain("请在帮办员群@小帮手");
  });
  it.each([
    ["开班", "请写明主题、日期和几点开始"],
    ["开班 12月10日 14:00", "请写明主题"],
    ["开班 发展党员工作程序解读 12月10日", "几点开始"],
    ["开班 发展党员工作程序解读 12月7日 9:00", "已过"],
    ["开班 发展党员工作程序解读 2028年12月7日 9:00", "以后一年之内"],
  ])("%s: what is missing or wrong is said", (typed, words) => {
    const { answer, decision } = said(typed, { chat: "wrHELPERS", by: "zhao.yi", courses: known() });
    expect(answer).toContain(words);
    expect(decision.courses).toEqual([]);
  });
  it("the very same twice is announced once", () => {
    const { answer, decision } = said(text, { chat: "wrHELPERS", by: "zhao.yi", courses: known(stored()) });
    expect(answer).toContain("先前已发布");
    expect(decision.courses).toEqual([]);
  });
});

describe("报名, 取消报名", () => {
  it("counts the speaker once: the only one to come, the quoted one, or by its number", () => {
    for (const how of [one, { ...one, quote: QUOTE }, { ...one, chat: null }]) {
      const { answer, decision } = said("报名", how);
      expect(decision.courses[0]?.after.enrolled).toEqual(["h02"]);
      expect(answer).toContain("【培训1210-1】帮办员丙已报名，共 1 人");
    }
    expect(changed("报名 1210-1", one)?.enrolled).toEqual(["h02"]);
    const again = said("报名", { ...helpers, courses: known(stored({ enrolled: ["h02"] })) });
    expect(again.answer).toContain("您已报名，不必重复");
    expect(again.decision.courses).toEqual([]);
  });
  it("takes it back; who was not enrolled, or has come, is told so", () => {
    expect(changed("取消报名", { ...helpers, courses: known(stored({ enrolled: ["h03", "h02"] })) })?.enrolled).toEqual(
      ["h03"],
    );
    expect(said("取消报名 1210-1", one).answer).toContain("您没有报名");
    expect(said("取消报名", one).answer).toContain("没有这样的培训安排");
    const come = known(stored({ enrolled: ["h02"], attended: ["h02"] }));
    expect(said("取消报名", { ...helpers, courses: come, now: ON_THE_DAY }).answer).toContain("您已签到，不能取消报名");
  });
  it("of several: they are asked which; of none, or of one that is over: they are told", () => {
    const two = known(stored(), stored({ id: "20261217-1", title: "党费收缴", at: COURSE.at + 7 * 86_400_000 }));
    expect(said("报名", { ...helpers, courses: two }).answer).toBe(
      "请问是哪一期？\n培训1210-1 发展党员工作程序解读　12月10日（周四）14:00\n培训1217-1 党费收缴　12月17日（周四）14:00\n请写上编号，@小帮手 回复：报名 1210-1",
    );
    expect(said("报名", { ...helpers, courses: known() }).answer).toContain("目前没有可以报名的培训");
    expect(said("报名 1101-1", one).answer).toContain("没有查到培训1101-1");
    expect(said("报名 1210-1", { ...one, now: COURSE.at }).answer).toContain("已开始，不再报名");
    expect(said("报名 1210-1", { ...helpers, courses: known(stored({ cancelled: true })) }).answer).toContain("已取消");
  });
  it("a colleague who is not in the station file is counted too", () => {
    expect(changed("报名", { ...one, by: "new.comer" })?.enrolled).toEqual(["wecom:new.comer"]);
    expect(said("报名", { ...one, by: "new.comer", outsider: true }).decision.courses).toEqual([]);
  });
});

describe("what companies say", () => {
  it.each(["wrGROUP01", "wrGROUP02", null])("报名 in %s is a request like any other", (chat) => {
    const means = { 报名: isItem("venue") };
    const { events, decision } = said("报名", { chat, means, courses: known(stored()) });
    expect(decision.courses).toEqual([]);
    expect(events).toContain("opened");
  });
  it("and among helpers what quotes a ticket is about that ticket", () => {
    const { decision } = said("报名", { ...one, quote: quoteOf("017"), tickets: [given("017", ["matched"])] });
    expect(decision.courses).toEqual([]);
  });
});

describe("签到", () => {
  it("from two hours before until the end of the day, once, enrolled or not", () => {
    const { answer } = said("签到", { ...one, now: ON_THE_DAY });
    expect(answer).toContain("帮办员丙已签到，共 1 人到场");
    expect(changed("签到", { ...one, now: ON_THE_DAY })?.attended).toEqual(["h02"]);
    expect(changed("签到", { ...one, now: shanghaiTime("2026-12-10", 1439) })?.attended).toEqual(["h02"]);
    const come = known(stored({ attended: ["h02"] }));
    expect(said("签到", { ...helpers, courses: come, now: ON_THE_DAY }).answer).toContain("您已签到，不必重复");
  });
  it("earlier they are told from when on; on another day that there is none", () => {
    expect(said("签到", { ...one, now: shanghaiTime("2026-12-10", 9 * 60) }).answer).toContain("今日 12:00 起可以签到");
    expect(said("签到", one).answer).toContain("今日没有可以签到的培训");
    expect(said("签到 1210-1", one).answer).toContain("12月10日（周四）12:00 起可以签到");
  });
});

describe("培训安排, 改期, 取消开班", () => {
  const busy = known(stored({ enrolled: ["h02", "h03"] }), stored({ id: "20261211-1", cancelled: true }));
  it("lists what is to come, with counts and without what was cancelled", () => {
    const { answer } = said("培训安排", { ...helpers, courses: busy });
    expect(answer).toContain(
      "【培训安排】共 1 期\n培训1210-1 发展党员工作程序解读　12月10日（周四）14:00　三楼会议室　报名 2 人",
    );
    expect(said("培训", { ...helpers, courses: known() }).answer).toContain("目前没有培训安排");
    expect(said("培训 1210-1", { ...helpers, courses: busy }).answer).toContain("报名 2 人：帮办员丙、帮办员辛");
  });
  it("is changed by whoever announced it or the chief; those who enrolled are rung for", () => {
    for (const by of ["zheng.qi", "zhao.yi"]) {
      const { told, decision } = said("改期 1210-1 12月11日 15:00 地点 四楼", { chat: "wrHELPERS", by, courses: busy });
      expect(decision.courses[0]?.after).toMatchObject({
        at: shanghaiTime("2026-12-11", 900),
        place: "四楼",
        time: "15:00",
      });
      expect(told).toEqual([
        { to: "@helpers h02,h03", text: expect.stringContaining("改为 12月11日（周五）15:00，地点：四楼") },
      ]);
    }
    const off = said("取消开班 1210-1 讲师有事", { chat: "wrHELPERS", by: "zhao.yi", courses: busy });
    expect(off.decision.courses[0]?.after.cancelled).toBe(true);
    expect(off.told[0]?.text).toContain("现已取消，原因：讲师有事");
  });
  it("by nobody else, not into the past, and not once somebody has come", () => {
    const courses = busy;
    const ticket: Given = { chat: "wrHELPERS", by: "zhao.yi", courses, tickets: [given("017", ["matched"])] };
    expect(said("改期 017 周四", ticket).decision.courses).toEqual([]);
    expect(said("取消开班 1210-1", { ...helpers, courses }).answer).toContain("须由发布人帮办员庚或首席帮办员回复");
    const chief: Given = { chat: "wrHELPERS", by: "zhao.yi" };
    expect(said("改期 1210-1", { ...chief, courses }).answer).toContain("请写明新的日期和时间");
    expect(said("改期 1210-1 12月7日 8:00", { ...chief, courses }).answer).toContain("已过");
    const held = known(stored({ attended: ["h02"] }));
    expect(said("取消开班 1210-1", { ...chief, courses: held, now: ON_THE_DAY }).answer).toContain(
      "已有 1 人签到，不能取消开班",
    );
  });
});

it("whatever is ordered by whomever in whatever order, everybody is counted at most once", () => {
  const people = fc.constantFrom("sun.san", "wang.ba", "zheng.qi", "zhao.yi", "new.comer");
  const orders = fc.constantFrom("报名", "取消报名", "签到", "报名 1210-1", "取消报名 1210-1", "签到 1210-1");
  fc.assert(
    fc.property(fc.array(fc.tuple(people, orders, fc.boolean()), { maxLength: 25 }), (said_) => {
      let now: StoredCourse = stored();
      for (const [by, text, today] of said_) {
        const how = { ...helpers, by, courses: known(now), now: today ? ON_THE_DAY : NOW };
        const result = said(text, how);
        expect(result.answer).not.toBe("");
        const next = result.decision.courses[0]?.after;
        if (next) now = { course: next, version: "4" };
        for (const list of [now.course.enrolled, now.course.attended]) expect(new Set(list).size).toBe(list.length);
      }
    }),
    { numRuns: 60 },
  );
});

describe("in Redis", () => {
  const store = openTestRedis();
  afterAll(() => store.close());
  const commit = openCommit(store.redis, store.tag, "p1");
  const read = openCourses(store.redis, store.tag);
  const carryOut = (courses: (typeof NOTHING)["courses"]) => commit(planOf({ ...NOTHING, courses }, null, [], TIMES));

  it("it reads back as it was; of two at once the second has to look again, and numbers are given once", async () => {
    const serial = { day: "20261210", before: "", after: "1" };
    expect((await carryOut([{ before: null, after: COURSE, serial }])).kind).toBe("done");
    expect((await carryOut([{ before: null, after: COURSE, serial }])).kind).toBe("moved");
    const { list, serials } = await read(NOW);
    expect(list).toEqual([{ course: COURSE, version: "1" }]);
    expect(serials.get("20261210")).toBe("1");
    const [before = null] = list;
    const mine = { before, after: { ...COURSE, enrolled: ["h02"] }, serial: null };
    const theirs = { before, after: { ...COURSE, enrolled: ["h03"] }, serial: null };
    expect((await carryOut([mine])).kind).toBe("done");
    expect((await carryOut([theirs])).kind).toBe("moved");
    expect((await read(NOW)).list[0]?.course.enrolled).toEqual(["h02"]);
    expect((await read(COURSE.at + 86_400_000)).list).toEqual([]);
  });
});
