/** How well requests and talk are told apart by a score, wherever the mark is set. */

export interface Rejection {
  /** The chance that a request scores higher than talk does; null where one of the two is missing. */
  readonly auroc: number | null;
  /** The share of talk that stays out when 95 of 100 requests are let in. */
  readonly rejectedAt95: number | null;
}

export function rejectionOf(requests: readonly number[], talk: readonly number[]): Rejection {
  if (requests.length === 0 || talk.length === 0) return { auroc: null, rejectedAt95: null };
  const asked = [...requests].sort((a, b) => a - b);
  const said = [...talk].sort((a, b) => a - b);
  let below = 0;
  let wins = 0;
  let equal = 0;
  for (const score of asked) {
    while (below < said.length && (said[below] as number) < score) below++;
    let same = below;
    while (same < said.length && said[same] === score) same++;
    wins += below;
    equal += same - below;
  }
  const mark = asked[Math.floor(asked.length * 0.05)] as number;
  return {
    auroc: (wins + equal / 2) / (asked.length * said.length),
    rejectedAt95: said.filter((score) => score < mark).length / said.length,
  };
}
