/** What a station file that is right in itself still leaves undone on the platforms: mentions without an address, help without anybody. */
import type { PlatformName } from "../../chat/message.ts";
import type { Settings } from "../../settings.ts";
import { accountsOf, type Group, type Person, type Station } from "../../station/station.ts";
import { PLATFORM_WORDS, platformWarnings } from "../../web/warnings.ts";
import { type Finding, good, listed, must, notice } from "./finding.ts";

/** Whoever is not the organisation's super-admin makes a bot that sees ids like this instead of accounts (100719). */
const ENCRYPTED_ACCOUNT = /^wo[\w-]{20,}$/i;

/** What differs between the two in words; which of them can do what is not decided here. */
const WORDS = {
  wecom: {
    mute: "没有 webhook，不能@帮办员；请在 群设置 → 消息推送 → 添加，把它的地址填入 webhook",
    noGroup: "请在群里@机器人发“本群编号”，把得到的编号填入 groups",
    isOther: /dingtalk\.com$|\/robot\/send/,
    token: "key",
    example: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…",
  },
  dingtalk: {
    mute: "没有 webhook，只有群里刚有人对机器人说过话（约一个半小时内）才@得到帮办员；请在 群设置 → 机器人 → 添加，把它的地址填入 webhook",
    noGroup: "请在群里@机器人发“本群编号”，把得到的编号填入 groups",
    isOther: /weixin\.qq\.com$|\/cgi-bin\/webhook\/send/,
    token: "access_token",
    example: "https://oapi.dingtalk.com/robot/send?access_token=…",
  },
} as const;

/** Those whose settings are there. */
function platformsOn({ wecom, dingtalk }: Settings): ReadonlySet<PlatformName> {
  return new Set([
    ...(wecom.bot !== null || wecom.app !== null ? (["wecom"] as const) : []),
    ...(dingtalk.robot !== null ? (["dingtalk"] as const) : []),
  ]);
}

export function examineRoster(station: Station, settings: Settings): readonly Finding[] {
  const on = platformsOn(settings);
  const findings = [
    ...(station.groups.length === 0 ? [notice(`群：站点文件里还没有群，${WORDS.wecom.noGroup}`)] : []),
    ...[...on].flatMap((platform) => [...groupFindings(station, platform), ...peopleFindings(station, platform)]),
    ...pointFindings(station),
    ...platformWarnings(station, on).map((line) => notice(`站点文件：${line}`)),
  ];
  return [
    ...(findings.length > 0 ? findings : [good("群与人员：每个群都能@帮办员，每个服务点都有人")]),
    ...(on.size === 0 ? [] : [judgeOneToOne(station, settings, on)]),
  ];
}

function groupFindings(station: Station, platform: PlatformName): Finding[] {
  const groups = station.groups.filter((group) => group.platform === platform);
  const words = WORDS[platform];
  const name = `${PLATFORM_WORDS[platform]}群`;
  const about = (level: typeof notice, some: readonly Group[], text: string): Finding[] =>
    some.length > 0 ? [level(`${name}：${listed(some.map(({ chat }) => chat))} ${text}`)] : [];

  const webhooks = groups.flatMap((group) => {
    const webhook = group.channel === null ? null : station.webhookOfChannel(group.channel);
    return webhook === null ? [] : [{ group, url: new URL(webhook.url), secret: webhook.secret }];
  });
  const those = (isMeant: (webhook: (typeof webhooks)[number]) => boolean): Group[] =>
    webhooks.filter(isMeant).map(({ group }) => group);
  const isOther = ({ url }: { url: URL }) => words.isOther.test(url.hostname) || words.isOther.test(url.pathname);
  const isSession = ({ url }: { url: URL }) => url.pathname.endsWith("/robot/sendBySession");
  const isRight = (webhook: { url: URL }) => !isOther(webhook) && !isSession(webhook);
  const isDingtalk = platform === "dingtalk";
  return [
    ...about(
      notice,
      groups.filter(({ channel }) => channel === null),
      words.mute,
    ),
    ...sharing(groups).flatMap((some) =>
      about(notice, some, "共用一个 webhook，@帮办员的消息都会发到同一个群；请给每个群各建一个"),
    ),
    ...about(must, those(isOther), `的 webhook 是另一个平台的地址；这里应填 ${words.example}`),
    ...about(must, those(isSession), `的 webhook 是临时的会话地址，约一个半小时后失效；这里应填 ${words.example}`),
    ...about(
      notice,
      those((webhook) => isRight(webhook) && !webhook.url.searchParams.get(words.token)),
      `的 webhook 里没有 ${words.token}=，像是没有抄全；这里应填 ${words.example}`,
    ),
    ...about(
      must,
      those(({ secret }) => isDingtalk && secret !== null && !secret.startsWith("SEC")),
      "的 secret 不是 SEC 开头；请从 群设置 → 机器人 → 安全设置 → 加签 重抄",
    ),
    ...about(
      notice,
      those((webhook) => isDingtalk && isRight(webhook) && webhook.secret === null),
      "的 webhook 没有 secret；机器人的 安全设置 选了“加签”的，请把 SEC 开头的密钥填入 secret，选了关键词或 IP 的，请改选“加签”",
    ),
  ];
}

