/** What became of one body on its way to the desk. */
export interface Outcome {
  readonly delivered: boolean;
  /** `refused`: the desk answered, and said no. */
  readonly reason: "not-mentioned" | "robot-removed" | "refused" | "no-answer" | "closed" | null;
  readonly attempts: number;
  /** The HTTP status, or the code of the ACK. */
  readonly status: number | null;
  /** The body of the response (HTTP mode), whatever it was. */
  readonly reply: string | null;
}

/** A way to the desk: signed requests, or pushes down a stream. */
export interface Delivery {
  post(body: string): Promise<Outcome>;
  close(): void;
}
