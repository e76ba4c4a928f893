import { describe, expect, it } from "vitest";
import type { Message, PlatformName } from "../../../src/chat/message.ts";
import { textOn, type Ways } from "../../../src/chat/outgoing.ts";
import type { Line } from "../../../src/desk/decision.ts";
import { address, type Platforms } from "../../../src/desk/lines/addressing.ts";
import { openStation, type Station } from "../../../src/station/station.ts";
import { ROBOT } from "../../../src/words/robot.ts";
import { able, WAYS } from "../../lanes/samples.ts";
import { given, onWecom, sceneOf, station } from "../scene-given.ts";

const channelOf = (chat: string) => station.group("wecom", chat)?.channel ?? "none";
const GROUP01 = { kind: "webhook", channel: channelOf("wrGROUP01"), mention: [] };
const HELPERS = { kind: "webhook", channel: channelOf("wrHELPERS"), mention: [] };
const { ticket } = given("017", ["matched"]);
const inSingle = { ...ticket, conversation: "wecom:@wang.min" };
const inUnlisted = { ...ticket, conversation: "wecom:wrUNLISTED" };

const HANDLE = { kind: "address", url: "https://x/cgi-bin/aibot/response?response_code=1", expires: 9 } as const;
const IN_THREAD = { kind: "request", request: "srv-9", expires: 9 } as const;
const message: Message = { ...sceneOf("借会议室").message, answer: HANDLE };

const PERSON = able({ lane: "person", mentions: true, dedupes: true, buttons: true });
const SESSION = able({ mentions: true });
/** Each way of setting a platform up, by what it can do. */
const on = (ways: Ways, platform: PlatformName = "wecom"): Platforms =>
  new Map([[platform, { ways, robot: "小帮手" }]]);
const BY_SOCKET = on({ thread: WAYS.thread, push: WAYS.push, webhook: WAYS.webhook });
const WITH_APP = on({ answer: WAYS.answer, webhook: WAYS.webhook, person: PERSON });
const DINGTALK: Ways = { answer: SESSION, webhook: WAYS.webhook, push: able({ lane: "push" }), person: PERSON };

interface From {
  readonly station?: Station;
  readonly message?: Message;
  readonly platforms?: Platforms;
}
const origin = (from: From = {}) => ({ station, message, platforms: onWecom, newId: () => "R1", ...from });
const line = (audience: Line["audience"], text = "…"): Line => ({ audience, text, about: ticket.number });
const waysOf = (audience: Line["audience"], from: From = {}) => address(line(audience), origin(from)).ways;
const kindsOf = (audience: Line["audience"], from: From = {}) => waysOf(audience, from).map(({ kind }) => kind);
const toOwner = (of = ticket) => ({ kind: "group" as const, ticket: of, mention: ["h02"] });
const toAsker = (of = ticket) => ({ kind: "group" as const, ticket: of, mention: ["wecom:wang.min"] });
const toChief = { kind: "staff" as const, person: "chief", ticket };
const ANSWER = { kind: "answer" as const };

const withoutGroups = (kind: string): Station =>
  openStation({ ...station, webhooks: new Map(), groups: station.groups.filter((group) => group.kind !== kind) });

