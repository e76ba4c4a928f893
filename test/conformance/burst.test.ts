/** A burst, and a whole street that speaks at once, while the windows of a platform are shut: `npm run soak` in small. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { busiest, judge, type Line } from "../../bench/soak/judge.ts";
import { faultsOf } from "../../bench/soak/report.ts";
import { soak } from "../../bench/soak/soak.ts";
import { WAYS } from "../../bench/soak/ways.ts";
import { openTestRedis, type TestRedis } from "../doubles/redis.ts";
import { TEST_DATA } from "../doubles/test-data.ts";

const BURST = 60;
const WIDE = 200;
const PATIENCE_MS = 60_000;

describe("a burst", () => {
  let redis: TestRedis;
  let folder: string;
  beforeEach(() => {
    redis = openTestRedis();
    folder = mkdtempSync(join(tmpdir(), "bangban-burst-"));
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    await redis.close();
  });

  it.each(WAYS.filter(({ name }) => ["企业微信 长连接", "钉钉 Stream"].includes(name)))(
    "$name: nothing is lost, doubled, out of order or too fast",
    async (way) => {
      const result = await soak(way, {
        burst: BURST,
        wide: WIDE,
        redis: redis.path,
        name: redis.station,
        folder,
        dataDir: TEST_DATA,
        patienceMs: PATIENCE_MS,
      });
      expect(faultsOf(result)).toEqual([]);
      const everything = { inOrder: true, messages: BURST, tickets: BURST, receipts: BURST };
      const oneEach = { inOrder: null, messages: WIDE, tickets: WIDE, receipts: WIDE };
      expect(result.rows).toMatchObject([everything, oneEach]);
      // There was something to wait for, and it was waited for.
      expect(result.rows[0]?.minutes).toBeGreaterThan(1);
    },
    3 * PATIENCE_MS,
  );
});

describe("what a soak notices", () => {
  const helper = { account: "helper", name: "帮办员甲" };
  const said = ["第一件", "第二件"].map((text) => ({ room: "wr", asker: "wecom:clerk", text, helper }));
  const tickets = said.map(({ asker, text }, at) => ({ asker, text, number: `20261207-${999 + at}` }));
  const line = (text: string, at: number, mentions: string[] = []): Line => ({
    chat: "wr",
    from: mentions.length > 0 ? "webhook" : "bot",
    text,
    mentions,
    at,
    real: at,
  });
  const both = "【#1207-999 待接单】场地\n【#1207-1000 待接单】场地";
  const lines = [line("【#1207-999 已受理】", 1), line("【#1207-1000 已受理】", 2), line(both, 3, ["helper"])];

  it("nothing where all is well, and mentions that were merged count each", () => {
    expect(judge(said, tickets, lines, true)).toMatchObject({ receipts: 2, mentions: 2, inOrder: true, faults: [] });
  });

  it("a message without a ticket, and one with two", () => {
    expect(judge(said, tickets.slice(1), lines, true)).toMatchObject({ tickets: 1, faults: [/工单 0 次/] });
    const twice = [...tickets, { ...tickets[0], number: "20261207-1001" } as (typeof tickets)[number]];
    expect(judge(said, twice, lines, true)).toMatchObject({ tickets: 1, faults: [/工单 2 次/] });
  });

  it("a line that is missing, doubled, elsewhere, or rings nobody", () => {
    const faults = (changed: Line[]) => judge(said, tickets, changed, true).faults.map((each) => each.slice(0, 6));
    const [first, second, called] = lines as [Line, Line, Line];
    expect(faults([first, called])).toContain("回执 0 次");
    expect(faults([first, first, second, called])).toContain("回执 2 次");
    expect(faults([{ ...first, chat: "elsewhere" }, second, called])).toContain("回执 0 次");
    expect(faults([first, second, called, called])).toContain("提醒 2 次");
    expect(faults([first, second, { ...called, mentions: [] }])).toContain("提醒 0 次");
  });

  it("receipts or numbers in another order than what was said", () => {
    const [first, second, called] = lines as [Line, Line, Line];
    expect(judge(said, tickets, [second, first, called], true).inOrder).toBe(false);
    expect(judge([...said].reverse(), tickets, lines, true).inOrder).toBe(false);
  });

  it("what a slow machine explains is noted, and one more of the same is a fault", () => {
    const result = {
      rows: [],
      violations: [{ kind: "too-often" }],
      windows: [{ most: 21, allowed: 20 }],
      faults: ["提醒 2 次：a", "提醒 2 次：b", "提醒 0 次：c"],
      outcomes: [{ lane: "wecom:webhook", outcome: "doubt", count: 1 }],
    };
    const others = ["提醒 0 次：c", '违规：{"kind":"too-often"}', "窗口超过：21/20"];
    expect(faultsOf(result)).toEqual(["提醒 2 次：b", ...others]);
    expect(faultsOf({ ...result, outcomes: [] })).toEqual(["提醒 2 次：a", "提醒 2 次：b", ...others]);
  });

  it("a window that slides, in each chat or over all of them", () => {
    const shown = [0, 30_000, 59_999, 60_000].map((at) => line("", at));
    const bound = { from: "bot", per: "chat", most: 3, spanMs: 60_000 } as const;
    expect(busiest(shown, bound)).toBe(3);
    const elsewhere = shown.map((each) => ({ ...each, chat: "elsewhere" }));
    expect(busiest([...shown, ...elsewhere], bound)).toBe(3);
    const merged = [...shown, ...elsewhere].sort((a, b) => a.at - b.at);
    expect(busiest(merged, { ...bound, per: "all" })).toBe(6);
    expect(busiest(shown, { ...bound, from: "webhook" })).toBe(0);
  });
});
