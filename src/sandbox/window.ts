/** At most `limit` in any `spanMs`: a true sliding window, since a fixed minute would let 40 through around its turn. */
export interface SlidingWindow {
  /** Takes a place if there is one. What is refused takes none. */
  take(now: number): boolean;
}

export function openWindow(limit: number, spanMs: number): SlidingWindow {
  /** At most `limit` moments, oldest first. */
  const taken: number[] = [];
  return {
    take(now) {
      while (taken[0] !== undefined && taken[0] <= now - spanMs) taken.shift();
      if (taken.length >= limit) return false;
      taken.push(now);
      return true;
    },
  };
}
