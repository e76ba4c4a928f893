/** The keys of the demo's robots and its application: made at the first start, kept, and known to nobody else. */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface DemoKeys {
  readonly bot: { readonly id: string; readonly token: string; readonly aesKey: string };
  readonly app: {
    readonly corpId: string;
    readonly agentId: number;
    readonly secret: string;
    readonly token: string;
    readonly aesKey: string;
  };
  readonly robot: {
    readonly appKey: string;
    readonly appSecret: string;
    readonly robotCode: string;
    readonly corpId: string;
  };
  /** Signs what goes through the webhook of DingTalk's group. */
  readonly webhookSecret: string;
}

/** Kept between starts, so that a callback on its way during a restart can still be read. `folder` is there. */
export function openDemoKeys(folder: string): DemoKeys {
  const key = (name: string): string => keptKey(join(folder, name));
  return {
    bot: { id: "demo-bot", token: "demo", aesKey: key("aes-key") },
    app: {
      corpId: "wwdemo",
      agentId: 1_000_002,
      secret: key("app-secret"),
      token: "demoapp",
      aesKey: key("app-aes-key"),
    },
    robot: {
      appKey: "dingdemo",
      appSecret: key("dingtalk-secret"),
      robotCode: "dingdemo",
      corpId: "dingcorpdemo",
    },
    webhookSecret: `SEC${key("dingtalk-webhook-secret")}`,
  };
}

/** 43 letters and digits of which the last is an A: what an EncodingAESKey looks like. */
function keptKey(file: string): string {
  if (!existsSync(file)) {
    const key = randomBytes(32).toString("base64").replace(/=+$/u, "").replace(/[+/]/gu, "A").slice(0, 42);
    writeFileSync(file, `${key}A`, { mode: 0o600 });
  }
  return readFileSync(file, "utf8").trim();
}
