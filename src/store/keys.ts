/**
 * The key-book: every name that the desk keeps in Redis. All of them begin with the station's hash tag, so that one
 * station's commit stays atomic on Redis Cluster. Lua scripts build lane names from the tag in the same way.
 */

/** `{duantang}`: what KEYS[1] of every script is. */
export function stationTag(station: string): string {
  return `{${station}}`;
}

/** Names behind the tag, as the writes of a commit use them. */
export const keys = {
  schema: ":schema",
  /** How far the desk clock runs ahead of the wire clock, ms. */
  clock: ":clock",
  wake: ":wake",

  inReady: ":in:ready",
  inFailed: ":in:failed",
  /** Hash: uid → how often it was taken. */
  inDeliveries: ":in:deliveries",
  inLane: (conversation: string) => `:in:lane:${conversation}`,
  inFailedEntry: (uid: string) => `:in:failed:${uid}`,

  /** The account behind an encrypted one of WeCom. */
  openId: (openId: string) => `:openid:${openId}`,
  /** The process that holds a platform's socket. */
  holder: (name: string) => `:holder:${name}`,
  /** What a message or a line of ours that a platform names by this id is about: `#1123-017`. */
  knownAs: (platform: string, id: string) => `:known:${platform}:${id}`,

  outWaiting: ":out:waiting",
  outFailed: ":out:failed",
  outEntry: (id: string) => `:out:entry:${id}`,

  ticket: (id: string) => `:ticket:${id}`,
  story: (id: string) => `:story:${id}`,
  /** Hash: number → ticket id. */
  ticketOfNumber: ":number",
  /** Sorted sets of ticket ids, by `received`. */
  tickets: ":tickets",
  /** Sorted sets of those received in one month, by the last moment that a figure has to do with: what was carried over a day's end. */
  ticketsUntil: (month: string) => `:tickets:until:${month}`,
  /** Sorted sets: who has asked for something, and for which enterprise, by when it was received first. */
  askers: ":askers",
  enterprises: ":enterprises",
  byState: (state: string) => `:tickets:state:${state}`,
  /** Sorted set of ticket ids, by when they were resolved. */
  resolved: ":tickets:resolved",
  /** Sorted sets of numbers in a conversation, by `received`: what a bare 017 may mean there. */
  openHere: (conversation: string) => `:here:open:${conversation}`,
  allHere: (conversation: string) => `:here:all:${conversation}`,
  /** Sorted sets of ticket ids that are not at an end, by `received`. */
  ofAsker: (asker: string, conversation: string) => `:asker:${asker}@${conversation}`,
  ofEnterprise: (enterprise: string) => `:enterprise:${enterprise}`,
  ofOwner: (owner: string, conversation: string) => `:owner:${owner}@${conversation}`,
  /** Those in which something is proposed that waits for this person's word. */
  toDecide: (person: string) => `:decide:${person}`,
  /** Sorted set: ticket id, `box:` or `at:` and a name (clockwork.ts) → the moment of its next step, desk clock. */
  steps: ":steps",
  /** Hash: what somebody is to be reminded of, gathered until it is said; `sent` is when that last happened. */
  box: (name: string) => `:box:${name}`,
  /** Hash: `done` is the moment for which the station's own step of this name was last taken. */
  routine: (name: string) => `:routine:${name}`,
  /** Hash: by which hours, holidays and thresholds the promises of the open tickets were computed. */
  basis: ":basis",

  /** Hash: person id → leave that was said in a chat, over the station file. */
  leaves: ":leaves",
  /** Hash: person id → open tickets, and person id with an @ behind it → when the last one came. Advisory. */
  load: ":load",

  /** List, oldest first: what visits to companies found. */
  visits: ":visits",

  /** Hash: a course of training, with a version. */
  course: (id: string) => `:course:${id}`,
  /** Sorted set of course ids, by when they begin. */
  courses: ":courses",
  /** Hash: YYYYMMDD → how many courses were announced for that day. */
  courseSerials: ":courses:serials",

  /** List, oldest first: phrases that were corrected, as proposals; and the last one that `learn` has printed. */
  lessons: ":lessons",
  lessonsShown: ":lessons:shown",

  /** Hash: kind of letter → the moment of the last one that was dealt with. */
  letters: ":letters",
  /** That a letter was sent, by kind and its period's first day. */
  letter: (kind: string, from: string) => `:letter:${kind}:${from}`,
  /** The bytes of a picture that is sent, or that a link leads to. */
  picture: (name: string) => `:picture:${name}`,

  /** What the desk remembers of a person: the enterprise, and since when. */
  person: (who: string) => `:person:${who}`,
  /** What one person and the desk were just talking about in one conversation. */
  talk: (conversation: string, who: string) => `:talk:${conversation}@${who}`,
  /** What the desk remembers of a conversation: whether its id was told. */
  place: (conversation: string) => `:place:${conversation}`,
} as const;
