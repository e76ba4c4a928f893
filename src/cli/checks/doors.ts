/** The ways in: the port, the addresses and the token that others use. */
import { createServer } from "node:net";
import { PortUnusable } from "../../web/server.ts";
import { type Examined, type Finding, good, must, notice } from "./finding.ts";

const TOKEN_LENGTH_MIN = 16;

export async function checkPort({ settings, refused, desk }: Examined): Promise<readonly Finding[]> {
  const { port } = settings;
  if (refused.has("PORT")) return [];
  if (port === 0) return [notice("PORT：0 表示每次启动换一个空闲端口，平台会找不到；正式使用请固定一个")];
  if (desk !== null) return [notice(`PORT：端口 ${port} 上的服务正在运行`)];
  const problem = await listenOnce(port);
  return [problem === null ? good(`PORT：端口 ${port} 空闲`) : must(new PortUnusable(port, problem).message)];
}

function listenOnce(port: number): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", resolve);
    server.listen(port, () => server.close(() => resolve(null)));
  });
}

export async function checkAddresses({ settings, refused }: Examined): Promise<readonly Finding[]> {
  const { apiToken, publicUrl, wecom, dingtalk } = settings;
  const calledBy = [
    ...(wecom.bot?.callback || wecom.app?.callback ? ["企业微信"] : []),
    ...(dingtalk.robot?.mode === "http" ? ["钉钉"] : []),
  ];
  return [
    ...(refused.has("API_TOKEN") ? [] : [judgeApiToken(apiToken)]),
    ...(refused.has("PUBLIC_URL") ? [] : [judgePublicUrl(publicUrl, calledBy)]),
  ];
}

function judgeApiToken(token: string | null): Finding {
  if (token === null) return notice("API_TOKEN：没有填写，/api 不开放；要给别的程序读取，请填写");
  if (token.length < TOKEN_LENGTH_MIN) {
    return notice(`API_TOKEN：不到 ${TOKEN_LENGTH_MIN} 个字符，容易被猜中，请换一个长的`);
  }
  return good("API_TOKEN：已填写，/api 开放");
}

/** Ways that take no picture carry a link to it (digest/posting.ts). */
const NO_PICTURES = "日报、周报、月报的图表只能发到企业微信群，钉钉和单聊中没有图表链接";

/** `calledBy`: platforms whose callbacks come to an address of ours. */
export function judgePublicUrl(url: string | null, calledBy: readonly string[]): Finding {
  if (url === null) {
    if (calledBy.length === 0) return notice(`PUBLIC_URL：没有填写，目前的接入方式可以不填；${NO_PICTURES}`);
    const callbacks = `${calledBy.join("和")}的回调地址`;
    return notice(`PUBLIC_URL：没有填写，无法从外面替您检查${callbacks}；${NO_PICTURES}；请填写外网能打开的网址`);
  }
  if (url.startsWith("https:")) return good(`PUBLIC_URL：${url}`);
  // Its signature does not cover the body (dingtalk.md 1.1).
  const forged = calledBy.includes("钉钉") ? "；钉钉的签名不管正文，途中的人还能冒充他人发言" : "";
  return notice(`PUBLIC_URL：${url} 没有加密，途中的人看得到内容${forged}；请改用 https://`);
}
