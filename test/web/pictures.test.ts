import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { keys } from "../../src/store/keys.ts";
import { openPictures, PICTURE_KEPT_S, picturePath } from "../../src/store/pictures.ts";
import { pictureRoutes } from "../../src/web/pictures.ts";
import { openTestRedis } from "../doubles/redis.ts";
import { serve } from "./web-given.ts";

const { redis, tag, close } = openTestRedis();
afterAll(close);
const pictures = openPictures(redis, tag);
const bytes = Buffer.from("89504e470d0a1a0a00ff", "hex");
const warned: object[] = [];
const log = { warn: (details: object, message: string) => void warned.push({ details, message }) };

let web: Awaited<ReturnType<typeof serve>>;
beforeEach(async () => {
  warned.length = 0;
  web = await serve(pictureRoutes({ pictures, log }));
});
afterEach(() => web.close());

describe("a picture's link", () => {
  it("shows the picture, to the reader's own browser alone", async () => {
    const answer = await web.get(picturePath(await pictures.put(bytes)));
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
    expect(answer.headers.get("content-type")).toBe("image/png");
    expect(answer.headers.get("cache-control")).toMatch(/^private/);
    expect(answer.headers.get("x-robots-tag")).toBe("noindex");
  });

  it("cannot be guessed: 192 bits, and two of one picture differ", async () => {
    const names = await Promise.all([pictures.put(bytes), pictures.put(bytes)]);
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9_-]{32}$/);
  });

  it("leads nowhere once its time is over", async () => {
    const name = await pictures.put(bytes);
    expect(await redis.ttl(tag + keys.picture(name))).toBeGreaterThan(PICTURE_KEPT_S - 60);
    await redis.pexpire(tag + keys.picture(name), 1);
    await expect.poll(async () => (await web.get(picturePath(name))).status).toBe(404);
  });

  it.each(["/pictures/", "/pictures", "/pictures/x.png", `/pictures/${"a".repeat(32)}.png`, "/pictures/*.png"])(
    "%s is nothing, and nothing is listed",
    async (path) => {
      await pictures.put(bytes);
      const answer = await web.get(path);
      expect(answer.status).toBe(404);
      expect(await answer.text()).not.toMatch(/[A-Za-z0-9_-]{32}/);
    },
  );

  it("stands in no log, whatever fails", async () => {
    const name = "b".repeat(32);
    const failing = { get: () => Promise.reject(new Error(`Connection is closed. ${name}`)) };
    const other = await serve(pictureRoutes({ pictures: failing, log }));
    const answer = await other.get(picturePath(name));
    await other.close();
    expect(answer.status).toBe(503);
    expect(JSON.stringify([warned, other.logged])).not.toContain(name);
  });
});
