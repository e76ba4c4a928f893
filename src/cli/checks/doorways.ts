/**
 * The doors that platforms call: each is called on the running desk as its platform would, with a message that says
 * nothing, and once more at the address that the internet sees, where one is known.
 */
import { randomBytes, randomInt } from "node:crypto";
import type { CallbackKeys } from "../../platform-settings.ts";
import { signatureOf } from "../../platforms/dingtalk/signature.ts";
import { APP_PATH } from "../../platforms/wecom/app/doorway.ts";
import { BOT_PATH } from "../../platforms/wecom/doorway.ts";
import { seal } from "../../platforms/wecom/envelope.ts";
import { robotOf } from "./dingtalk.ts";
import { type Examined, type Finding, good, must, notice } from "./finding.ts";
import { sayTrouble } from "./reach.ts";
import { botOf } from "./wecom.ts";
import { appOf } from "./wecom-app.ts";

const WAIT_MS = 3000;
/** design.md 6, "Routes". */
const DINGTALK_PATH = "/webhook/dingtalk";
/** The console gives up after a second (90930). */
const ECHO_MS_MAX = 1000;

export interface Knocked {
  readonly status: number;
  /** Whether it answered what it should, to the byte. */
  readonly isRight: boolean;
  readonly ms: number;
}

export interface Door {
  readonly name: string;
  readonly path: string;
  /** What a 401 and a 400 are about. */
  readonly token: string;
  readonly key: string;
  /** What is proved when it opens. */
  readonly proof: string;
  /** @throws where nobody answers */
  knock(base: string): Promise<Knocked>;
}

export async function checkWecomDoors(examined: Examined): Promise<readonly Finding[]> {
  const bot = botOf(examined);
  const app = appOf(examined);
  return knockAt(examined, [
    ...(bot === null ? [] : [botDoor(bot, examined.now)]),
    ...(app?.callback ? [appDoor(app.callback, app.corpId, examined.now)] : []),
  ]);
}

export async function checkDingtalkDoor(examined: Examined): Promise<readonly Finding[]> {
  const robot = robotOf(examined);
  if (robot?.mode !== "http") return [];
  return knockAt(examined, [robotDoor(robot.appSecret, robot.robotCode, examined.now)]);
}

async function knockAt(examined: Examined, doors: readonly Door[]): Promise<readonly Finding[]> {
  const { desk, settings, refused } = examined;
  if (desk === null) return [];
  const publicUrl = refused.has("PUBLIC_URL") ? null : settings.publicUrl;
  const findings = doors.map(async (door) => {
    const here = await knockHere(desk.url, door);
    // Where it does not open here it need not be asked for from afar.
    return here.level === "must" || publicUrl === null ? [here] : [here, await knockOutside(publicUrl, door)];
  });
  return (await Promise.all(findings)).flat();
}

async function knockHere(url: string, door: Door): Promise<Finding> {
  try {
    return judgeDoor(door, await door.knock(url));
  } catch {
    return must(`${door.name}：${door.path} 在 ${WAIT_MS / 1000} 秒内没有回答，请查看服务的日志`);
  }
}

export function judgeDoor({ name, token, key, proof }: Door, { status, isRight, ms }: Knocked): Finding {
  if (status === 401) return must(`${name}：运行中的服务用的是另一个 ${token}，请重新启动它`);
  if (status === 400) return must(`${name}：运行中的服务用的是另一个 ${key}，请重新启动它`);
  if (status === 404)
    return must(`${name}：运行中的服务没有开这个入口（例如那是演示，或设置是旧的），请用当前设置重新启动`);
  if (status !== 200 || !isRight) return must(`${name}：验证没有通过（HTTP ${status}），请查看服务的日志`);
  if (ms > ECHO_MS_MAX) return notice(`${name}：验证通过，但用了 ${Math.round(ms)} 毫秒，平台只等一秒`);
  return good(`${name}：${proof}`);
}

