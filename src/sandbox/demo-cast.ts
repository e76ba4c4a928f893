/** Who plays in the demo: the station's own people, and the clerks of its companies. All of them are invented. */
import type { Group, Person, Station } from "../station/station.ts";
import type { PageGroup, PagePerson } from "./page/document.ts";
import type { SandboxGroup } from "./wecom/directory.ts";

/** Five requests to try, offered on the first screen. */
export const SUGGESTIONS = [
  "周三下午想借一间能坐三十人的会议室",
  "我们书记下个月退休了，接下来怎么办",
  "锋领e家登不上去，一直提示密码错误",
  "新来的同事党组织关系怎么转到我们公司",
  "厂门口的路灯坏了半个月，能帮忙反映吗",
];

const ROLES = { chief: "首席帮办员", invited: "特邀帮办员", helper: "帮办员", leader: "领导" } as const;
const KINDS = { helpers: "帮办员群", leaders: "领导群" } as const;

/** Clerks of the companies by group; a group of a whole point has people of several. */
const CLERKS: readonly {
  readonly account: string;
  readonly name: string;
  readonly role: string;
  readonly chat: string;
}[] = [
  { account: "wang.min", name: "王敏", role: "恒通汽配 文员", chat: "wrHENGTONG" },
  { account: "lao.zhou", name: "周建国", role: "恒通汽配 支部书记", chat: "wrHENGTONG" },
  { account: "liu.fang", name: "刘芳", role: "明州服饰 人事", chat: "wrNANYUAN" },
  { account: "xu.dawei", name: "徐大伟", role: "甬启物流 党员", chat: "wrNANYUAN" },
];

export function demoGroups(station: Station): (PageGroup & SandboxGroup)[] {
  return station.groups.map((group) => {
    const url = group.channel === null ? null : (station.webhookOfChannel(group.channel)?.url ?? null);
    const webhookKey = url === null ? null : new URL(url).searchParams.get("key");
    return { chat: group.chat, kind: group.kind, name: nameOf(station, group), webhookKey };
  });
}

export function demoPeople(station: Station): (PagePerson & { groups: string[] })[] {
  const clerks = CLERKS.filter(({ chat }) => station.group("wecom", chat)).map(({ chat, ...clerk }) => ({
    ...clerk,
    groups: [chat],
  }));
  const staff = station.people.flatMap((person) => {
    const account = person.accounts.wecom;
    if (!account) return [];
    const groups = station.groups.filter((group) => belongs(station, person, group)).map(({ chat }) => chat);
    return groups.length === 0 ? [] : [{ account, name: person.name, role: ROLES[person.role], groups }];
  });
  return [...clerks, ...staff];
}

function nameOf(station: Station, group: Group): string {
  if (group.kind !== "service") return KINDS[group.kind];
  if (group.enterprise) return `${group.enterprise}服务群`;
  return `${(group.point && station.point(group.point)?.name) ?? ""}企业群`;
}

/** Leaders read among themselves; a point's helpers and the main station's are in its companies' groups. */
function belongs(station: Station, person: Person, group: Group): boolean {
  if (group.kind === "leaders") return person.role === "leader" || person.role === "chief";
  if (person.role === "leader") return false;
  if (group.kind === "helpers") return true;
  if (person.role === "chief") return true;
  const pointId = group.point ?? (group.enterprise ? (station.enterprise(group.enterprise)?.point ?? null) : null);
  const helpers = pointId === null ? [] : (station.point(pointId)?.helpers ?? []);
  return helpers.includes(person.id) || station.mainPoint.helpers.includes(person.id);
}
