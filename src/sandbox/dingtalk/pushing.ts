/**
 * A callback on its way to the desk by stream: pushed, and pushed again under a new frame where no ACK came (dingtalk.md
 * 0.7: the documentation says never, the field saw sixty seconds; a desk must bear both).
 */
import type { Ack } from "./frames.ts";
import type { Delivery, Outcome } from "./outcome.ts";

export interface PushingOptions {
  /** The messageId of the frame; null: nobody is connected. */
  readonly push: (data: string) => string | null;
  readonly redeliverAfterMs: number;
  readonly retries: number;
}

export interface Pushing extends Delivery {
  /** False: no frame of this messageId was ever pushed. */
  onAck(ack: Ack): boolean;
}

/** Late ACKs of frames that were pushed again are known by it. */
const REMEMBERED_MAX = 10_000;

interface Pushed {
  attempts: number;
  /** Of the last ACK that was no "yes". */
  status: number | null;
  timer: NodeJS.Timeout | undefined;
  settle(outcome: Pick<Outcome, "delivered" | "reason" | "status">): void;
}

export function openPushing({ push, redeliverAfterMs, retries }: PushingOptions): Pushing {
  const frames = new Map<string, Pushed>();
  const underWay = new Set<Pushed>();

  const attempt = (one: Pushed, body: string): void => {
    if (one.attempts > retries) {
      one.settle({ delivered: false, reason: one.status === null ? "no-answer" : "refused", status: one.status });
      return;
    }
    one.attempts += 1;
    const messageId = push(body);
    if (messageId !== null) {
      frames.set(messageId, one);
      const [oldest] = frames.keys();
      if (frames.size > REMEMBERED_MAX && oldest !== undefined) frames.delete(oldest);
    }
    one.timer = setTimeout(() => attempt(one, body), redeliverAfterMs);
  };

  return {
    post: (body) =>
      new Promise((resolve) => {
        const one: Pushed = {
          attempts: 0,
          status: null,
          timer: undefined,
          settle(outcome) {
            clearTimeout(one.timer);
            underWay.delete(one);
            resolve({ ...outcome, attempts: one.attempts, reply: null });
          },
        };
        underWay.add(one);
        attempt(one, body);
      }),
    onAck({ code, headers: { messageId } }) {
      const one = frames.get(messageId);
      if (one === undefined) return false;
      if (code === 200) one.settle({ delivered: true, reason: null, status: code });
      // A desk that says "not now" is asked again; one that says "not this" is not.
      else if (code >= 500) one.status = code;
      else one.settle({ delivered: false, reason: "refused", status: code });
      return true;
    },
    close() {
      for (const one of underWay) one.settle({ delivered: false, reason: "closed", status: one.status });
    },
  };
}
