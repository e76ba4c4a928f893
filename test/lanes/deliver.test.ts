/** What a failed delivery says about its message. */
import { expect, test, vi } from "vitest";
import { openDeliver } from "../../src/lanes/deliver.ts";
import type { Taken } from "../../src/lanes/inbox.ts";
import { aMessage } from "./samples.ts";

const taken = (id: string, deliveries = 1): Taken => ({
  conversation: `wecom:${id}`,
  token: "1",
  deliveries,
  uid: `wecom:${id}`,
  received: 0,
  message: aMessage(id),
});

function bench(handle: (taken: Taken) => Promise<void>, away = 0) {
  const back: [string, boolean][] = [];
  const logged: object[] = [];
  let refusals = away;
  const deliver = openDeliver({
    inbox: {
      async putBack({ uid }, _pause, innocent) {
        if (refusals-- > 0) throw new Error("Connection is closed.");
        back.push([uid, innocent]);
      },
    },
    handle,
    onWaiting() {},
    log: { error: (details) => void logged.push(details) },
  });
  return { back, logged, deliver };
}

test("a message that fails by itself is counted and logged, without what it says", async () => {
  const { back, logged, deliver } = bench(() => Promise.reject(new Error("a bug")));
  await deliver(taken("a"));
  expect(back).toEqual([["wecom:a", false]]);
  expect(logged).toMatchObject([{ uid: "wecom:a", deliveries: 1 }]);
});

test("Redis being away is not its fault", async () => {
  const { back, logged, deliver } = bench(() => Promise.reject(new Error("OOM command not allowed")));
  await deliver(taken("a"));
  expect(back).toEqual([["wecom:a", true]]);
  expect(logged).toEqual([]);
});

test("and that is said once Redis is back, however long it takes", async () => {
  const { back, deliver } = bench(() => Promise.reject(new Error("Connection is closed.")), 3);
  await deliver(taken("a"));
  expect(back).toEqual([]);
  await vi.waitFor(() => expect(back).toEqual([["wecom:a", true]]), 15_000);
});

test("those that come again are handled one by one, and the others are not counted", async () => {
  let finish = () => {};
  const handled: string[] = [];
  const { back, deliver } = bench(async ({ uid }) => {
    handled.push(uid);
    await new Promise<void>((resolve) => (finish = resolve));
  });
  const first = deliver(taken("a", 2));
  await deliver(taken("b", 2));
  expect(handled).toEqual(["wecom:a"]);
  expect(back).toEqual([["wecom:b", true]]);
  finish();
  await first;
  const second = deliver(taken("b", 2));
  expect(handled).toEqual(["wecom:a", "wecom:b"]);
  finish();
  await second;
});
