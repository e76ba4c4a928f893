/** One request of the desk at one of DingTalk's doors, read but not yet judged. */
import type { IncomingHttpHeaders } from "node:http";
import type { TroubleKind, TroubleScope } from "../trouble.ts";
import type { Told } from "./answers.ts";

export type Door = Extract<TroubleScope, "webhook" | "session" | "group" | "person" | "token" | "gateway">;

export interface Arrived {
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  /** Null: longer than anything that DingTalk takes. */
  readonly body: string | null;
}

/** Troubles that are told in DingTalk's own words; the others happen to the connection. */
export type SpokenTrouble = Extract<
  TroubleKind,
  "busy" | "rate" | "removed" | "expired" | "permission" | "quota" | "flow"
>;

export interface Knock {
  readonly door: Door;
  /** Webhook token or session; null where the access token is the credential. */
  readonly credential: string | null;
  readonly chat: string | null;
  /** What a trouble may be aimed at. */
  readonly places: readonly (string | null)[];
  /** Shows what is to be shown, and says what is told for it. */
  answer(): Told;
  inTrouble(kind: SpokenTrouble): Told;
}
