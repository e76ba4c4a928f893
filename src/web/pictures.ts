/**
 * `/pictures/<name>.png`: a letter's picture, for those who read the letter where no picture can stand. Whoever has the link
 * may look; nobody can guess one, none is listed, and after two weeks it leads nowhere (store/pictures.ts).
 */
import Router from "koa-router";
import type { Pictures } from "../store/pictures.ts";

export interface PictureDeps {
  readonly pictures: Pick<Pictures, "get">;
  readonly log: { warn(details: object, message: string): void };
}

const HEADERS = {
  // In the reader's own browser, and in nobody's between us.
  "cache-control": "private, max-age=86400",
  "content-security-policy": "default-src 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-robots-tag": "noindex",
};

export function pictureRoutes({ pictures, log }: PictureDeps): Router {
  const router = new Router();
  router.get("/pictures/:name.png", async (context) => {
    let bytes: Uint8Array | null;
    try {
      bytes = await pictures.get(context.params["name"] ?? "");
    } catch (error) {
      // Answered here: the server's own line would have the path in it, and the path is the key.
      log.warn({ reason: error instanceof Error ? error.name : typeof error }, "a picture could not be read now");
      context.status = 503;
      context.body = "存储暂时连接不上，请稍后再试";
      return;
    }
    if (bytes === null) {
      context.set("cache-control", "no-store");
      context.status = 404;
      context.body = "没有这张图片，或已超过两周的保存期限";
      return;
    }
    context.set(HEADERS);
    context.type = "image/png";
    context.body = Buffer.from(bytes);
  });
  return router;
}
