/** WeCom's API as a self-built app calls it: with its access token (wecom.md 4.2), within a time. */
import { z } from "zod";
import { type Fetched, openAccessToken } from "../../access-token.ts";
import { openPost } from "../../post.ts";
import { redact } from "../../redact.ts";
import { judgeAnswer, type Read, readPosted } from "../outcome.ts";

export interface AppApiDeps {
  readonly corpId: string;
  readonly secret: string;
  readonly apiBase: string;
  readonly now: () => number;
  /** Of a whole call, its token included. */
  readonly timeoutMs: number;
}

export interface AppApi {
  readonly origin: string;
  /** What WeCom answered, without secrets, or why there is no answer. */
  call(path: string, body: object): Promise<Read>;
}

/** Not known, or run out before its time: fetched anew, once (4.2). */
const STALE: ReadonlySet<number> = new Set([40014, 42001]);

const tokenAnswer = z.object({ access_token: z.string().min(1).max(2048), expires_in: z.number().positive() });

export function openAppApi({ corpId, secret, apiBase, now, timeoutMs }: AppApiDeps): AppApi {
  const post = openPost(timeoutMs);
  const token = openAccessToken(fetchToken, now);

  async function fetchToken(): Promise<Fetched> {
    const query = new URLSearchParams({ corpid: corpId, corpsecret: secret });
    const read = readPosted(await post(new URL(`${apiBase}/cgi-bin/gettoken?${query}`), null, { method: "GET" }));
    // Whatever became of the question for a token, the line that wanted it has not left.
    if (read.kind === "doubt") return { kind: "busy", reason: `取 access_token：${read.reason}` };
    if (read.kind !== "read") return { ...read, reason: `取 access_token：${read.reason}` };
    const judged = judgeAnswer(read.answer, [secret]);
    if (judged.kind !== "sent") return { ...judged, reason: `取 access_token：${judged.reason}` };
    const { data } = tokenAnswer.safeParse(read.answer);
    if (data === undefined) return { kind: "busy", reason: "取 access_token：应答中没有 access_token" };
    return { kind: "token", token: data.access_token, lifeMs: data.expires_in * 1000 };
  }

  return {
    origin: new URL(apiBase).origin,
    async call(path, body) {
      let isUnderWay = false;
      let isLate = false;
      const calling = token.with<Read>(
        async (value) => {
          // Its sender was told that it has not left: it must not leave any more.
          if (isLate) return { kind: "busy", reason: "" };
          isUnderWay = true;
          const url = new URL(`${apiBase}${path}?${new URLSearchParams({ access_token: value })}`);
          const read = readPosted(await post(url, body));
          isUnderWay = false;
          if (read.kind !== "read") return read;
          return { kind: "read", answer: { ...read.answer, errmsg: redact(read.answer.errmsg, [value, secret]) } };
        },
        (read) => read.kind === "read" && STALE.has(read.answer.errcode),
      );
      // A token and a line may each take their time; a lease has only one (design.md 2, "Bounds").
      return within(timeoutMs, calling, () => {
        isLate = true;
        const reason = `${timeoutMs} ms 内没有回音`;
        return isUnderWay ? { kind: "doubt", reason: `已发出，没有应答：${reason}` } : { kind: "busy", reason };
      });
    },
  };
}

async function within<T>(ms: number, work: Promise<T>, late: () => T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const lateness = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(late()), ms);
  });
  try {
    return await Promise.race([work, lateness]);
  } finally {
    clearTimeout(timer);
  }
}
