/** What a message was taken to mean, and why: shapes only. */

export const COMMAND_IDS = [
  "accept",
  "progress",
  "resolve",
  "transfer",
  "return",
  "extend",
  "wait",
  "assist",
  "merge",
  "split",
  "note",
  "on-behalf",
  "visit",
  "leave",
  "back",
  "todo",
  "today",
  "supplement",
  "urge",
  "withdraw",
  "change",
  "rate-good",
  "rate-bad",
  "reopen",
  "query",
  "menu",
  "help",
  "undo",
  "whoami",
  "triage",
  "agree",
  "refuse",
  "decline",
  "report",
  "supervise",
] as const;

export type CommandId = (typeof COMMAND_IDS)[number];

export interface Candidate {
  readonly item: string;
  /** 0–1. */
  readonly confidence: number;
}

export interface Understanding {
  readonly kind: "item" | "other" | "none" | "command" | "unclear";
  /** Menu ids asked for; empty unless kind is `item` (two where two are asked) or `unclear` (the likeliest). */
  readonly items: readonly string[];
  /** Which part of the text asks for which of the `items`, in their order, where that can be told. */
  readonly parts?: readonly { readonly item: string; readonly text: string }[];
  /** Set when kind is `command`. */
  readonly command: CommandId | null;
  /** Of `kind` as a whole, 0–1. */
  readonly confidence: number;
  /** Menu items only, best first, at least three, whatever the kind. */
  readonly candidates: readonly Candidate[];
  /** Commands, best first: the desk picks among those that the speaker may give. */
  readonly commands: readonly { readonly command: CommandId; readonly confidence: number }[];
  /** The words that decided, as they stand in the text, strongest first. */
  readonly because: readonly string[];
  /** The closest known phrase of the winning item (or of the best candidate). */
  readonly closest: { readonly item: string; readonly phrase: string } | null;
}