function sharing(groups: readonly Group[]): Group[][] {
  const byChannel = new Map<string, Group[]>();
  for (const group of groups) {
    if (group.channel === null) continue;
    byChannel.set(group.channel, [...(byChannel.get(group.channel) ?? []), group]);
  }
  return [...byChannel.values()].filter(({ length }) => length > 1);
}

function peopleFindings(station: Station, platform: PlatformName): Finding[] {
  const absent = serving(station, platform).filter(({ accounts }) => accounts[platform] === undefined);
  const encrypted = station.people.filter((person) =>
    accountsOf(person).some(
      ([of, account]) => platform === "wecom" && of === platform && ENCRYPTED_ACCOUNT.test(account),
    ),
  );
  const name = PLATFORM_WORDS[platform];
  return [
    ...(absent.length > 0
      ? [
          notice(
            `人员：${named(absent)} 没有${name}账号，${name}群里的机器人认不出也@不到；请在 people 里填写 ${platform}`,
          ),
        ]
      : []),
    ...(encrypted.length > 0
      ? [
          notice(
            `人员：${named(encrypted)} 的企业微信账号像是加密的编号（wo…），@不到人；机器人创建者须为超级管理员，请重建机器人并改填通讯录里的账号`,
          ),
        ]
      : []),
  ];
}

/** Those who are mentioned in the groups of a platform, or read there. */
function serving({ groups, people, points, enterprises, mainPoint }: Station, platform: PlatformName): Person[] {
  const here = groups.filter((group) => group.platform === platform);
  const of = (kind: Group["kind"]) => here.filter((group) => group.kind === kind);
  const service = of("service");
  const pointOf = new Map(enterprises.map(({ name, point }) => [name, point]));
  const served = new Set(
    service.map(({ point, enterprise }) => point ?? pointOf.get(enterprise ?? "") ?? mainPoint.id),
  );
  const helpers = new Set(points.filter(({ id }) => served.has(id)).flatMap((point) => point.helpers));
  const isAmongStaff = of("helpers").length > 0;
  return people.filter(({ id, role }) => {
    if (role === "leader") return of("leaders").length > 0;
    if (role === "helper") return isAmongStaff || helpers.has(id);
    return isAmongStaff || service.length > 0;
  });
}

function judgeOneToOne(
  { people, helpersGroups }: Station,
  { wecom, dingtalk }: Settings,
  on: ReadonlySet<PlatformName>,
): Finding {
  const reaches = { wecom: wecom.app !== null || wecom.bot?.socket != null, dingtalk: dingtalk.robot !== null };
  const isReached = (person: Person) => accountsOf(person).some(([platform]) => reaches[platform]);
  const alone = people.filter((person) => ["chief", "invited"].includes(person.role) && !isReached(person));
  if (alone.length === 0) {
    const first = wecom.app === null && wecom.bot?.socket ? "（企业微信长连接须本人先私聊机器人一次）" : "";
    return good(`单独提醒：首席帮办员和特邀帮办员都有一对一的途径${first}`);
  }
  if (helpersGroups.some(({ platform, channel }) => on.has(platform) && channel !== null)) {
    return good(`单独提醒：${named(alone)} 没有一对一的途径，改在帮办员群里@`);
  }
  return notice(
    `单独提醒：${named(alone)} 没有一对一的途径，也没有带 webhook 的帮办员群，转给他们的事项没有提醒；请登记帮办员群（kind: helpers），或填写自建应用（WECOM_AGENT_ID、WECOM_APP_SECRET）或钉钉账号`,
  );
}

function pointFindings({ points, people }: Station): Finding[] {
  const empty = points.filter(({ helpers }) => helpers.length === 0);
  const placed = new Set(points.flatMap(({ helpers }) => helpers));
  const idle = people.filter(({ id, role }) => role === "helper" && !placed.has(id));
  return [
    ...(empty.length > 0
      ? [
          notice(
            `服务点：${listed(empty.map(({ name }) => name))} 没有帮办员，诉求改由主站或首席帮办员承办；请在 points 里填写 helpers`,
          ),
        ]
      : []),
    ...(idle.length > 0
      ? [notice(`人员：${named(idle)} 不属于任何服务点，派不到工单；请写进某个服务点的 helpers`)]
      : []),
  ];
}

function named(people: readonly Person[]): string {
  return listed(people.map(({ id, name }) => `${name}（${id}）`));
}
