import { once } from "node:events";
import { connect } from "node:net";
import Router from "koa-router";
import { afterEach, describe, expect, it } from "vitest";
import { openWeb, PortUnusable } from "../../src/web/server.ts";
import { serve } from "./web-given.ts";

const quiet = { warn: () => {}, error: () => {} };
const opened: { close(): Promise<void> }[] = [];

async function serving(...routers: Router[]) {
  const web = await serve(...routers);
  opened.push(web);
  return web;
}

function param({ params }: { params: Record<string, string> }, name: string): string {
  return params[name] ?? "";
}

afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

describe("the listener", () => {
  it("finds a route among many routers, by its first part, whatever the case", async () => {
    const one = new Router();
    one.get("/one/:name", (context) => {
      context.body = `one ${param(context, "name")}`;
    });
    const two = new Router({ prefix: "/two" });
    two.get("/deep/er", (context) => {
      context.body = "two";
    });
    const root = new Router();
    root.get("/", (context) => {
      context.body = "root";
    });
    const any = new Router();
    any.get("/:page", (context) => {
      context.body = `any ${param(context, "page")}`;
    });
    const web = await serving(one, two, root, any);
    const text = async (path: string) => (await web.get(path)).text();
    expect(await text("/one/x?y=z")).toBe("one x");
    expect(await text("/TWO/deep/er")).toBe("two");
    expect(await text("/")).toBe("root");
    expect(await text("/one")).toBe("any one");
    expect(await text("/three")).toBe("any three");
    expect((await web.get("/three/four")).status).toBe(404);
  });

  it("asks the next router with the same first part where one has no such route", async () => {
    const first = new Router();
    first.get("/tickets", (context) => {
      context.body = "list";
    });
    const second = new Router();
    second.get("/tickets/:number", (context) => {
      context.body = param(context, "number");
    });
    const web = await serving(first, second);
    expect(await (await web.get("/tickets/1")).text()).toBe("1");
    expect(await (await web.get("/tickets")).text()).toBe("list");
  });

  it("answers 404 for everything else", async () => {
    const web = await serving();
    expect((await web.get("/nowhere")).status).toBe(404);
    expect((await web.get("/__proto__")).status).toBe(404);
    expect((await web.get("/constructor")).status).toBe(404);
  });

  it("answers 405 with what is allowed where a path is asked for in another way", async () => {
    const hook = new Router();
    hook.use("/hook", (_, next) => next());
    hook.get("/hook", (context) => {
      context.body = "checked";
    });
    const more = new Router();
    more.post("/hook", (context) => {
      context.body = "taken";
    });
    more.get("/hook/nothing", () => {});
    more.get("/api/things", () => {});
    const web = await serving(hook, more);
    const ask = (path: string, method: string) => web.get(path, {}, method);
    expect(await (await ask("/hook", "POST")).text()).toBe("taken");
    for (const method of ["PUT", "DELETE"]) {
      const answer = await ask("/hook", method);
      expect([answer.status, answer.headers.get("allow")]).toEqual([405, "HEAD, GET, POST"]);
    }
    const asked = await ask("/hook", "OPTIONS");
    expect([asked.status, asked.headers.get("allow")]).toEqual([204, "HEAD, GET, POST"]);
    const inApi = await ask("/api/things", "POST");
    expect([inApi.status, await inApi.json()]).toEqual([405, { error: expect.any(String) }]);
    // Found nothing is another thing.
    expect((await ask("/hook/nothing", "GET")).status).toBe(404);
    expect((await ask("/nowhere", "DELETE")).status).toBe(404);
  });

  it("does not say what it is made of", async () => {
    const web = await serving();
    const { headers } = await web.get("/");
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("server")).toBeNull();
  });

  it("guards pages with headers, and leaves those that a page set itself", async () => {
    const router = new Router();
    router.get("/page", (context) => {
      context.type = "html";
      context.body = "<p>";
    });
    router.get("/own", (context) => {
      context.type = "html";
      context.set("content-security-policy", "default-src 'none'");
      context.body = "<p>";
    });
    router.get("/text", (context) => {
      context.body = "text";
    });
    const web = await serving(router);
    const page = (await web.get("/page")).headers;
    expect(page.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(page.get("x-content-type-options")).toBe("nosniff");
    expect(page.get("referrer-policy")).toBe("no-referrer");
    expect((await web.get("/own")).headers.get("content-security-policy")).toBe("default-src 'none'");
    expect((await web.get("/text")).headers.get("content-security-policy")).toBeNull();
  });
});

