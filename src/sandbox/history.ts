/**
 * What the imitated platform remembers across a restart of the demo: the messages of each group, the pictures in them,
 * and the answer codes that it gave out (a desk that was killed with a reply in hand still holds one).
 */
import type { Redis } from "ioredis";

/** The part of a card that can be pressed. */
export interface ShownCard {
  /** The sender's own id for it; null where it gave none. */
  readonly task: string | null;
  readonly buttons: readonly { readonly text: string; readonly key: string }[];
  /** The key of the button that was pressed last; it stays pressable until the sender replaces the card or its buttons. */
  readonly pressed: string | null;
  /** What stands, greyed, where the buttons were. */
  readonly replaced: string | null;
}

/** A message as the people in a chat see it. */
export interface Shown {
  /** A ULID: grows with time, so that a page can ask for "everything after". */
  readonly id: string;
  readonly chat: string;
  /** The account of a person, or which of the two robots of a group it was, or the application (one-to-one only). */
  readonly from: "bot" | "webhook" | "app" | (string & {});
  readonly kind: "text" | "markdown" | "image" | "card";
  readonly text: string;
  /** Whose telephones rang: accounts of members of this chat. */
  readonly mentions: readonly string[];
  /** The message above which this one hangs, and its words; words without id where only the words are known. */
  readonly quoting: string | null;
  readonly quote: string | null;
  /** False where a person did not @ the robot: everybody in the group reads it, the desk does not. */
  readonly heard: boolean;
  /** How many pictures a person sent along. */
  readonly images: number;
  /** md5 of the picture that a webhook sent. */
  readonly picture: string | null;
  /** Null where nothing can be pressed. */
  readonly card: ShownCard | null;
  /** Desk clock, ms: what the demo shows, not what the wire uses. */
  readonly at: number;
}

/** One `response_url`: where its answer goes, and whether it was given. */
export interface AnswerCode {
  readonly chat: string;
  readonly message: string;
  /** Wire clock, ms. */
  readonly issued: number;
  readonly used: boolean;
}

export interface History {
  /** A message that has changed on the screens is appended again: of those with one id the last counts, in the first one's place. */
  append(chat: string, message: Shown): Promise<void>;
  load(chat: string): Promise<Shown[]>;
  putPicture(md5: string, bytes: Buffer): Promise<void>;
  picture(md5: string): Promise<Buffer | null>;
  putCode(code: string, answer: AnswerCode): Promise<void>;
  dropCode(code: string): Promise<void>;
  codes(): Promise<[string, AnswerCode][]>;
}

/** A group page nobody scrolls further back than this. */
const MESSAGES_PER_CHAT_MAX = 500;
const PICTURES_MAX = 50;
const PICTURE_LIFE_S = 30 * 86_400;

/** Written by this very file, so it is not parsed against a schema; the first demos knew no cards. */
function readStored(line: string): Shown {
  const stored = JSON.parse(line) as Omit<Shown, "card"> & Partial<Shown>;
  return { ...stored, card: stored.card ?? null };
}

function latest(messages: readonly Shown[]): Shown[] {
  return [...new Map(messages.map((message) => [message.id, message])).values()];
}

export function memoryHistory(): History {
  const chats = new Map<string, Shown[]>();
  const pictures = new Map<string, Buffer>();
  const codes = new Map<string, AnswerCode>();
  return {
    async append(chat, message) {
      const list = chats.get(chat);
      if (list === undefined) chats.set(chat, [message]);
      else if (list.push(message) > MESSAGES_PER_CHAT_MAX) list.shift();
    },
    load: async (chat) => latest(chats.get(chat) ?? []),
    async putPicture(md5, bytes) {
      pictures.set(md5, bytes);
      const [oldest] = pictures.keys();
      if (pictures.size > PICTURES_MAX && oldest !== undefined) pictures.delete(oldest);
    },
    picture: async (md5) => pictures.get(md5) ?? null,
    async putCode(code, answer) {
      codes.set(code, answer);
    },
    async dropCode(code) {
      codes.delete(code);
    },
    codes: async () => [...codes],
  };
}

/** `tag` is the station's, e.g. `{demo}`: the sandbox's keys stand beside the desk's and are swept with them. */
export function redisHistory(redis: Redis, tag: string): History {
  const chatKey = (chat: string): string => `${tag}:sandbox:chat:${chat}`;
  const pictureKey = (md5: string): string => `${tag}:sandbox:picture:${md5}`;
  const codesKey = `${tag}:sandbox:codes`;
  return {
    async append(chat, message) {
      await redis
        .multi()
        .rpush(chatKey(chat), JSON.stringify(message))
        .ltrim(chatKey(chat), -MESSAGES_PER_CHAT_MAX, -1)
        .exec();
    },
    async load(chat) {
      const lines = await redis.lrange(chatKey(chat), 0, -1);
      return latest(lines.map(readStored));
    },
    async putPicture(md5, bytes) {
      await redis.set(pictureKey(md5), bytes, "EX", PICTURE_LIFE_S);
    },
    picture: (md5) => redis.getBuffer(pictureKey(md5)),
    async putCode(code, answer) {
      await redis.hset(codesKey, code, JSON.stringify(answer));
    },
    async dropCode(code) {
      await redis.hdel(codesKey, code);
    },
    async codes() {
      const all = await redis.hgetall(codesKey);
      return Object.entries(all).map(([code, line]) => [code, JSON.parse(line) as AnswerCode]);
    },
  };
}
