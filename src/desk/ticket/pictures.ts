/** Pictures and files are not downloaded: the story keeps `[图片×2]`. */
import type { Scene } from "../scene.ts";

export function picturesOf({ message }: Pick<Scene, "message">): string {
  const counts = new Map<string, number>();
  for (const kind of message.attachments) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, n]) => `[${kind}×${n}]`).join("");
}

export function withPictures(scene: Pick<Scene, "message">, text: string): string {
  return [text, picturesOf(scene)].filter(Boolean).join(" ");
}
