/** The ways in: the port, the doorway that WeCom calls, the addresses and the token that others use. */
import { randomBytes, randomInt } from "node:crypto";
import { createServer } from "node:net";
import type { CallbackKeys } from "../../platform-settings.ts";
import { BOT_PATH } from "../../platforms/wecom/doorway.ts";
import { seal } from "../../platforms/wecom/envelope.ts";
import { PortUnusable } from "../../web/server.ts";
import { type Examined, type Finding, good, must, notice } from "./finding.ts";
import { botOf } from "./wecom.ts";

const WAIT_MS = 3000;
/** The console gives up after a second (90930). */
const ECHO_MS_MAX = 1000;
const TOKEN_LENGTH_MIN = 16;

export async function checkPort(examined: Examined): Promise<readonly Finding[]> {
  const { settings, refused } = examined;
  const { port } = settings;
  if (refused.has("PORT")) return [];
  if (port === 0) return [notice("PORT：0 表示每次启动换一个空闲端口，企业微信会找不到；正式使用请固定一个")];
  const desk = `http://127.0.0.1:${port}`;
  if (await isDesk(desk)) {
    const bot = botOf(examined);
    return [
      notice(`PORT：端口 ${port} 上的服务正在运行`),
      ...(bot === null ? [] : [await examineDoorway(desk, bot, examined.now)]),
    ];
  }
  const problem = await listenOnce(port);
  return [problem === null ? good(`PORT：端口 ${port} 空闲`) : must(new PortUnusable(port, problem).message)];
}

async function isDesk(desk: string): Promise<boolean> {
  try {
    const answer = await fetch(`${desk}/healthz`, { signal: AbortSignal.timeout(WAIT_MS), redirect: "error" });
    return answer.ok && (await answer.text()) === "ok";
  } catch {
    return false;
  }
}

function listenOnce(port: number): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", resolve);
    server.listen(port, () => server.close(() => resolve(null)));
  });
}

/** What WeCom's console sends when the administrator presses 保存: it proves token and key against the running desk. */
async function examineDoorway(desk: string, bot: CallbackKeys, now: () => number): Promise<Finding> {
  const plain = String(randomInt(2 ** 47));
  const nonce = randomBytes(8).toString("hex");
  const timestamp = Math.floor(now() / 1000);
  const { encrypt: echostr, msgsignature } = seal(plain, { token: bot.token, aesKey: bot.aesKey, timestamp, nonce });
  const query = new URLSearchParams({ msg_signature: msgsignature, timestamp: String(timestamp), nonce, echostr });
  const began = performance.now();
  try {
    const answer = await fetch(`${desk}${BOT_PATH}?${query}`, {
      signal: AbortSignal.timeout(WAIT_MS),
      redirect: "error",
    });
    const text = await answer.text();
    return judgeEcho({ status: answer.status, isPlain: text === plain, ms: performance.now() - began });
  } catch {
    return must(`企业微信回调：${BOT_PATH} 在 ${WAIT_MS / 1000} 秒内没有回答，请查看服务的日志`);
  }
}

export function judgeEcho({ status, isPlain, ms }: { status: number; isPlain: boolean; ms: number }): Finding {
  const name = "企业微信回调";
  if (status === 401) {
    return must(`${name}：运行中的服务用的是另一个 WECOM_BOT_TOKEN，请重新启动它`);
  }
  if (status === 400) return must(`${name}：运行中的服务用的是另一个 WECOM_BOT_AES_KEY，请重新启动它`);
  if (status === 404) return must(`${name}：运行中的服务没有接入企业微信（例如那是演示），请用当前设置重新启动`);
  if (status !== 200 || !isPlain) return must(`${name}：验证没有通过（HTTP ${status}），请查看服务的日志`);
  if (ms > ECHO_MS_MAX) return notice(`${name}：验证通过，但用了 ${Math.round(ms)} 毫秒，企业微信只等一秒`);
  return good(`${name}：验证通过，与在企业微信后台点“保存”时相同`);
}

export async function checkAddresses({ settings, refused }: Examined): Promise<readonly Finding[]> {
  const { apiToken, publicUrl } = settings;
  return [
    ...(refused.has("API_TOKEN") ? [] : [judgeApiToken(apiToken)]),
    ...(refused.has("PUBLIC_URL") ? [] : [judgePublicUrl(publicUrl)]),
  ];
}

function judgeApiToken(token: string | null): Finding {
  if (token === null) return notice("API_TOKEN：没有填写，/api 不开放；要给别的程序读取，请填写");
  if (token.length < TOKEN_LENGTH_MIN) {
    return notice(`API_TOKEN：不到 ${TOKEN_LENGTH_MIN} 个字符，容易被猜中，请换一个长的`);
  }
  return good("API_TOKEN：已填写，/api 开放");
}

export function judgePublicUrl(url: string | null): Finding {
  if (url === null) return notice("PUBLIC_URL：没有填写，消息里不带链接；要带，请填写外网能打开的网址");
  if (!url.startsWith("https:")) return notice(`PUBLIC_URL：${url} 没有加密，途中的人看得到内容；请改用 https://`);
  return good(`PUBLIC_URL：${url}`);
}
