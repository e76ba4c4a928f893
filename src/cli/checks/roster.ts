/** What a station file that is right in itself still leaves undone on the platform: mentions without an address, help without anybody. */
import { accountsOf, type Group, type Person, type Station } from "../../station/station.ts";
import { platformWarnings } from "../../web/warnings.ts";
import { type Finding, good, listed, notice } from "./finding.ts";

/** Whoever is not the organisation's super-admin makes a bot that sees ids like this instead of accounts (100719). */
const ENCRYPTED_ACCOUNT = /^wo[\w-]{20,}$/i;
const WECOM_ALONE = new Set(["wecom"] as const);

export function examineRoster(station: Station): readonly Finding[] {
  const findings = [
    ...groupFindings(station.groups.filter(({ platform }) => platform === "wecom")),
    ...peopleFindings(station.people),
    ...pointFindings(station),
    ...platformWarnings(station, WECOM_ALONE).map((line) => notice(`站点文件：${line}`)),
  ];
  return findings.length > 0 ? findings : [good("群与人员：每个群都能@帮办员，每个服务点都有人")];
}

function groupFindings(groups: readonly Group[]): Finding[] {
  const mute = groups.filter(({ channel }) => channel === null).map(({ chat }) => chat);
  const byChannel = new Map<string, Group[]>();
  for (const group of groups) {
    if (group.channel === null) continue;
    byChannel.set(group.channel, [...(byChannel.get(group.channel) ?? []), group]);
  }
  const shared = [...byChannel.values()].filter(({ length }) => length > 1);
  return [
    ...(groups.length === 0
      ? [notice("群：站点文件里没有企业微信群，请在群里@机器人发“本群编号”，把得到的编号填入 groups")]
      : []),
    ...(mute.length > 0
      ? [notice(`群：${listed(mute)} 没有 webhook，不能@帮办员；请在群里添加“消息推送”，把它的地址填入 webhook`)]
      : []),
    ...shared.map((some) =>
      notice(
        `群：${listed(some.map(({ chat }) => chat))} 共用一个 webhook，@帮办员的消息都会发到同一个群；请给每个群各建一个`,
      ),
    ),
  ];
}

function peopleFindings(people: readonly Person[]): Finding[] {
  const absent = people.filter(({ accounts }) => accounts.wecom === undefined);
  const encrypted = people.filter((person) =>
    accountsOf(person).some(([platform, account]) => platform === "wecom" && ENCRYPTED_ACCOUNT.test(account)),
  );
  return [
    ...(absent.length > 0
      ? [notice(`人员：${named(absent)} 没有企业微信账号，机器人认不出也@不到；请在 people 里填写 wecom`)]
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
