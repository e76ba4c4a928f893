import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Message } from "../../../src/chat/message.ts";
import { openAppApi } from "../../../src/platforms/wecom/app/api.ts";
import { openUserIds } from "../../../src/platforms/wecom/app/user-ids.ts";
import type { HeardMessage } from "../../../src/platforms/wecom/heard.ts";
import { openIntake, type UserIdOf } from "../../../src/platforms/wecom/intake.ts";
import { type AppServer, type Call, CONVERT_PATH, openAppServer } from "./app/server.ts";
import { until } from "./until.ts";

const OPEN_ID = "woAJ2GCAAAXtWyujaWJHDDGi0mACH71w";
const OTHER_ID = "woAJ2GCAAAXtWyujaWJHDDGi0mAC-_99";

let server: AppServer;
let accepted: string[];
let kept: Map<string, string>;
let warnings: object[];
let clock: number;

beforeEach(async () => {
  server = await openAppServer();
  accepted = [];
  kept = new Map();
  warnings = [];
  clock = 1_000_000;
  server.answers.set(CONVERT_PATH, converted);
});
afterEach(() => server.close());

function asked(call: Call): readonly string[] {
  return (call.body as { open_userid_list: string[] }).open_userid_list;
}
function converted(call: Call): object {
  return {
    errcode: 0,
    userid_list: asked(call).map((open_userid) => ({ open_userid, userid: open_userid === OPEN_ID ? "Li.Na" : "Sun" })),
    invalid_open_userid_list: [],
  };
}
function userIds(timeoutMs = 300): UserIdOf {
  const api = openAppApi({ corpId: "ww1", secret: "s3cret", apiBase: server.base, now: Date.now, timeoutMs: 2000 });
  return openUserIds({
    api,
    openIds: { get: async (id) => kept.get(id) ?? null, put: async (id, user) => void kept.set(id, user) },
    now: () => clock,
    log: { info() {}, warn: (details) => void warnings.push(details), error() {} },
    timeoutMs,
  });
}
const heard = (id: string, sender = OPEN_ID, chat: string | null = "wr1"): HeardMessage => ({
  kind: "message",
  sender,
  warning: null,
  message: {
    platform: "wecom",
    id,
    chat,
    by: sender.toLowerCase(),
    outsider: false,
    text: "借场地",
    quote: null,
    quotes: [],
    knownAs: null,
    attachments: [],
    answer: null,
  },
});
const accept = async ({ id, by }: Message) => accepted.push(`${id} ${by}`);

describe("a sender", () => {
  test("with an encrypted id is known by the plain one, asked for once and kept", async () => {
    const intake = openIntake(accept, userIds());
    await intake(heard("m1"));
    await intake(heard("m2"));
    expect(accepted).toEqual(["m1 li.na", "m2 li.na"]);
    expect(server.of(CONVERT_PATH).map(asked)).toEqual([[OPEN_ID]]);
    expect(kept).toEqual(new Map([[OPEN_ID, "Li.Na"]]));
    expect(warnings).toEqual([]);
  });

  test.each(["zhao.min", "woody", "WOAJ2GCAAAXtWyujaWJHDDGi0mACH71w", `${OPEN_ID}!`, "woman.with.a.long.name.of.all"])(
    "with a plain id is not asked for: %s",
    async (sender) => {
      await openIntake(accept, userIds())(heard("m1", sender));
      expect(accepted).toEqual([`m1 ${sender.toLowerCase()}`]);
      expect(server.calls).toEqual([]);
    },
  );

  test("who says several things at once is asked for once", async () => {
    const intake = openIntake(accept, userIds());
    await Promise.all(["m1", "m2", "m3"].map((id) => intake(heard(id))));
    expect(server.of(CONVERT_PATH)).toHaveLength(1);
  });

  test("whom WeCom does not know keeps the id that came, is not asked for again for a while, and warned of once", async () => {
    const unknown = { errcode: 0, userid_list: [], invalid_open_userid_list: [OPEN_ID] };
    server.answers.set(CONVERT_PATH, () => unknown);
    const intake = openIntake(accept, userIds());
    await intake(heard("m1"));
    await intake(heard("m2"));
    expect(accepted).toEqual([`m1 ${OPEN_ID.toLowerCase()}`, `m2 ${OPEN_ID.toLowerCase()}`]);
    expect(server.of(CONVERT_PATH)).toHaveLength(1);
    expect(warnings).toHaveLength(1);
    clock += 10 * 60_000;
    server.answers.set(CONVERT_PATH, converted);
    await intake(heard("m3"));
    expect(accepted.at(-1)).toBe("m3 li.na");
  });

  test.each([
    ["WeCom refuses", () => ({ errcode: 60020, errmsg: "not allow, hint: [1]" })],
    ["WeCom is broken", () => 500],
    ["WeCom answers something else", () => ({ errcode: 0, userid_list: "?" })],
    ["WeCom does not answer", () => null],
  ])("is taken with the id that came where %s", async (_, answer) => {
    server.answers.set(CONVERT_PATH, answer);
    const intake = openIntake(accept, userIds());
    const from = performance.now();
    await intake(heard("m1"));
    expect(performance.now() - from).toBeLessThan(5000);
    expect(accepted).toEqual([`m1 ${OPEN_ID.toLowerCase()}`]);
    expect(warnings).toHaveLength(1);
    expect(JSON.stringify(warnings)).not.toMatch(/s3cret|token-/);
    expect(kept.size).toBe(0);
  });

  test("is asked for where what is kept is away", async () => {
    const api = openAppApi({ corpId: "w", secret: "s3cret", apiBase: server.base, now: Date.now, timeoutMs: 2000 });
    const away = () => Promise.reject(new Error("Connection is closed."));
    const log = { info() {}, warn: (details: object) => void warnings.push(details), error() {} };
    const intake = openIntake(accept, openUserIds({ api, openIds: { get: away, put: away }, now: () => clock, log }));
    await intake(heard("m1"));
    expect(accepted).toEqual(["m1 li.na"]);
  });
});

describe("the order of a conversation", () => {
  test("is kept: what comes later waits for whom is being asked for, other conversations do not", async () => {
    const waiting = new Map<string, (userId: string) => void>();
    const intake = openIntake(accept, (sender) =>
      sender.startsWith("wo") ? new Promise((resolve) => waiting.set(sender, resolve)) : null,
    );
    const all = [heard("m1"), heard("m2", OTHER_ID), heard("m3", "zhao.min"), heard("n1", "zhao.min", "wr2")].map(
      intake,
    );
    await until(() => accepted.length === 1);
    expect(accepted).toEqual(["n1 zhao.min"]);
    waiting.get(OTHER_ID)?.("sun");
    await new Promise((resolve) => setImmediate(resolve));
    expect(accepted).toEqual(["n1 zhao.min"]);
    waiting.get(OPEN_ID)?.("li.na");
    await Promise.all(all);
    expect(accepted).toEqual(["n1 zhao.min", "m1 li.na", "m2 sun", "m3 zhao.min"]);
    await intake(heard("m4", "zhao.min"));
    expect(accepted.at(-1)).toBe("m4 zhao.min");
  });

  test("one that nobody keeps rejects, and the next is taken", async () => {
    let isAway = true;
    const intake = openIntake(async (message) => {
      if (isAway) throw new Error("away");
      return accept(message);
    }, userIds());
    await expect(intake(heard("m1"))).rejects.toThrow("away");
    isAway = false;
    await intake(heard("m2"));
    expect(accepted).toEqual(["m2 li.na"]);
  });
});
