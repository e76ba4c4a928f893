/** What `/readyz` says of a platform's socket that does not hear; the doctor repeats it. */
import type { SocketState } from "../platforms/platform.ts";

const NAMES: Readonly<Record<string, string>> = {
  "wecom-bot": "企业微信机器人长连接",
  "dingtalk-stream": "钉钉机器人长连接（Stream）",
};

/** Null where it hears. */
const WORDS: Readonly<Record<SocketState, string | null>> = {
  up: null,
  elsewhere: null,
  connecting: "没有连上，正在重试，此间收不到消息",
  refused: "被平台拒绝，请核对机器人的密钥，或运行 doctor 查看原因",
  replaced: "被另一处登录顶替，请停掉用同一机器人的其他程序",
};

export function socketWarning(name: string, state: SocketState): string | null {
  const words = WORDS[state];
  return words === null ? null : `${nameOf(name)}${words}`;
}

/** What of these warnings is about this socket, without its name. */
export function troubleOf(name: string, warnings: readonly string[]): string | null {
  const line = warnings.find((each) => each.startsWith(nameOf(name)));
  return line === undefined ? null : line.slice(nameOf(name).length);
}

function nameOf(name: string): string {
  return NAMES[name] ?? name;
}