/** From inside, an office's own address cannot always be reached: not to reach it says little, a wrong answer says much. */
async function knockOutside(publicUrl: string, door: Door): Promise<Finding> {
  const name = `${door.name}（外网）`;
  const address = `${publicUrl}${door.path}`;
  let knocked: Knocked;
  try {
    knocked = await door.knock(publicUrl);
  } catch (error) {
    return notice(
      `${name}：本机打不开 ${address}（${sayTrouble(codeOf(error))}）；请用手机流量打开它，应显示 Unauthorized 或 Method Not Allowed 而不是打不开`,
    );
  }
  const { status, isRight, ms } = knocked;
  if (status === 404) return must(`${name}：${address} 没有转发到服务，请在反向代理里加上这个路径`);
  if (status >= 500) return must(`${name}：${address} 答 HTTP ${status}，反向代理转发的主机或端口不对`);
  if (status !== 200 || !isRight) {
    return must(
      `${name}：${address} 的回答途中被改动（HTTP ${status}），请核对反向代理：查询参数要原样转发，不要登录、跳转或改写`,
    );
  }
  if (ms > ECHO_MS_MAX) return notice(`${name}：${address} 通，但用了 ${Math.round(ms)} 毫秒，平台只等一秒`);
  return good(`${name}：${address} 通，后台的回调地址请填这个`);
}

function botDoor(keys: CallbackKeys, now: () => number): Door {
  return {
    name: "企业微信回调",
    path: BOT_PATH,
    token: "WECOM_BOT_TOKEN",
    key: "WECOM_BOT_AES_KEY",
    proof: "验证通过，与在企业微信后台点“保存”时相同",
    knock: (base) => askEcho(`${base}${BOT_PATH}`, keys, "", now),
  };
}

function appDoor(keys: CallbackKeys, corpId: string, now: () => number): Door {
  return {
    name: "企业微信应用回调",
    path: APP_PATH,
    token: "WECOM_APP_TOKEN",
    key: "WECOM_APP_AES_KEY 或 WECOM_CORP_ID",
    proof: "验证通过，与在企业微信后台“接收消息”点“保存”时相同",
    knock: (base) => askEcho(`${base}${APP_PATH}`, keys, corpId, now),
  };
}

/** What WeCom's console sends when the administrator presses 保存: it proves token, key and receiver. */
async function askEcho(url: string, keys: CallbackKeys, receiver: string, now: () => number): Promise<Knocked> {
  const plain = String(randomInt(2 ** 47));
  const nonce = randomBytes(8).toString("hex");
  const timestamp = Math.floor(now() / 1000);
  const { encrypt: echostr, msgsignature } = seal(plain, { ...keys, timestamp, nonce, receiver });
  const query = new URLSearchParams({ msg_signature: msgsignature, timestamp: String(timestamp), nonce, echostr });
  return timed(`${url}?${query}`, {}, (text) => text === plain);
}

function robotDoor(appSecret: string, robotCode: string, now: () => number): Door {
  return {
    name: "钉钉回调",
    path: DINGTALK_PATH,
    token: "DINGTALK_APP_SECRET",
    key: "DINGTALK_APP_SECRET",
    proof: "验证通过，签名与钉钉发来的相同",
    async knock(base) {
      const timestamp = String(now());
      const headers = {
        "content-type": "application/json; charset=utf-8",
        timestamp,
        sign: signatureOf(appSecret, timestamp),
      };
      // Without an id it is nobody's message, and dropped.
      const body = JSON.stringify({
        robotCode,
        chatbotCorpId: "",
        msgtype: "text",
        text: { content: "" },
        content: {},
      });
      return timed(`${base}${DINGTALK_PATH}`, { method: "POST", headers, body }, isSilence);
    },
  };
}

async function timed(url: string, request: RequestInit, isRight: (text: string) => boolean): Promise<Knocked> {
  const began = performance.now();
  const answer = await fetch(url, { ...request, signal: AbortSignal.timeout(WAIT_MS), redirect: "manual" });
  const text = await answer.text();
  return { status: answer.status, isRight: isRight(text), ms: performance.now() - began };
}

function isSilence(text: string): boolean {
  try {
    return (JSON.parse(text) as { msgtype?: unknown } | null)?.msgtype === "empty";
  } catch {
    return false;
  }
}

/** What `fetch` throws wraps what happened. */
function codeOf(error: unknown): string {
  const { cause, name } = error as { cause?: { code?: unknown }; name?: string };
  return typeof cause?.code === "string" ? cause.code : name === "TimeoutError" ? "ETIMEDOUT" : "原因不明";
}
