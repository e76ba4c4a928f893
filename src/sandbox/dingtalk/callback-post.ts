/**
 * A callback on its way to the desk by HTTP: signed, and sent once. Whether DingTalk would try again is not documented
 * (dingtalk.md 1.5), so a desk must not rely on it, and this imitation does not.
 */
import { Agent, request } from "node:http";
import type { Delivery, Outcome } from "./outcome.ts";
import { sign } from "./sign.ts";

export interface CallbackPostOptions {
  readonly deskUrl: () => string;
  readonly appSecret: string;
  readonly now: () => number;
  readonly answerWithinMs: number;
}

const ANSWER_BYTES_MAX = 1 << 20;

export function openCallbackPost({ deskUrl, appSecret, now, answerWithinMs }: CallbackPostOptions): Delivery {
  // A connection for each delivery: on a kept one, a desk that hangs up on purpose looks like one that was just idle.
  const agent = new Agent({ keepAlive: false });
  const underWay = new Set<() => void>();

  const post = (body: string): Promise<Outcome> =>
    new Promise((resolve) => {
      const timestamp = String(now());
      const headers = {
        "content-type": "application/json; charset=utf-8",
        timestamp,
        sign: sign(timestamp, appSecret),
      };
      const outgoing = request(new URL("/webhook/dingtalk", deskUrl()), { agent, method: "POST", headers });
      const finish = (outcome: Pick<Outcome, "delivered" | "reason" | "status" | "reply">): void => {
        clearTimeout(timer);
        underWay.delete(stop);
        resolve({ ...outcome, attempts: 1 });
        outgoing.destroy();
      };
      const unanswered = (reason: "no-answer" | "closed") => (): void =>
        finish({ delivered: false, reason, status: null, reply: null });
      const stop = unanswered("closed");
      underWay.add(stop);
      const timer = setTimeout(unanswered("no-answer"), answerWithinMs);
      outgoing.on("error", unanswered("no-answer"));
      outgoing.on("response", (incoming) => {
        const chunks: Buffer[] = [];
        let size = 0;
        incoming.on("data", (chunk: Buffer) => {
          size += chunk.length;
          if (size > ANSWER_BYTES_MAX) unanswered("no-answer")();
          else chunks.push(chunk);
        });
        incoming.on("error", unanswered("no-answer"));
        incoming.on("end", () => {
          const status = incoming.statusCode ?? 0;
          const reply = Buffer.concat(chunks).toString("utf8");
          finish({ delivered: status === 200, reason: status === 200 ? null : "refused", status, reply });
        });
      });
      outgoing.end(body);
    });

  return {
    post,
    close() {
      for (const stop of underWay) stop();
      agent.destroy();
    },
  };
}
