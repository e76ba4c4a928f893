import { describe, expect, it } from "vitest";
import { WAYS } from "../../lanes/samples.ts";
import { given, MINUTE, NOW, reading, setting, stepped } from "../scene-given.ts";

const at = (text: string) => Date.parse(`${text}+08:00`);
const accepted = (over = {}) => given("017", ["matched", "accepted"], over);
const DUE = at("2026-12-07T18:00:00");

describe("a light", () => {
  it.each([
    ["blue", null, "2026-12-07T17:00:00", ["staff:h02 blue"]],
    [
      "yellow",
      "blue",
      "2026-12-07T18:00:00",
      ["staff:h02 yellow", "staff:chief yellow", "asker:wecom:wang.min@wecom:wrGROUP01 yellow"],
    ],
    [
      "red",
      "yellow",
      "2026-12-08T18:00:00",
      ["staff:chief red", "leaders red", "asker:wecom:wang.min@wecom:wrGROUP01 red"],
    ],
  ] as const)("%s: comes at its time, and is put into whose boxes the station says", (light, before, time, boxes) => {
    const stored = accepted({ light: before, broken: before === "yellow" ? 1 : 0 });
    expect(reading(stepped(setting(), stored, at(time) - 1)).events).toEqual([]);
    const { events, ticket, reminded, told } = reading(stepped(setting(), stored, at(time)));
    expect(events).toEqual(["light"]);
    expect(ticket?.light).toBe(light);
    expect(reminded).toEqual(boxes);
    expect(told).toEqual([]);
  });

  it("red is told to whoever asked only where they were given a new time with the yellow one", () => {
    const here = setting();
    const yellow = { ...here.station.ladder.yellow, tell: ["owner", "chief"] as const };
    const quiet = { ...here, station: { ...here.station, ladder: { ...here.station.ladder, yellow } } };
    const { reminded } = reading(stepped(quiet, accepted({ light: "yellow", broken: 1 }), DUE + 24 * 60 * MINUTE));
    expect(reminded).toEqual(["staff:chief red", "leaders red"]);
  });

  it("yellow of a second promise is red at once", () => {
    const { ticket } = given("017", ["matched", "accepted", { event: "light", light: "blue" }]);
    const again = accepted({ ...ticket, light: "blue", broken: 1 });
    const { events, ticket: after, reminded } = reading(stepped(setting(), again, DUE));
    expect(events).toEqual(["light", "light"]);
    expect(after).toMatchObject({ light: "red", broken: 2 });
    expect(reminded).toContain("leaders red");
  });

  it("after a downtime all that were due come in their order, in one commit", () => {
    const { decision } = reading(stepped(setting(), accepted(), at("2026-12-09T10:00:00")));
    const lit = decision.changes[0]?.events.map((event) => (event.event === "light" ? event.light : event.event));
    expect(lit).toEqual(["blue", "yellow", "red"]);
  });

  it("is put off to the morning by night, the chief's red alone is not", () => {
    const night = at("2026-12-08T21:30:00");
    const { decision } = reading(stepped(setting(), accepted(), night));
    const times = new Map(decision.notices.map(({ box, kind, at: when }) => [`${box} ${kind}`, when]));
    expect(times.get("staff:chief red")).toBe(night);
    expect(times.get("staff:chief yellow")).toBe(at("2026-12-09T08:30:00"));
    expect(times.get("leaders red")).toBe(at("2026-12-09T08:30:00"));
  });

  it("apologises to no helper for what she wrote down for a company without a group", () => {
    const here = { ...setting(), platforms: new Map([["wecom", { ways: { ...WAYS }, robot: "小帮手" }]] as const) };
    const own = accepted({ asker: "h02", recorder: "h02", conversation: "wecom:@sun.san", light: "blue" });
    expect(reading(stepped(here, own, DUE)).reminded).toEqual(["staff:h02 yellow", "staff:chief yellow"]);
  });

  it("goes to whoever stands in for a helper who is away", () => {
    const { station } = setting();
    const leave = { from: "2026-12-07", to: "2026-12-08", deputy: "h03" };
    const people = station.people.map((person) => (person.id === "h02" ? { ...person, away: [leave] } : person));
    const away = { ...station, people, personById: (id: string) => people.find((person) => person.id === id) ?? null };
    const { reminded } = reading(stepped({ ...setting(), station: away }, accepted(), DUE - 60 * MINUTE));
    expect(reminded).toEqual(["staff:h03 blue"]);
  });

  it("comes when the station says, to whom the station says", () => {
    const here = setting();
    const ladder = { ...here.station.ladder, blue: { before: 120, tell: ["chief", "asker"] as const } };
    const own = { ...here, station: { ...here.station, ladder } };
    const { reminded } = reading(stepped(own, accepted(), at("2026-12-07T16:00:00")));
    expect(reminded).toEqual(["staff:chief blue", "asker:wecom:wang.min@wecom:wrGROUP01 blue"]);
  });

  it("a longer promise begins without one; a longer one after a broken one is red when it is past", () => {
    const { ticket } = given("017", ["matched", "accepted", "light", "extended"]);
    expect(ticket).toMatchObject({ light: null, broken: 1 });
    const late = { ticket: { ...ticket, light: "blue" as const }, version: "1" };
    expect(reading(stepped(setting(), late, ticket.due)).ticket?.light).toBe("red");
  });

  it("merged and taken out again keeps the light it had", () => {
    const { ticket } = given("017", ["matched", "accepted", "light", "merged", "unmerged"]);
    expect(ticket.light).toBe("yellow");
    expect(given("017", ["matched", "accepted", "light", "merged"]).ticket.light).toBeNull();
  });

  it("is none while it waits for the asker, and none of what is over", () => {
    expect(reading(stepped(setting(), given("017", ["matched", "accepted", "paused"]), DUE)).reminded).toEqual([]);
    expect(reading(stepped(setting(), given("017", ["matched", "withdrawn"]), DUE)).reminded).toEqual([]);
    expect(NOW).toBeLessThan(DUE);
  });
});

describe("what only a clock has started", () => {
  it("speaks to nobody by night: the desk was down when it was due", () => {
    const night = at("2026-12-07T22:00:00");
    expect(reading(stepped(setting(), given("017", [], { light: "red" }), night)).told).toEqual([]);
    expect(reading(stepped(setting(), given("017", [], { light: "red" }), at("2026-12-08T08:30:00"))).told).not.toEqual(
      [],
    );
  });
});
