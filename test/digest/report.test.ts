/** Reports as leaders are answered with them, from a real Redis. */
import { afterAll, expect, it } from "vitest";
import { openReport } from "../../src/digest/report.ts";
import { intents, station } from "../desk/scene-given.ts";
import { openTestRedis } from "../doubles/redis.ts";
import { at, calendar, TOWN, write } from "./given.ts";

const town = openTestRedis();
afterAll(() => town.close());
const setting = () => ({ station, calendar, intents });
const NOW = at("2026-11-24T10:00");

it("the letter of the period as far as it has come; a point's own figures, with what is late there", async () => {
  for (const given of TOWN) await write(town, given);
  await write(town, { number: "20261123-090", received: "2026-11-23T09:00", owner: "h03" });
  const report = openReport(town, setting);
  const day = await report({ kind: "day", date: "2026-11-24", point: null }, NOW);
  expect(day).toContain("【帮办日报】段塘街道党务帮办服务站　2026年11月24日（周二）（截至 10:00）");
  const week = await report({ kind: "week", date: "2026-11-24", point: null }, NOW);
  expect(week).toContain("【帮办周报】");
  const point = await report({ kind: "month", date: "2026-11-24", point: "nan" }, NOW);
  expect(point).toMatch(
    /^【片区情况】南社区服务点　2026年11月（截至 11月24日 10:00）\n受理 \d+ 件，办结 \d+ 件，期末在办 \d+ 件。\n按时办结率 /u,
  );
  expect(point).toContain("#1123-090 活动场地协调，恒通汽配有限公司，帮办员辛，应于 11月23日");
  expect(point).not.toContain("丽园");
  expect(await report({ kind: "day", date: "2026-10-01", point: "liyuan" }, NOW)).toBe(
    "【片区情况】丽园商圈服务站　2026年10月1日（周四）\n受理 0 件，办结 0 件，期末在办 0 件。\n按时办结率 —；响应率 —；满意率 —。\n逾期未办结：无。",
  );
});

it("has the sections that the station file wants", async () => {
  const day = { at: 1050, on: "workdays", sections: ["attention"] } as const;
  const own = { ...station, digest: { ...station.digest, day } };
  const text = await openReport(town, () => ({ ...setting(), station: own }))(
    { kind: "day", date: "2026-11-24", point: null },
    NOW,
  );
  expect(text).toContain("一、需关注");
  expect(text).not.toContain("总体情况");
});

it("nobody waits longer than the lease allows: too late is null", async () => {
  expect(await openReport(town, setting, 0)({ kind: "day", date: "2026-11-24", point: null }, NOW)).toBeNull();
});
