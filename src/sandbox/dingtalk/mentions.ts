/** Staff ids written into a text behind an @: `@user-1001处理` and `@user-1001.` both name user-1001. Pure. */

const WRITTEN = /@([\w.-]{0,63}\w)/g;

/** In lower case: DingTalk takes a staff id in any. */
export function idsIn(text: string): Set<string> {
  return new Set([...text.matchAll(WRITTEN)].map(([, id = ""]) => id.toLowerCase()));
}

/** Null leaves the id as it stands. */
export function replaceIds(text: string, replacement: (id: string) => string | null): string {
  return text.replace(WRITTEN, (whole, id: string) => replacement(id) ?? whole);
}
