/** Says a box: reads it with its tickets, and commits what was said under the box's version. */
import type { Write } from "../../lanes/commit.ts";
import { keys } from "../../store/keys.ts";
import { addressed, type ClockDeps, settingAt, type TakeStep } from "../clock/clockwork.ts";
import { stepWrite } from "../plan.ts";
import { openOwn, readTickets } from "../team/overview.ts";
import { BOX, BOX_S, type Box, fromValue, personOf, ticketOf } from "./box.ts";
import { type Own, sayBox } from "./say-box.ts";

/** More than anybody is told of in one message; the others come with the next one. */
const MOST = 1000;
const NOTHING_OWN: Own = { own: [], standIn: [] };

export function openBoxStep(deps: ClockDeps): TakeStep {
  const { redis, tag, commit } = deps;
  const readOwn = openOwn(redis, tag);
  return async (name, now) => {
    const key = keys.box(name);
    const record = new Map(Object.entries(await redis.hgetall(tag + key)));
    const setting = await settingAt(deps);
    const { box, lost, isMore } = await boxOf(name, record);
    const person = setting.station.personById(personOf(name) ?? "");
    const own = box.morning && person ? await readOwn(person, setting.station, now) : NOTHING_OWN;
    const { lines, done, morning, summoned, next } = sayBox(setting, box, own, now);
    const writes: Write[] = [["HSET", key, "v", String(Number(box.version || 0) + 1)]];
    if (lines.length > 0) writes.push(["HSET", key, "sent", String(now)]);
    if (summoned) writes.push(["HSET", key, "summoned", String(now)]);
    if (done.length + lost.length > 0) writes.push(["HDEL", key, ...done, ...lost]);
    if (morning) writes.push(["HDEL", key, "morning"]);
    writes.push(["EXPIRE", key, String(BOX_S)]);
    // What was not read has its turn next.
    writes.push(stepWrite(BOX + name, next ?? (isMore ? now : null)));
    const replies = addressed(setting, lines);
    const committed = await commit({ head: null, checks: [[key, "v", box.version]], numbers: [], writes, replies });
    if (committed.kind === "done" && replies.length > 0) deps.onReplies();
  };

  /** `lost`: fields of tickets that are not there any more. */
  async function boxOf(
    name: string,
    record: ReadonlyMap<string, string>,
  ): Promise<{ box: Box; lost: string[]; isMore: boolean }> {
    const fields = [...record].filter(([field]) => field.includes(":")).slice(0, MOST);
    const tickets = await readTickets(
      redis,
      tag,
      fields.map(([field]) => ticketOf(field)),
    );
    const byId = new Map(tickets.map((stored) => [stored.ticket.id, stored]));
    const waiting = fields.flatMap(([field, value]) => {
      const stored = byId.get(ticketOf(field));
      return stored ? [{ field, ...fromValue(value), stored }] : [];
    });
    const box = {
      name,
      version: record.get("v") ?? "",
      sent: Number(record.get("sent") ?? 0),
      summoned: Number(record.get("summoned") ?? 0),
      morning: record.has("morning"),
      waiting,
    };
    const lost = fields.map(([field]) => field).filter((field) => !byId.has(ticketOf(field)));
    return { box, lost, isMore: fields.length === MOST };
  }
}
