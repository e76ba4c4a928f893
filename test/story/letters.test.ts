import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestDesk, type TestDesk } from "../doubles/desk.ts";

describe("the leaders' letters", () => {
  let desk: TestDesk;
  beforeEach(async () => {
    desk = await openTestDesk({ letters: true });
    await desk.setClock("2026-12-07T08:30:00+08:00");
  });
  afterEach(() => desk.close());

  const leaders = () => desk.wecom.sent("wrLEADERS");
  const shown = (words: string) => desk.wecom.waitFor("wrLEADERS", ({ text }) => text.includes(words), 40_000);

  it("come by the clock with the day so far, and its picture, once; after a restart too", async () => {
    await desk.setClock("2026-12-07T09:12:00+08:00");
    await desk.ask("wrGROUP01", "wang.min", "周三下午想借一间能坐三十人的会议室");
    await desk.setClock("2026-12-07T17:30:00+08:00");
    const letter = await shown("2026年12月7日（周一）（截至 17:30）");
    expect(letter.text).toContain("受理 1 件");
    await desk.wecom.waitFor("wrLEADERS", ({ kind }) => kind === "image", 40_000);

    await desk.restart();
    await desk.setClock("2026-12-08T17:30:00+08:00");
    await shown("2026年12月8日（周二）（截至 17:30）");
    expect(leaders().filter(({ text }) => text.includes("2026年12月7日（周一）（截至"))).toHaveLength(1);
    expect(desk.wecom.violations).toEqual([]);
    // A picture takes a second, and ten on a machine that does much else.
  }, 90_000);
});
