/** What holds wherever one speaks to the desk: the same list of cases over every platform and every way in. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Shown } from "../../src/sandbox/history.ts";
import { PLACES, type Place } from "./places.ts";

interface Row {
  readonly number: string;
  readonly text: string;
  readonly state: string;
  readonly owner: string | null;
}

const REQUEST = "下周三下午想借一间能坐三十人的会议室";
const COMPANY = "恒通汽配有限公司";

describe.each(PLACES)("$name", ({ open, group }) => {
  let place: Place;
  beforeEach(async () => {
    place = await open();
    await place.desk.setClock("2026-12-07T09:12:00+08:00");
  });
  afterEach(() => place.desk.close());

  const tickets = async (): Promise<readonly Row[]> =>
    (await place.desk.api<{ tickets: Row[] }>("/tickets?limit=200")).tickets;
  const ours = ({ from }: Shown) => from !== place.clerk && from !== place.helper;
  const containing = (words: string) => place.until((message) => ours(message) && message.text.includes(words));
  /** One-to-one nobody knows the company yet. */
  async function opened(text = REQUEST): Promise<Shown> {
    await place.say(place.clerk, text);
    const receipt = await containing("【#1207-001");
    if (!group) {
      await place.say(place.clerk, COMPANY);
      await containing(COMPANY);
    }
    return receipt;
  }

  it("a request becomes a ticket with a number, and is answered where it was said", async () => {
    const receipt = await opened();
    expect(receipt.text).toMatch(/^【#1207-001 /);
    expect(await tickets()).toMatchObject([{ number: "20261207-001", text: REQUEST }]);
    expect(place.violations()).toEqual([]);
  });

  it("delivered twice it is one", async () => {
    await place.say(place.clerk, REQUEST, { id: "4711" });
    await containing("【#1207-001");
    await place.say(place.clerk, REQUEST, { id: "4711" });
    await place.say(place.clerk, "党费这个月怎么收", { id: "4712" });
    await containing("【#1207-002");
    expect(await tickets()).toHaveLength(2);
  });

  it("what was said first comes first", async () => {
    const asked = Array.from(
      { length: 12 },
      (_, i) => `第${"一二三四五六七八九十甲乙"[i]}件：想借会议室，${i + 10}个人`,
    );
    for (const text of asked) await place.say(place.clerk, text);
    await containing("【#1207-001");
    await expect.poll(async () => (await tickets()).length, { timeout: 15_000 }).toBeGreaterThan(0);
    const rows = [...(await tickets())].reverse();
    const places = rows.map(({ text }) => asked.findIndex((one) => text.startsWith(one)));
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it.runIf(group)("the helper's telephone rings, once, with the number first", async () => {
    await opened();
    const task = await place.until(({ mentions, text }) => mentions.includes(place.helper) && text.includes("待接单"));
    expect(task.text).toMatch(/^【#1207-001 待接单】/);
    expect(place.shown().filter(({ text }) => text.includes("待接单"))).toHaveLength(1);
  });

  it.runIf(group)("a quote tells which ticket is meant, and the whole way to the rating goes by quotes", async () => {
    await opened();
    const task = await place.until(({ mentions, text }) => mentions.includes(place.helper) && text.includes("待接单"));
    await place.say(place.helper, "接单", { quote: task });
    await containing("已接单");
    await place.say(place.helper, "办结 三楼会议室，周三14:00-17:00，已留座", { quote: task });
    const solved = await place.until(({ mentions, text }) => mentions.includes(place.clerk) && text.includes("已办结"));
    await place.say(place.clerk, "5", { quote: solved });
    await containing("已评价");
    expect(await tickets()).toMatchObject([{ state: "closed" }]);
    expect(place.violations()).toEqual([]);
  });

  it("a number that is typed tells it too", async () => {
    await opened();
    await place.say(place.clerk, "#1207-001 补充 要有投影");
    await containing("补充");
    await place.say(place.clerk, "1207-001 查");
    await containing("要有投影").catch(() => containing(REQUEST));
    expect(await tickets()).toHaveLength(1);
  });

  it("a long text goes in parts, each with the number", async () => {
    await opened();
    await place.say(place.clerk, `#1207-001 补充 ${"要有投影和话筒，还要能开视频。".repeat(60)}`);
    await containing("补充");
    const result = "会议室的安排如下。".repeat(200);
    const asker = group ? place.helper : place.clerk;
    if (group) {
      await place.say(asker, `#1207-001 办结 ${result}`);
      await place.until(({ mentions }) => mentions.includes(place.clerk));
    }
    for (const { text } of place.shown().filter(ours)) expect(text).toMatch(/#\d{4}-\d{3}|企业|编号/);
    expect(place.violations()).toEqual([]);
  });

  it.runIf(group)("a way that is refused is followed by the next one of the same group", async () => {
    place.refuseFirstWay();
    await place.say(place.clerk, REQUEST);
    const receipt = await containing("【#1207-001 已受理】");
    await place.until(({ mentions, text }) => mentions.includes(place.helper) && text.includes("待接单"));
    expect(place.shown().filter(({ text }) => text === receipt.text)).toHaveLength(1);
  });

  it("a desk that is started anew goes on where it ended", async () => {
    await opened();
    await place.desk.restart();
    await expect
      .poll(
        async () => {
          await place.say(place.clerk, "#1207-001 补充 要有投影", { id: "8150" }).catch(() => {});
          return place.shown().some((message) => ours(message) && message.text.includes("补充"));
        },
        { timeout: 15_000, interval: 300 },
      )
      .toBe(true);
    expect(await tickets()).toHaveLength(1);
  });
});
