/** The screens of the imitated platform: what is shown in each chat, in order, and who is waiting to see it. */
import { monotonicFactory } from "ulid";
import type { History, Shown } from "./history.ts";

export type NewMessage = Pick<Shown, "from" | "kind" | "text"> & Partial<Omit<Shown, "id" | "chat" | "at">>;

export interface Chats {
  /** Brings back what was shown before a restart. */
  restore(chat: string): Promise<void>;
  show(chat: string, message: NewMessage): Shown;
  /** Changes a message on the screens, e.g. an answer that is still being written, a card that was pressed. */
  change(message: Shown, changes: Partial<Pick<Shown, "kind" | "text" | "card">>): Shown;
  sent(chat: string): readonly Shown[];
  find(chat: string, id: string): Shown | undefined;
  waitFor(chat: string, predicate: (message: Shown) => boolean, ms?: number): Promise<Shown>;
  onMessage(listener: (message: Shown) => void): () => void;
  /** Resolves when everything shown so far is in the history (or could not be put there). */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface ChatsOptions {
  readonly history: History;
  /** Wire clock: orders the ids. */
  readonly now: () => number;
  /** Desk clock: what stands beside a message. */
  readonly deskNow: () => number;
}

const REMEMBERED_PER_CHAT_MAX = 10_000;
const WAIT_MS = 15_000;

interface Watcher {
  see(message: Shown): void;
  giveUp(reason: string): void;
}

export function openChats({ history, now, deskNow }: ChatsOptions): Chats {
  const shown = new Map<string, Shown[]>();
  const byId = new Map<string, Shown>();
  const listeners = new Set<(message: Shown) => void>();
  const watchers = new Map<string, Set<Watcher>>();
  const saving = new Set<Promise<void>>();
  const nextId = monotonicFactory();

  const remember = (message: Shown): void => {
    const list = shown.get(message.chat) ?? [];
    if (list.length === 0) shown.set(message.chat, list);
    byId.set(message.id, message);
    if (list.push(message) > REMEMBERED_PER_CHAT_MAX) {
      const oldest = list.shift();
      if (oldest !== undefined) byId.delete(oldest.id);
    }
  };

  const save = (message: Shown): void => {
    // A demo whose Redis is away goes on talking; its history has a hole then, which is what the viewer came to see.
    const saved = history
      .append(message.chat, message)
      .catch(() => undefined)
      .finally(() => saving.delete(saved));
    saving.add(saved);
  };

  const tell = (message: Shown): void => {
    save(message);
    for (const listener of listeners) listener(message);
    for (const watcher of watchers.get(message.chat) ?? []) watcher.see(message);
  };

  const settled = async (): Promise<void> => {
    await Promise.all(saving);
  };

  return {
    async restore(chat) {
      for (const message of await history.load(chat)) remember(message);
    },
    show(chat, message) {
      const whole: Shown = {
        mentions: [],
        quoting: null,
        quote: null,
        heard: true,
        images: 0,
        picture: null,
        card: null,
        ...message,
        id: nextId(now()),
        chat,
        at: deskNow(),
      };
      remember(whole);
      tell(whole);
      return whole;
    },
    change({ id, chat }, changes) {
      const list = shown.get(chat) ?? [];
      const place = list.findLastIndex((message) => message.id === id);
      const before = list[place];
      if (before === undefined) throw new Error(`no message ${id} in ${chat}`);
      const after = { ...before, ...changes };
      list[place] = after;
      byId.set(id, after);
      tell(after);
      return after;
    },
    sent: (chat) => shown.get(chat) ?? [],
    find(chat, id) {
      const message = byId.get(id);
      return message?.chat === chat ? message : undefined;
    },
    waitFor(chat, predicate, ms = WAIT_MS) {
      const already = shown.get(chat)?.find(predicate);
      if (already !== undefined) return Promise.resolve(already);
      return new Promise((resolve, reject) => {
        const here = watchers.get(chat) ?? new Set();
        watchers.set(chat, here);
        const leave = (): void => {
          clearTimeout(timer);
          here.delete(watcher);
        };
        const watcher: Watcher = {
          see(message) {
            if (!predicate(message)) return;
            leave();
            resolve(message);
          },
          giveUp(reason) {
            leave();
            const seen = (shown.get(chat) ?? []).slice(-10).map((message) => `  ${message.from}: ${message.text}`);
            reject(new Error(`${reason} in ${chat}; the last messages shown there:\n${seen.join("\n") || "  (none)"}`));
          },
        };
        const timer = setTimeout(() => watcher.giveUp(`nothing that fits within ${ms} ms`), ms);
        here.add(watcher);
      });
    },
    onMessage(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    settled,
    async close() {
      for (const here of watchers.values()) for (const watcher of here) watcher.giveUp("the platform closed");
      await settled();
    },
  };
}
