import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { courseDetails, courseOrder, quotedCourse } from "../../../src/desk/training/course-words.ts";
import { shanghaiTime } from "../../../src/pledge/hours.ts";

const TODAY = "2026-11-23";

describe("what is ordered about courses", () => {
  it.each([
    ["报名", { act: "enrol", number: null }],
    ["我要报名！", { act: "enrol", number: null }],
    ["报名 1203-1", { act: "enrol", number: "1203-1" }],
    ["报名培训1203-1", { act: "enrol", number: "1203-1" }],
    ["取消报名", { act: "leave", number: null }],
    ["签到 １２０３－１", { act: "attend", number: "1203-1" }],
    ["签到", { act: "attend", number: null }],
    ["培训", { act: "list", number: null }],
    ["培训安排", { act: "list", number: null }],
    ["培训 1203-1", { act: "list", number: "1203-1" }],
    ["取消开班 1203-1 场地被占", { act: "cancel", number: "1203-1", text: "场地被占" }],
    ["改期 1203-1 12月4日 15:00", { act: "move", number: "1203-1", text: "12月4日 15:00" }],
    ["改期到12月4日 15:00", { act: "move", number: null, text: "12月4日 15:00" }],
    ["开班 发展党员工作程序解读 12月3日 14:00", { act: "announce", text: "发展党员工作程序解读 12月3日 14:00" }],
    ["开班", { act: "announce", text: "" }],
  ])("%s", (text, order) => expect(courseOrder(text)).toEqual(order));

  it.each([
    "党员培训报名",
    "我们公司想报名参加党员培训",
    "培训场地想借一间",
    "签到表怎么填",
    "报名 1203-017",
    "改期 017 周四",
    "开班子会",
    "取消报名表",
  ])("%s is about none", (text) => {
    const order = courseOrder(text);
    // 改期 017 names a ticket's number: what follows is no day and no course.
    if (order) expect(order).toMatchObject({ act: "move", number: null });
  });

  it("a line of ours names its course, a ticket's names none", () => {
    expect(quotedCourse("【培训1203-1】发展党员工作程序解读\n时间：…")).toBe("1203-1");
    expect(quotedCourse("【#1203-017 已受理】活动场地协调")).toBeNull();
    expect(quotedCourse(null)).toBeNull();
  });
});

describe("when, where and what about", () => {
  const at = shanghaiTime("2026-12-03", 14 * 60);
  it.each([
    ["发展党员工作程序解读 12月3日 14:00", { title: "发展党员工作程序解读", at, time: "14:00", place: null }],
    ["发展党员工作程序解读 12月3日下午两点 地点：三楼会议室", { at, time: "14:00", place: "三楼会议室" }],
    ["发展党员工作程序解读，12月3日 14:00—16:00，三楼会议室", { at, time: "14:00—16:00", place: "三楼会议室" }],
    ["12月3日 14:00 发展党员工作程序解读 地点 三楼", { title: "发展党员工作程序解读", at, place: "三楼" }],
    ["11月政策解读 12月3日 14:00", { title: "11月政策解读", at }],
    ["发展党员工作程序解读", { title: "发展党员工作程序解读", date: null, at: null }],
    ["发展党员工作程序解读 12月3日", { date: "2026-12-03", at: null, time: null }],
    ["地点 四楼", { title: "", at: null, place: "四楼" }],
  ])("%s", (text, details) => expect(courseDetails(text, TODAY)).toMatchObject(details));

  it("reads whatever is typed", () => {
    const words = fc.constantFrom(
      "开班",
      "12月3日",
      "14:00",
      "下午",
      "地点",
      "三楼",
      "改期",
      "1203-1",
      " ",
      "，",
      "周四",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words, { maxLength: 9 }).map((all) => all.join("")),
        ),
        (text) => {
          courseOrder(text);
          const { at: begins, date } = courseDetails(text, TODAY);
          if (begins !== null) expect(date).not.toBeNull();
        },
      ),
    );
  });
});
