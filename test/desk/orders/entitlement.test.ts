import { describe, expect, it } from "vitest";
import { mayDo, relationsTo, TICKET_ACTS, whoMay } from "../../../src/desk/orders/entitlement.ts";
import type { Ticket } from "../../../src/desk/ticket/ticket.ts";
import { given, station } from "../scene-given.ts";

const HENGTONG = "恒通汽配有限公司";
/** Who they are, and what they may do; everything else they may not (desk-practice 6). */
const COMPANY = ["supplement", "urge", "query"];
const GRADE = ["rate-good", "rate-bad", "reopen"];
const OWN = [...COMPANY, "withdraw", "change", ...GRADE];
const HERE = "wecom:wrGROUP01";
const WORK = [
  ...["accept", "progress", "resolve", "query"],
  ...["transfer", "return", "wait", "extend", "assist", "note", "merge", "split"],
];
const DECIDE = ["agree", "refuse"];
const CALL_BACK = ["call-back", "name-caller"];
const TABLE: readonly (readonly [string, string, readonly string[], Partial<Ticket>?, string?])[] = [
  ["the asker", "wecom:wang.min", OWN],
  ["a colleague of the same enterprise", "wecom:xu.da", COMPANY],
  ["the helper who recorded it", "h01", [...OWN, "accept"], { recorder: "h01" }],
  [
    "a colleague, of what a helper recorded for them",
    "wecom:xu.da",
    [...COMPANY, ...GRADE],
    { recorder: "h01", asker: "h01" },
  ],
  [
    "a colleague elsewhere, of what was recorded",
    "wecom:xu.da",
    COMPANY,
    { recorder: "h01", conversation: "wecom:@zheng.qi" },
  ],
  [
    "its owner who recorded it",
    "h02",
    [...COMPANY, "withdraw", "change", "reopen", ...WORK],
    { recorder: "h02", asker: "h02" },
  ],
  ["its owner", "h02", WORK],
  ["another helper of its point", "h03", ["accept", "query"]],
  ["a helper of the main station", "h01", ["accept", "query"]],
  ["a former owner, now of no point of it", "h02", ["query"], { owner: "h01", point: "liyuan" }],
  ["the deputy while the owner is away", "h03", WORK, {}, "2026-12-02"],
  ["the deputy on the last day of it", "h03", WORK, {}, "2026-12-05"],
  ["the deputy when the owner is back", "h03", ["accept", "query"], {}, "2026-12-06"],
  ["who was asked to assist", "h01", ["accept", "progress", "note", "query"], { assistants: ["h01"] }],
  ["the invited beside it", "org", ["accept", "query", ...DECIDE], { invited: "org" }],
  ["another invited", "eco", ["query", ...DECIDE], { invited: "org" }],
  ["the chief", "chief", [...WORK, ...DECIDE, ...CALL_BACK, "triage", "decline", "supervise"]],
  ["whom the chief has named to call back", "h03", ["accept", "query", "call-back"], { caller: "h03" }],
  ["a leader", "l01", ["query", "supervise", ...DECIDE]],
];

describe("who may do what", () => {
  for (const [name, who, allowed, over = {}, today = "2026-12-07"] of TABLE) {
    const { ticket } = given("017", ["matched"], over);
    const person = station.personById(who);
    const speaker = { who, person, enterprise: person ? null : HENGTONG, conversation: HERE };
    const relations = relationsTo(ticket, speaker, station, today);
    it.each(TICKET_ACTS)(`${name}: %s`, (act) => expect(mayDo(act, relations)).toBe(allowed.includes(act)));
  }

  it.each(TICKET_ACTS)("somebody of another enterprise, or of none that is known: not %s", (act) => {
    const { ticket } = given("017", ["matched"]);
    for (const enterprise of ["明州服饰有限公司", null]) {
      const speaker = { who: "wecom:liu.fang", person: null, enterprise, conversation: HERE };
      const relations = relationsTo(ticket, speaker, station, "2026-12-07");
      expect(mayDo(act, relations)).toBe(false);
    }
  });

  it("two that are both unknown are no colleagues", () => {
    const { ticket } = given("017", ["matched"], { enterprise: null });
    const speaker = { who: "wecom:liu.fang", person: null, enterprise: null, conversation: HERE };
    expect(relationsTo(ticket, speaker, station, "2026-12-07").size).toBe(0);
  });

  it.each(TICKET_ACTS)("whoever may not is told who may: %s", (act) => {
    expect(whoMay(act, "帮办员丙")).toMatch(/承办人帮办员丙|诉求人|帮办员/u);
  });
});
