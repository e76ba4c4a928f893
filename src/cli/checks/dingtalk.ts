/** DingTalk's robot: credentials, permission, robot code and quota, each by a call that reaches nobody. */
import type { DingtalkRobot } from "../../platform-settings.ts";
import { openAppToken } from "../../platforms/dingtalk/app-token.ts";
import { openGateway } from "../../platforms/dingtalk/gateway.ts";
import {
  type Answered,
  codeOf,
  isTokenRefused,
  judgeCode,
  judgeDelivery,
  readAnswer,
  wordsOf,
} from "../../platforms/dingtalk/judge.ts";
import { openPost, type Post } from "../../platforms/post.ts";
import { redact } from "../../platforms/redact.ts";
import { troubleOf } from "../../web/socket-warnings.ts";
import { adviceOn, plainReason } from "./advice.ts";
import { type Examined, type Finding, good, must, notice } from "./finding.ts";
import { reach, sayTrouble } from "./reach.ts";
import type { RunningDesk } from "./running-desk.ts";
import { examineSenders } from "./senders.ts";

const WAIT_MS = 5000;
const NAME = "钉钉机器人";
const STREAM = "钉钉 Stream";
/** As `/readyz` names it. */
const SOCKET = "dingtalk-stream";
/** Nobody's account: a message to it goes to nobody, and is answered with what is wrong before it (dingtalk.md 3.3). */
const NOBODY = "bangban-doctor-nobody";

/** Null: what there is stands in for something that was refused. */
export function robotOf({ settings, refused }: Pick<Examined, "settings" | "refused">): DingtalkRobot | null {
  const isRefused = [...refused].some((name) => /^DINGTALK_(?:APP_KEY|APP_SECRET|ROBOT_CODE|MODE|CORP_ID)$/.test(name));
  return isRefused ? null : settings.dingtalk.robot;
}

export async function checkDingtalk(examined: Examined): Promise<readonly Finding[]> {
  const robot = robotOf(examined);
  const { settings, refused, now } = examined;
  if (robot === null || refused.has("DINGTALK_API_BASE")) return [];
  const { apiBase } = settings.dingtalk;
  const isStream = robot.mode === "stream";
  const without = `${isStream ? "收不到消息，也" : ""}不能用接口发消息`;
  const host = await reach(
    { platform: "钉钉", setting: "DINGTALK_API_BASE", url: apiBase, without, isVital: isStream },
    now,
  );
  if (!host.reached) return host.findings;
  const post = openPost(WAIT_MS);
  return [
    ...host.findings,
    good(`DINGTALK_ROBOT_NAME：${robot.names.join("、")}（须与机器人在群里显示的名字一致）`),
    await examineSenders(examined, "dingtalk"),
    await examineRobot(post, apiBase, robot, now),
    ...(isStream ? [await examineGateway(post, apiBase, robot), ...examineRunning(examined.desk)] : []),
  ];
}

export async function checkDingtalkWebhookHost({ settings, refused, now }: Examined): Promise<readonly Finding[]> {
  const { robot, oapiBase, apiBase } = settings.dingtalk;
  if (robot === null || refused.has("DINGTALK_OAPI_BASE") || oapiBase === apiBase) return [];
  const without = "在原话下的回复和群机器人（webhook）的消息都会发不出去";
  const { findings } = await reach({ platform: "钉钉", setting: "DINGTALK_OAPI_BASE", url: oapiBase, without }, now);
  // The clock was compared with the other host's.
  return findings.slice(0, 1);
}

async function examineRobot(post: Post, apiBase: string, robot: DingtalkRobot, now: () => number): Promise<Finding> {
  const token = openAppToken({ post, apiBase, ...robot, now });
  const url = new URL(`${apiBase}/v1.0/robot/oToMessages/batchSend`);
  const body = {
    robotCode: robot.robotCode,
    userIds: [NOBODY],
    msgKey: "sampleText",
    msgParam: JSON.stringify({ content: "【测试】doctor" }),
  };
  let secret = "";
  const posted = await token.with(
    (value) => {
      secret = value;
      return post(url, body, { headers: { "x-acs-dingtalk-access-token": value } });
    },
    (each) => each.kind === "answered" && isTokenRefused(each),
  );
  if (posted.kind === "refused" || posted.kind === "busy" || posted.kind === "pace") {
    return refusedOr(posted.kind === "refused", posted.reason);
  }
  const delivered = judgeDelivery(posted);
  return delivered.kind === "answered"
    ? judgeAnswer(delivered, secret)
    : notice(
        `${NAME}：AppKey 和 AppSecret 被接受，发送接口没有查完（${"reason" in delivered ? delivered.reason : "原因不明"}）`,
      );
}

function judgeAnswer(answered: Answered, secret: string): Finding {
  const answer = readAnswer(answered);
  const code = codeOf(answer, "code");
  const accepted = good(`${NAME}：AppKey、AppSecret 被接受，有发送权限，robotCode 是本应用的`);
  if (answer !== null && answered.status < 300 && code === null) return accepted;
  if (answer === null || code === null) {
    return notice(`${NAME}：AppKey 和 AppSecret 被接受，发送接口的应答无法识别（HTTP ${answered.status}）`);
  }
  // Whatever it has against this receiver, it has nothing against us.
  if (/userId|staffId/i.test(code)) return accepted;
  const outcome = judgeCode(code, answer, answered, redact(`${code} ${wordsOf(answer, "message")}`, [secret]));
  return refusedOr(outcome.kind === "refused", "reason" in outcome ? outcome.reason : code);
}

async function examineGateway(post: Post, apiBase: string, robot: DingtalkRobot): Promise<Finding> {
  const invitation = await openGateway({ post, apiBase, ...robot })();
  switch (invitation.kind) {
    case "invited":
      return good(`${STREAM}：可以建立长连接（机器人的消息接收模式须选“Stream 模式”，否则连得上也收不到消息）`);
    case "refused":
      return must(`${STREAM}：被拒绝${because(invitation.reason)}`);
    case "failed":
      return notice(`${STREAM}：没有查完（${sayTrouble(invitation.reason)}）`);
  }
}

/** What a running desk says of its socket; where it says nothing, it hears. */
function examineRunning(desk: RunningDesk | null): Finding[] {
  const trouble = troubleOf(SOCKET, desk?.warnings ?? []);
  return trouble === null ? [] : [must(`${STREAM}：运行中的服务报告：${trouble}`)];
}

function refusedOr(isRefused: boolean, reason: string): Finding {
  return isRefused ? must(`${NAME}：被拒绝${because(reason)}`) : notice(`${NAME}：没有查完（${reason}），请稍后再查`);
}

function because(reason: string): string {
  const advice = adviceOn("dingtalk", reason);
  return advice === null ? `（${reason}）` : `（${plainReason(reason)}）；${advice}`;
}