describe("an error", () => {
  function failing(error: unknown): Router {
    const router = new Router();
    const fail = () => {
      throw error;
    };
    router.get("/api/fail", fail);
    router.get("/fail", fail);
    return router;
  }

  it("is a 500 without its message, JSON under /api and plain elsewhere, and is logged without query and numbers", async () => {
    const secret = new Error("key=hunter2, call 13812345678");
    const web = await serving(failing(Object.assign(secret, { command: { args: ["what people wrote"] } })));
    const api = await web.get("/api/fail?signature=abc");
    expect(api.status).toBe(500);
    expect(await api.json()).toEqual({ error: "服务出错了，已记录，请稍后再试" });
    const page = await web.get("/fail");
    expect(page.status).toBe(500);
    expect(page.headers.get("content-type")).toContain("text/plain");
    expect(await page.text()).not.toContain("hunter2");
    expect(web.logged).toHaveLength(2);
    expect(web.logged[0]).toMatchObject({ level: "error", details: { method: "GET", path: "/api/fail" } });
    const log = JSON.stringify(web.logged);
    expect(log).not.toContain("signature");
    expect(log).not.toContain("what people wrote");
    expect(log).not.toContain("13812345678");
  });

  it("that was made for the caller is told and not logged", async () => {
    const web = await serving(failing(Object.assign(new Error("写错了"), { status: 400, expose: true })));
    const answer = await web.get("/api/fail");
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: "写错了" });
    expect(web.logged).toEqual([]);
  });

  it("of a Redis that is away is a 503", async () => {
    const web = await serving(failing(new Error("Connection is closed.")));
    const answer = await web.get("/api/fail");
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({ error: "存储暂时连接不上，请稍后再试" });
    expect(web.logged).toMatchObject([{ level: "warn" }]);
  });

  it("that is not even an error is a 500 too", async () => {
    const web = await serving(failing("text"));
    expect((await web.get("/fail")).status).toBe(500);
  });

  it("drops what the route had put into the head of its answer", async () => {
    const router = new Router();
    router.get("/half", (context) => {
      context.set("x-half", "yes");
      context.type = "html";
      throw new Error("half way");
    });
    const web = await serving(router);
    const { status, headers } = await web.get("/half");
    expect(status).toBe(500);
    expect(headers.get("x-half")).toBeNull();
    expect(headers.get("content-type")).toContain("text/plain");
  });
});

describe("the port", () => {
  it("in use is refused in one line", async () => {
    const web = await serving();
    const second = openWeb({ routers: [], port: web.port, log: quiet });
    await expect(second).rejects.toThrow(PortUnusable);
    await expect(second).rejects.toThrow(`PORT：端口 ${web.port} 已被其他程序占用，请换一个端口，或先停掉占用它的程序`);
  });
});

describe("closing", () => {
  it("finishes what is in hand, then ends the connections that are kept", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let came = () => {};
    const arrived = new Promise<void>((resolve) => {
      came = resolve;
    });
    const router = new Router();
    router.get("/slow", async (context) => {
      came();
      await held;
      context.body = "done";
    });
    const web = await serving(router);
    await web.get("/nothing"); // a kept connection, idle
    const answer = web.get("/slow");
    await arrived;
    let closed = false;
    const closing = web.close().then(() => {
      closed = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(closed).toBe(false);
    release();
    expect(await (await answer).text()).toBe("done");
    const from = performance.now();
    await closing;
    expect(performance.now() - from).toBeLessThan(4000);
    await expect(web.get("/slow")).rejects.toThrow();
  });

  it("does not wait for a connection on which nothing was ever asked", async () => {
    const web = await serving();
    const socket = connect(web.port, "127.0.0.1");
    await once(socket, "connect");
    socket.on("error", () => {});
    const from = performance.now();
    await web.close();
    expect(performance.now() - from).toBeLessThan(4000);
    socket.destroy();
  });

  it("may be asked for twice", async () => {
    const web = await serving();
    await Promise.all([web.close(), web.close()]);
  });
});
