import { describe, expect, it } from "vitest";
import type { Message } from "../../src/chat/message.ts";
import { address, type Origin } from "../../src/desk/addressing.ts";
import type { Line } from "../../src/desk/decision.ts";
import { openStation, type Station } from "../../src/station/station.ts";
import { given, sceneOf, station } from "./scene-given.ts";

const channelOf = (chat: string) => station.group("wecom", chat)?.channel ?? "none";
const GROUP01 = { kind: "webhook", channel: channelOf("wrGROUP01"), mention: [] };
const HELPERS = { kind: "webhook", channel: channelOf("wrHELPERS"), mention: [] };
const { ticket } = given("017", ["matched"]);
const inSingle = { ...ticket, conversation: "wecom:@wang.min" };
const inUnlisted = { ...ticket, conversation: "wecom:wrUNLISTED" };

const message: Message = {
  ...sceneOf("借会议室").message,
  answer: { url: "https://x/cgi-bin/aibot/response?response_code=1", expires: 9 },
};
const origin = (over: Partial<Origin> = {}): Origin => ({
  station,
  message,
  platforms: new Set(["wecom"]),
  newId: () => "R1",
  ...over,
});
const line = (audience: Line["audience"]): Line => ({ audience, text: "…", about: ticket.number });
const waysOf = (audience: Line["audience"], over: Partial<Origin> = {}) => address(line(audience), origin(over)).ways;
const toOwner = (of = ticket) => ({ kind: "group" as const, ticket: of, mention: ["h02"] });
const toAsker = (of = ticket) => ({ kind: "group" as const, ticket: of, mention: ["wecom:wang.min"] });
const toChief = { kind: "staff" as const, person: "chief", ticket };

const withoutGroups = (kind: string): Station =>
  openStation({ ...station, webhooks: new Map(), groups: station.groups.filter((group) => group.kind !== kind) });

describe("the ways that a line may go", () => {
  it("an answer: the thread, then the same group's webhook, mentioning nobody", () => {
    const ways = waysOf({ kind: "answer" });
    expect(ways).toEqual([{ kind: "answer", channel: "wecom:answer:wecom:wrGROUP01", ...message.answer }, GROUP01]);
  });
  it("an answer whose handle is missing: the group's webhook", () => {
    expect(waysOf({ kind: "answer" }, { message: { ...message, answer: null } })).toEqual([GROUP01]);
  });
  it("an answer in a single chat or an unlisted group: the thread alone", () => {
    for (const chat of [null, "wrUNLISTED"]) {
      expect(waysOf({ kind: "answer" }, { message: { ...message, chat } }).map(({ kind }) => kind)).toEqual(["answer"]);
    }
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
  it("to the chief: the helpers; the ticket's group only if there are none", () => {
    expect(waysOf(toChief)).toEqual([{ ...HELPERS, mention: ["zhao.yi"] }]);
    expect(waysOf(toChief, { station: withoutGroups("helpers") })).toEqual([{ ...GROUP01, mention: ["zhao.yi"] }]);
    expect(waysOf({ ...toChief, ticket: null }, { station: withoutGroups("helpers") })).toEqual([]);
  });
  it("on a platform that is off: none", () => {
    expect(waysOf(toOwner(), { platforms: new Set(["dingtalk"]) })).toEqual([]);
  });
  it("whatever it says about one company's ticket, never another company's group", () => {
    for (const audience of [toOwner(), toAsker(), toChief, toOwner(inSingle), toOwner(inUnlisted)]) {
      for (const { channel } of waysOf(audience)) expect([GROUP01.channel, HELPERS.channel]).toContain(channel);
    }
  });
  it("carries the number that is shown, and whether it rings", () => {
    expect(address(line(toOwner()), origin())).toMatchObject({
      about: "#1207-017",
      pings: true,
      to: ticket.conversation,
    });
    expect(address(line({ kind: "answer" }), origin())).toMatchObject({ pings: false, to: "wecom:wrGROUP01" });
  });
});
