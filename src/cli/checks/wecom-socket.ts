/**
 * WeCom's long connection. A second subscription kicks the first (wecom.md 2.7), so a desk that holds it is asked how it
 * stands; only where certainly nobody does is it subscribed once, and closed at once.
 */

import { redact } from "../../platforms/redact.ts";
import { connect, type Ending, TIMES } from "../../platforms/wecom/socket/connection.ts";
import { keys } from "../../store/keys.ts";
import { troubleOf } from "../../web/socket-warnings.ts";
import { askRedis } from "./desk-redis.ts";
import { type Examined, type Finding, good, must, notice } from "./finding.ts";
import { sayTrouble } from "./reach.ts";

/** As the socket names its lease, and `/readyz` its trouble. */
const SOCKET = "wecom-bot";
const WAIT_MS = 3000;
const NAME = "企业微信长连接";
const WHERE = "企业微信管理后台 → 安全与管理 → 管理工具 → 智能机器人 → 本机器人 → API 模式 → 长连接";

interface Bot {
  readonly id: string;
  readonly secret: string;
}

export async function checkSocket(examined: Examined): Promise<readonly Finding[]> {
  const { settings, refused, desk, now } = examined;
  const bot = settings.wecom.bot?.socket ?? null;
  if (bot === null || ["WECOM_BOT_ID", "WECOM_BOT_SECRET", "WECOM_WS_URL"].some((name) => refused.has(name))) return [];
  const holder = await socketHolder(examined);
  if (desk !== null) return [judgeRunning(desk.warnings, holder)];
  if (holder === "held") {
    return [notice(`${NAME}：由另一个进程（可能在另一台机器上）连着，没有再试连，以免把它顶下线`)];
  }
  if (holder === "unknown") {
    return [notice(`${NAME}：不知道有没有服务正在用它，没有试连，以免把它顶下线；请先改好站点文件和 Redis`)];
  }
  return [judgeSubscription(await subscribeOnce(settings.wecom.wsUrl, bot, now), settings.wecom.wsUrl, bot)];
}

export type Holder = "held" | "free" | "unknown";

/** Whether some process of this station's desk holds the socket now. */
export async function socketHolder(examined: Pick<Examined, "settings" | "refused" | "station">): Promise<Holder> {
  const asked = await askRedis(examined, (redis, tag) => redis.exists(tag + keys.holder(SOCKET)));
  if (asked.kind === "answered") return asked.value === 1 ? "held" : "free";
  return asked.kind === "asleep" ? "free" : "unknown";
}

function judgeRunning(warnings: readonly string[] | null, holder: Holder): Finding {
  if (warnings === null) return notice(`${NAME}：运行中的服务没有说明状态，请查看它的日志`);
  const trouble = troubleOf(SOCKET, warnings);
  if (trouble !== null) return must(`${NAME}：运行中的服务报告：${trouble}`);
  if (holder === "free") return must(`${NAME}：运行中的服务没有用长连接，请用当前设置重新启动它`);
  return good(`${NAME}：运行中的服务连着`);
}

type Subscribed = Ending | { readonly kind: "up" };

function subscribeOnce(url: string, { id, secret }: Bot, now: () => number): Promise<Subscribed> {
  return new Promise((resolve) => {
    const connection = connect({
      url,
      botId: id,
      secret,
      times: { ...TIMES, handshake: WAIT_MS, subscribe: WAIT_MS },
      now,
      onUp: () => void connection.close().then(() => resolve({ kind: "up" })),
      onCallback() {},
      onGarbage() {},
      // After `onUp` it has ended because we closed it.
      onEnd: (ending) => setImmediate(() => resolve(ending)),
    });
  });
}

function judgeSubscription(subscribed: Subscribed, wsUrl: string, { secret }: Bot): Finding {
  const { host } = new URL(wsUrl);
  switch (subscribed.kind) {
    case "up":
      return good(`${NAME}：${host} 连得上，WECOM_BOT_ID 和 WECOM_BOT_SECRET 被接受`);
    case "refused":
      return must(`${NAME}：被拒绝（${redact(subscribed.reason, [secret])}）；${mendOf(subscribed.reason)}`);
    case "pace":
      return notice(`${NAME}：订阅太频繁（${subscribed.reason}），请过几分钟再查`);
    case "replaced":
      return must(`${NAME}：刚连上就被另一处登录顶替，请停掉用同一机器人的其他程序`);
    case "lost":
      return must(
        `${NAME}：${host} 连不上（${sayTrouble(subscribed.reason)}），收不到消息；请放通本机到它的出口（WECOM_WS_URL）`,
      );
  }
}

/** There is no table of codes for it (2.9): what the words name, else both. */
function mendOf(reason: string): string {
  if (/^40001\b|secret/i.test(reason)) return `请从 ${WHERE} 重抄 Secret，填入 WECOM_BOT_SECRET（不是 Token）`;
  if (/bot.?id|aibot/i.test(reason)) return `请从 ${WHERE} 重抄机器人 ID，填入 WECOM_BOT_ID`;
  return `请从 ${WHERE} 重抄 WECOM_BOT_ID 和 WECOM_BOT_SECRET，并确认选的是“长连接”`;
}
