/** What stands on the page: chats, each on its platform, and who one may be in them. */
import type { Stage } from "./stage.ts";

export interface PageChat {
  readonly chat: string;
  readonly name: string;
  /** `single`: one-to-one with the platform's application or robot. */
  readonly kind: "service" | "helpers" | "leaders" | "single";
  readonly stage: Stage;
  /** Listed from the start; others once something stands in them, or when they are asked for. */
  readonly listed: boolean;
}

export interface PagePerson {
  readonly account: string;
  readonly name: string;
  /** What stands in brackets behind the name: 恒通汽配 文员, 帮办员. */
  readonly role: string;
  /** The chats in which one may be this person. */
  readonly chats: readonly string[];
}
