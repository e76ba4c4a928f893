/** A helper without an account where the ticket lives (desk-practice 6): named in the group, told where they can be reached. */
import { describe, expect, it } from "vitest";
import type { PlatformName } from "../../../src/chat/message.ts";
import { textOn } from "../../../src/chat/outgoing.ts";
import { address, type Platforms } from "../../../src/desk/lines/addressing.ts";
import { sayBox } from "../../../src/desk/reminding/say-box.ts";
import { openStation, type Station } from "../../../src/station/station.ts";
import { able, WAYS } from "../../lanes/samples.ts";
import { given, isItem, MINUTE, NOW, said, setting, station } from "../scene-given.ts";

const PERSON = able({ lane: "person", mentions: true, dedupes: true, buttons: true });
const BOTH: Platforms = new Map<PlatformName, { ways: object; robot: string }>([
  [
    "dingtalk",
    { ways: { answer: able({ mentions: true }), webhook: WAYS.webhook, person: PERSON }, robot: "帮办助手" },
  ],
  ["wecom", { ways: { answer: WAYS.answer, webhook: WAYS.webhook, person: PERSON }, robot: "小帮手" }],
]);
const WITHOUT_APP: Platforms = new Map([
  ...BOTH,
  ["wecom", { ways: { answer: WAYS.answer, webhook: WAYS.webhook }, robot: "小帮手" }],
]);
const GROUP = "dingtalk:webhook:own";

/** Helpers of `nan` on WeCom alone, but for `also`; a company's group on DingTalk. */
function onWecomOnly(...also: string[]): Station {
  const { points, people, groups } = station;
  const own = { platform: "dingtalk", kind: "service", enterprise: "恒通汽配有限公司", point: "nan" } as const;
  return openStation({
    ...station,
    points: [...points],
    people: people.map((person) => {
      const { dingtalk: _, ...accounts } = person.accounts;
      return person.role !== "helper" || also.includes(person.id) ? person : { ...person, accounts };
    }),
    groups: [...groups, { ...own, chat: "own", channel: GROUP }],
    webhooks: new Map(),
  });
}

function asked(at: Station, platforms = BOTH) {
  const scene = { station: at, platforms, platform: "dingtalk", chat: "own", by: "user-9001" } as const;
  const { decision, ticket } = said("借会议室", { ...scene, means: { 借会议室: isItem("venue") } });
  const origin = { ...setting(), station: at, platforms, message: null };
  const lines = decision.lines
    .filter(({ audience }) => audience.kind !== "answer")
    .map((line) => address(line, origin));
  return { owner: ticket?.owner, lines };
}

describe("an order to a helper who has only WeCom, for a company's group on DingTalk", () => {
  it("names them in the group, where nobody can be mentioned, and goes to them one-to-one", () => {
    const { owner, lines } = asked(onWecomOnly());
    expect(owner).toBe("h02");
    const [inGroup, alone, ...others] = lines;
    expect(others).toEqual([]);
    expect(inGroup?.ways[0]).toMatchObject({ kind: "webhook", channel: GROUP, mention: [] });
    expect(inGroup?.text).toMatch(/^【#.* 待接单】活动场地协调[\s\S]*\n致：帮办员丙$/);
    expect(alone?.ways.map(({ channel }) => channel)).toEqual(["wecom:person:wecom:@sun.san", helpersChannel]);
    expect(alone?.text).not.toContain("致：");
    expect(alone?.buttons).toHaveLength(2);
  });

  it("goes to the helpers' group where they have an account, if nobody can be spoken to one-to-one", () => {
    const [, among] = asked(onWecomOnly(), WITHOUT_APP).lines;
    expect(among?.ways).toEqual([{ kind: "webhook", channel: helpersChannel, mention: ["sun.san"] }]);
    const [way] = among?.ways ?? [];
    expect(way && among && textOn(among, way)).not.toContain("致：");
  });

  it("is one line in the group, with a mention, where they have an account there too", () => {
    const { lines } = asked(onWecomOnly("h02", "h03"));
    expect(lines).toHaveLength(1);
    expect(lines[0]?.ways[0]).toMatchObject({ channel: GROUP, mention: ["user-1012"] });
    expect(lines[0]?.text).not.toContain("致：");
  });

  it("and one of the same point who has an account there is sent for first", () => {
    expect(asked(onWecomOnly("h03")).owner).toBe("h03");
  });

  it("what the clock says about it goes to them alone", () => {
    const at = onWecomOnly();
    const over = { platform: "dingtalk", conversation: "dingtalk:own", asker: "dingtalk:user-9001" } as const;
    const stored = given("017", ["matched", "accepted"], { ...over, light: "blue", due: NOW + 30 * MINUTE });
    const box = {
      name: "staff:h02",
      version: "",
      sent: 0,
      summoned: 0,
      morning: false,
      waiting: [{ field: "T017:blue", kind: "blue", why: "", stored } as const],
    };
    const { lines } = sayBox({ ...setting(), station: at, platforms: BOTH }, box, { own: [], standIn: [] }, NOW);
    expect(lines.map(({ audience }) => audience)).toEqual([{ kind: "staff", person: "h02", ticket: null }]);
  });
});

const helpersChannel = station.group("wecom", "wrHELPERS")?.channel ?? "none";
