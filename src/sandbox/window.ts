/** At most `limit` in any `spanMs`: a true sliding window, since a fixed minute would let 40 through around its turn. */
export interface SlidingWindow {
  /** Takes a place if there is one. What is refused takes none. */
  take(now: number): boolean;
}

export interface Limit {
  readonly limit: number;
  readonly spanMs: number;
}

export function openWindow(limit: number, spanMs: number): SlidingWindow {
  return openWindows([{ limit, spanMs }]);
}

/** Several limits at once, e.g. 30 a minute and 1,000 an hour: a place in each of them, or in none. */
function openWindows(limits: readonly Limit[]): SlidingWindow {
  const longestMs = Math.max(...limits.map(({ spanMs }) => spanMs));
  /** Moments, oldest first; of no use beyond the longest span. */
  const taken: number[] = [];
  return {
    take(now) {
      while (taken[0] !== undefined && taken[0] <= now - longestMs) taken.shift();
      const isFull = ({ limit, spanMs }: Limit): boolean => {
        const oldest = taken.at(-limit);
        return oldest !== undefined && oldest > now - spanMs;
      };
      if (limits.some(isFull)) return false;
      taken.push(now);
      return true;
    },
  };
}

/** One window for each key, e.g. a chat or a member. */
export function openWindowPer(limits: readonly Limit[]): { take(key: string, now: number): boolean } {
  const windows = new Map<string, SlidingWindow>();
  return {
    take(key, now) {
      const window = windows.get(key) ?? openWindows(limits);
      windows.set(key, window);
      return window.take(now);
    },
  };
}
