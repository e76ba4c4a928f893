/** Whether what is said speaks of the same thing: a word of two characters in both. Pure. */

/** What stands in any sentence tells nothing. */
const ANYWHERE =
  /[我你您他她它们的了吗呢吧啊是在有和也都就还要想请一下这那个么什怎样今明后天可以能会不没来去说到给把上好]/u;

export function speaksOf(asked: string, said: string): boolean {
  const words = wordsIn(asked);
  return [...wordsIn(said)].some((word) => words.has(word));
}

function wordsIn(text: string): Set<string> {
  const pairs = [...text].map((char, i, all) => char + (all[i + 1] ?? ""));
  return new Set(pairs.filter((pair) => /^\p{Script=Han}{2}$/u.test(pair) && !ANYWHERE.test(pair)));
}