describe("by callbacks alone", () => {
  it("an answer: the thread, then the same group's webhook, mentioning nobody", () => {
    const { url, expires } = HANDLE;
    const inThread = { kind: "answer", channel: "wecom:answer:wecom:wrGROUP01", url, expires, mention: [] };
    expect(waysOf(ANSWER)).toEqual([inThread, GROUP01]);
  });
  it("an answer whose handle is missing: the group's webhook", () => {
    expect(waysOf(ANSWER, { message: { ...message, answer: null } })).toEqual([GROUP01]);
  });
  it("an answer in a single chat or an unlisted group: the thread alone", () => {
    for (const chat of [null, "wrUNLISTED"])
      expect(kindsOf(ANSWER, { message: { ...message, chat } })).toEqual(["answer"]);
  });
  it("to the owner: the ticket's group with a mention, then the helpers", () => {
    expect(waysOf(toOwner())).toEqual([
      { ...GROUP01, mention: ["sun.san"] },
      { ...HELPERS, mention: ["sun.san"] },
    ]);
  });
  it("to the owner of a ticket from a single chat or an unlisted group: the helpers", () => {
    for (const of of [inSingle, inUnlisted])
      expect(waysOf(toOwner(of))).toEqual([{ ...HELPERS, mention: ["sun.san"] }]);
  });
  it("to the asker: the ticket's group, nowhere else", () => {
    expect(waysOf(toAsker())).toEqual([{ ...GROUP01, mention: ["wang.min"] }]);
    expect(waysOf(toAsker(inSingle))).toEqual([]);
  });
  it("among helpers: their group alone, never a company's, also where there is none", () => {
    const among = { kind: "helpers" as const, mention: ["h02"] };
    expect(waysOf(among)).toEqual([{ ...HELPERS, mention: ["sun.san"] }]);
    expect(waysOf(among, { station: withoutGroups("helpers") })).toEqual([]);
  });
  it("to the chief: the helpers; the ticket's group only if there are none", () => {
    expect(waysOf(toChief)).toEqual([{ ...HELPERS, mention: ["zhao.yi"] }]);
    expect(waysOf(toChief, { station: withoutGroups("helpers") })).toEqual([{ ...GROUP01, mention: ["zhao.yi"] }]);
    expect(waysOf({ ...toChief, ticket: null }, { station: withoutGroups("helpers") })).toEqual([]);
  });
  it("on a platform that is off: none", () => {
    expect(waysOf(toOwner(), { platforms: on({ answer: SESSION, webhook: WAYS.webhook }, "dingtalk") })).toEqual([]);
  });
});

describe("over WeCom's socket", () => {
  const heard = { ...message, answer: IN_THREAD };

  it("an answer: under its request, then whatever reaches the group; both ways of the socket are one lane", () => {
    const [first, ...others] = waysOf(ANSWER, { platforms: BY_SOCKET, message: heard });
    expect(first).toMatchObject({ kind: "thread", channel: "wecom:socket:wecom:wrGROUP01", request: "srv-9" });
    expect(others.map(({ kind, channel }) => [kind, channel])).toEqual([
      ["webhook", GROUP01.channel],
      ["push", "wecom:socket:wecom:wrGROUP01"],
    ]);
  });
  it("a mention: by the webhook, which rings; without one the name is written", () => {
    expect(kindsOf(toOwner(), { platforms: BY_SOCKET, message: heard }).slice(0, 2)).toEqual(["webhook", "push"]);
    const [push] = waysOf(toOwner(inUnlisted), { platforms: BY_SOCKET, message: heard });
    expect(push).toMatchObject({
      kind: "push",
      chat: "wrUNLISTED",
      single: false,
      names: [station.personById("h02")?.name],
    });
  });
  it("one-to-one: whoever has spoken to it can be spoken to", () => {
    const single = { ...heard, chat: null };
    expect(waysOf(ANSWER, { platforms: BY_SOCKET, message: single }).at(-1)).toMatchObject({
      kind: "push",
      channel: "wecom:socket:wecom:@wang.min",
      chat: "wang.min",
      single: true,
    });
    expect(kindsOf(toAsker(inSingle), { platforms: BY_SOCKET })).toEqual(["push"]);
  });
});

