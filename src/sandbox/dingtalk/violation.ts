/** Something that a well-behaved desk never does. */
export interface Violation {
  readonly kind:
    | "too-often"
    | "too-long"
    | "malformed"
    | "ticket-reused"
    /** An ACK for a frame that was never sent */
    | "unknown-ack"
    | "ping-unanswered";
  /** Webhook token, session, or the path of the OpenAPI; the connection's id in a stream. */
  readonly credential: string;
  readonly errmsg: string;
  /** Wire clock, ms. */
  readonly at: number;
}

export type Violate = (kind: Violation["kind"], credential: string, errmsg: string) => void;
