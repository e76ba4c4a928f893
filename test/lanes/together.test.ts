/** Calls of one turn of the event loop become one. */
import { expect, test } from "vitest";
import { together } from "../../src/lanes/together.ts";

test("what is asked in one turn is sent as one, and each gets its own answer", async () => {
  const sent: string[][] = [];
  const ask = together<string, string>(2, async (items) => {
    sent.push([...items]);
    return items.map((item) => item.toUpperCase());
  });
  expect(await Promise.all(["a", "b", "c"].map(ask))).toEqual(["A", "B", "C"]);
  expect(await ask("d")).toBe("D");
  expect(sent).toEqual([["a", "b"], ["c"], ["d"]]);
});

test("one that cannot be taken does not take the others with it", async () => {
  const ask = together<string, string>(9, async (items) => {
    if (items.includes("bad")) throw new Error("WRONGTYPE");
    return items;
  });
  const results = await Promise.allSettled(["a", "bad", "b"].map(ask));
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});

test("with Redis away all of them hear so, and nothing is asked again", async () => {
  let asked = 0;
  const ask = together<string, string>(9, async () => {
    asked++;
    throw new Error("Connection is closed.");
  });
  const results = await Promise.allSettled(["a", "b"].map(ask));
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(asked).toBe(1);
});