describe("with one-to-one messages", () => {
  it("to the chief: one-to-one first, then the helpers", () => {
    expect(waysOf(toChief, { platforms: WITH_APP })).toEqual([
      { kind: "person", channel: "wecom:person:wecom:@zhao.yi", account: "zhao.yi" },
      { ...HELPERS, mention: ["zhao.yi"] },
    ]);
  });
  it("owner and asker stay in the ticket's group; one-to-one is for what cannot be said there", () => {
    expect(kindsOf(toOwner(), { platforms: WITH_APP })).toEqual(["webhook", "person", "webhook"]);
    expect(kindsOf(toAsker(), { platforms: WITH_APP })).toEqual(["webhook", "person"]);
  });
  it("to the chief, who has no account on the ticket's platform: by the other one", () => {
    const platforms: Platforms = new Map([...WITH_APP, ...on(DINGTALK, "dingtalk")]);
    const chief = { ...station.chief, accounts: { dingtalk: "user-1001" } };
    const elsewhere = openStation({
      ...station,
      webhooks: new Map(),
      people: station.people.map((person) => (person.id === "chief" ? chief : person)),
    });
    expect(waysOf(toChief, { platforms, station: elsewhere })[0]).toMatchObject({
      channel: "dingtalk:person:dingtalk:@user-1001",
    });
  });
  it("what is to be pressed goes along, and the robot need not be called", () => {
    const text = `请于 10:42 前接单。引用本条并@${ROBOT} 回复：接单 / 办结 结果`;
    const buttons = [{ label: "接单", says: "接单 #1207-017" }];
    const outgoing = address({ ...line(toChief, text), buttons }, origin({ platforms: WITH_APP }));
    expect(outgoing).toMatchObject({ buttons, text: "请于 10:42 前接单。写上编号回复：接单 / 办结 结果" });
  });
});

it("a line that may end one-to-one has words for that too", () => {
  const text = `引用本条并@${ROBOT} 回复：接单`;
  const outgoing = address(line(toOwner(), text), origin({ platforms: WITH_APP }));
  expect(outgoing).toMatchObject({ text: "引用本条并@小帮手 回复：接单", elsewhere: "写上编号回复：接单" });
  const [inGroup, alone] = outgoing.ways;
  expect(inGroup && textOn(outgoing, inGroup)).toBe("引用本条并@小帮手 回复：接单");
  expect(alone && textOn(outgoing, alone)).toBe("写上编号回复：接单");
  expect(address(line(toOwner(), "已办结"), origin({ platforms: WITH_APP }))).not.toHaveProperty("elsewhere");
});

describe("on DingTalk", () => {
  const platforms = on(DINGTALK, "dingtalk");
  const conversation = "dingtalk:cid1==";
  const url = "https://oapi/robot/sendBySession?session=1";
  const heard: Message = { ...message, platform: "dingtalk", chat: "cid1==", answer: { ...HANDLE, url } };
  const there = { ...ticket, platform: "dingtalk" as const, conversation, asker: "dingtalk:user-9" };

  it("the session carries the answer and the mention, one after the other", () => {
    const channel = `dingtalk:answer:${conversation}`;
    expect(waysOf(ANSWER, { platforms, message: heard })[0]).toMatchObject({ channel, url, mention: [] });
    const toAskerThere = { kind: "group" as const, ticket: there, mention: ["dingtalk:user-9"] };
    expect(waysOf(toAskerThere, { platforms, message: heard })[0]).toMatchObject({ channel, url, mention: ["user-9"] });
  });
  it("a session of another conversation carries nothing", () => {
    const elsewhere = { ...heard, chat: "cid2==" };
    const toAskerThere = { kind: "group" as const, ticket: there, mention: ["dingtalk:user-9"] };
    expect(kindsOf(toAskerThere, { platforms, message: elsewhere })).toEqual(["push", "person"]);
  });
});

it("whatever it says about one company's ticket, never another company's group", () => {
  for (const audience of [toOwner(), toAsker(), toChief, toOwner(inSingle), toOwner(inUnlisted)]) {
    for (const { channel } of waysOf(audience)) expect([GROUP01.channel, HELPERS.channel]).toContain(channel);
  }
});

it("carries the number that is shown, whether it rings, and how the robot is called there", () => {
  expect(address(line(toOwner()), origin())).toMatchObject({
    about: "#1207-017",
    pings: true,
    to: ticket.conversation,
  });
  expect(address(line(ANSWER, `请@${ROBOT} 再说一次`), origin())).toMatchObject({
    pings: false,
    to: "wecom:wrGROUP01",
    text: "请@小帮手 再说一次",
  });
});
