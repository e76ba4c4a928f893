import exceljs from "exceljs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { figuresOf } from "../../src/digest/figures.ts";
import { nameLists } from "../../src/digest/names.ts";
import { readStation } from "../../src/station/station-file.ts";
import { readIntents } from "../../src/understanding/intents.ts";
import { type LedgerDeps, ledgerRoutes } from "../../src/web/ledger.ts";
import { at, livesOf, TOWN, working, write } from "../digest/given.ts";
import { openTestRedis } from "../doubles/redis.ts";
import { BEARER, serve, TOKEN } from "./web-given.ts";

const NOW = at("2026-11-25T08:00");
const store = openTestRedis();
const station = readStation("test/doubles/station.yaml", { WEBHOOK_BASE: "https://x" });
const names = nameLists(station, readIntents("./intents"));
const points = station.points.map(({ id }) => id);
const holidays = { rest: [], work: [] };
const deps: LedgerDeps = {
  token: TOKEN,
  now: () => NOW,
  assignment: () => ({
    address: { socket: store.path },
    tag: store.tag,
    points,
    names,
    holidays,
    hours: working.hours,
    ladder: working.ladder,
  }),
};
/** Threads take their time on a machine that is busy. */
const PATIENCE = { timeout: 30_000, interval: 20 };
let web: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  for (const given of TOWN) await write(store, given);
  web = await serve(ledgerRoutes(deps));
});
afterAll(async () => {
  await web.close();
  await store.close();
});

async function bookOf(query: string): Promise<{ numbers: unknown[]; summary: Map<unknown, unknown>; text: string }> {
  const answer = await web.get(`/tickets.xlsx${query}`, BEARER);
  expect(answer.status).toBe(200);
  const book = new exceljs.Workbook();
  await book.xlsx.load(await answer.arrayBuffer());
  const [ledger, figures] = book.worksheets;
  const numbers = (ledger?.getColumn(1).values ?? []).slice(2);
  const summary = new Map<unknown, unknown>();
  figures?.eachRow((row) => {
    if (!summary.has(row.getCell(1).value)) summary.set(row.getCell(1).value, row.getCell(2).value);
  });
  return { numbers, summary, text: JSON.stringify(ledger?.getSheetValues()) };
}

describe("GET /tickets.xlsx", () => {
  it("asks for the token, and says nothing to anybody else", async () => {
    for (const headers of [{}, { authorization: "Bearer wrong" }]) {
      const answer = await web.get("/tickets.xlsx", headers as Record<string, string>);
      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="bangban"');
      expect(answer.headers.get("content-disposition")).toBeNull();
    }
  });

  it("is a workbook to be saved under a Chinese name, which nobody keeps", async () => {
    const answer = await web.get("/tickets.xlsx?from=2026-11-20&to=2026-11-23", BEARER);
    expect(answer.headers.get("content-type")).toBe(
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    );
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("content-disposition")).toBe(
      `attachment; filename="ledger-2026-11-20-2026-11-23.xlsx"; filename*=UTF-8''${encodeURIComponent("台账 2026-11-20 至 2026-11-23.xlsx")}`,
    );
    expect(
      Buffer.from(await answer.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe("PK");
  });

  it("has the tickets of the period, masked, and on its second sheet the digest's figures", async () => {
    const { numbers, summary, text } = await bookOf("?from=2026-11-23&to=2026-11-23");
    expect(numbers).toEqual(["20261123-001", "20261123-002", "20261123-003", "20261123-004"]);
    const { total } = figuresOf(livesOf(TOWN), { kind: null, from: "2026-11-23", to: "2026-11-23" }, NOW);
    expect(summary.get("上期结转")).toBe(total.carried);
    expect(summary.get("期末在办")).toBe(total.open);
    expect(text).toContain("138****5678");
    expect(text).not.toContain("13812345678");
  });

  it("without dates is of this month so far, and may be of one point", async () => {
    expect((await bookOf("")).summary.get("期间")).toBe("2026年11月1日—25日");
    expect((await bookOf("?to=2026-10-31")).summary.get("期间")).toBe("2026年10月1日—31日");
    expect((await bookOf("?from=2026-11-24")).summary.get("期间")).toBe("2026年11月24日—25日");
    const { numbers, summary } = await bookOf("?point=liyuan");
    expect(numbers).toEqual(["20261120-001"]);
    expect(summary.get("受理")).toBe(1);
  });

  it.each([
    ["?from=2026-02-30", "from 应为 2026-11-23 这样的真实日期"],
    ["?from=2026-11-23&to=2026-11-22", "from 不能晚于 to"],
    ["?to=heute", "to 应为"],
    ["?point=nowhere", "没有这个服务点"],
  ])("refuses %s", async (query, said) => {
    const answer = await web.get(`/tickets.xlsx${query}`, BEARER);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(said);
    expect(answer.headers.get("content-disposition")).toBeNull();
  });

  it("makes no file for HEAD", async () => {
    const answer = await fetch(`http://127.0.0.1:${web.port}/tickets.xlsx`, { method: "HEAD", headers: BEARER });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-disposition")).toContain("ledger-2026-11-01-2026-11-25.xlsx");
  });

  it("answers that Redis is away, where it is", async () => {
    const assignment = () => ({ ...deps.assignment(), address: { socket: "/nowhere.sock" } });
    const away = await serve(ledgerRoutes({ ...deps, assignment }));
    const answer = await away.get("/tickets.xlsx", BEARER);
    expect(answer.status).toBe(503);
    expect(answer.headers.get("content-disposition")).toBeNull();
    await away.close();
  });

  it("makes two at once and asks the third to come back; who leaves makes room", async () => {
    const leaving = [new AbortController(), new AbortController()];
    const first = leaving.map(({ signal }) =>
      fetch(`http://127.0.0.1:${web.port}/tickets.xlsx`, { headers: BEARER, signal }).catch(() => null),
    );
    const full = await vi.waitUntil(async () => {
      const answer = await web.get("/tickets.xlsx", BEARER);
      await answer.arrayBuffer();
      return answer.status === 503 ? answer : null;
    }, PATIENCE);
    expect(full.headers.get("retry-after")).toBe("10");
    for (const each of leaving) each.abort();
    await Promise.all(first);
    await vi.waitUntil(async () => {
      const answer = await web.get("/tickets.xlsx", BEARER);
      await answer.arrayBuffer();
      return answer.status === 200;
    }, PATIENCE);
  });
});
