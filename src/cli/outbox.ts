/** `outbox`: what nobody got, and what to do about each: sent again, or forgotten. Speaks to the desk's Redis alone. */
import type { Redis } from "ioredis";
import { dropLine, retryLine } from "../lanes/given-up.ts";
import { type Environment, readSettings } from "../settings.ts";
import { readStation } from "../station/station-file.ts";
import { stationTag } from "../store/keys.ts";
import { listReplies, type ReplyRow } from "../web/outbox-queue.ts";
import { withDeskRedis } from "./desk-redis.ts";

const PAGE = 200;
const TEXT_CHARACTERS = 40;

export interface OutboxOrder {
  readonly retry?: string | undefined;
  readonly drop?: string | undefined;
}

export async function runOutbox(order: OutboxOrder, environment: Environment): Promise<number> {
  if (order.retry !== undefined && order.drop !== undefined) return say("--retry 与 --drop 请分两次用", 64);
  const settings = readSettings(environment, { needsPlatform: false });
  const { station } = readStation(settings.stationFile, environment);
  const tag = stationTag(station);
  return withDeskRedis(settings, "outbox", (redis) => {
    if (order.retry !== undefined) return retry(redis, tag, order.retry);
    if (order.drop !== undefined) return drop(redis, tag, order.drop);
    return list(redis, tag);
  });
}

async function retry(redis: Redis, tag: string, id: string): Promise<number> {
  switch (await retryLine(redis, tag, id)) {
    case "retried":
      return say(`${id}：已重新排入发送`, 0);
    case "waiting":
      return say(`${id}：还在排队，会自动发送，不必重发`, 0);
    case "wayless":
      return say(`${id}：没有可以送达的途径，重发无用；请补上那个群的 webhook 或该人员的账号，再人工告知`, 1);
    case "unknown":
      return say(`${id}：没有这一条（已送出、已删除，或超过三十天）`, 1);
  }
}

async function drop(redis: Redis, tag: string, id: string): Promise<number> {
  const dropped = (await dropLine(redis, tag, id)) === "dropped";
  return dropped ? say(`${id}：已删除，不再发送`, 0) : say(`${id}：没有这一条（已送出、已删除，或超过三十天）`, 1);
}

/** All that failed, newest first: an administrator who looks here wants to see the whole of it. */
async function list(redis: Redis, tag: string): Promise<number> {
  let cursor: string | null = null;
  let count = 0;
  do {
    const page = await listReplies({ redis, tag }, { state: "failed", limit: PAGE, cursor });
    for (const row of page.replies) process.stdout.write(`${lineOf(row)}\n`);
    count += page.replies.length;
    cursor = page.cursor;
  } while (cursor !== null);
  if (count === 0) return say("没有未送达的消息", 0);
  return say(`共 ${count} 条未送达。重新发送：outbox --retry <编号>；不再发送：outbox --drop <编号>`, 0);
}

function lineOf({ id, at, to, about, reason, text }: ReplyRow): string {
  const words = [...text.replace(/\s+/gu, " ")];
  const short = words.length > TEXT_CHARACTERS ? `${words.slice(0, TEXT_CHARACTERS).join("")}…` : words.join("");
  return [id, at, `致 ${to}`, about ?? "", `原因：${reason ?? "不明"}`, short].filter(Boolean).join("　");
}

/** stdout is for the rows. */
function say(line: string, code: number): number {
  process.stderr.write(`${line}\n`);
  return code;
}
