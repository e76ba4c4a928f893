/** Who plays in the demo: the station's own people, and the clerks of its companies. All of them are invented. */
import type { PlatformName } from "../chat/message.ts";
import { accountsOf, type Group, type Person, type Station } from "../station/station.ts";
import type { PageChat, PagePerson } from "./page/chat.ts";
import { type Stage, type StageGroup, singleChatOf } from "./page/stage.ts";
import { words } from "./words.ts";

/** Five requests to try, offered on the first screen. */
export const SUGGESTIONS = [
  "周三下午想借一间能坐三十人的会议室",
  "我们书记下个月退休了，接下来怎么办",
  "锋领e家登不上去，一直提示密码错误",
  "新来的同事党组织关系怎么转到我们公司",
  "厂门口的路灯坏了半个月，能帮忙反映吗",
];

const ROLES = { chief: "首席帮办员", invited: "特邀帮办员", helper: "帮办员", leader: "领导" } as const;
/** The company first: its request is where a visitor begins. */
const ORDER = { service: 0, helpers: 1, leaders: 2, single: 3 } as const;

interface Actor {
  readonly platform: PlatformName;
  readonly account: string;
  readonly name: string;
  readonly role: string;
  readonly groups: readonly string[];
}

/** Clerks of the companies by group; a group of a whole point has people of several. */
const CLERKS: readonly (Omit<Actor, "groups"> & { readonly chat: string })[] = [
  { platform: "wecom", account: "wang.min", name: "王敏", role: "恒通汽配 文员", chat: "wrHENGTONG" },
  { platform: "wecom", account: "lao.zhou", name: "周建国", role: "恒通汽配 支部书记", chat: "wrHENGTONG" },
  { platform: "wecom", account: "liu.fang", name: "刘芳", role: "明州服饰 人事", chat: "wrNANYUAN" },
  { platform: "wecom", account: "xu.dawei", name: "徐大伟", role: "甬启物流 党员", chat: "wrNANYUAN" },
  { platform: "dingtalk", account: "dd-lu-xiaomei", name: "陆晓梅", role: "南塘食品 行政", chat: "cidNANTANG==" },
  {
    platform: "dingtalk",
    account: "dd-fang-zhiqiang",
    name: "方志强",
    role: "南塘食品 支部书记",
    chat: "cidNANTANG==",
  },
];

/** Whose one-to-one chats are offered before anything stands in them. */
const LISTED = new Set(["zhao.yiming", "sun.sanning", "dd-zhao-yiming", "dd-lu-xiaomei"]);

export interface Cast {
  readonly chats: readonly PageChat[];
  readonly people: readonly PagePerson[];
}

/** Puts everybody on the stage of their platform. People and groups of a platform without a stage do not play. */
export async function enter(station: Station, stages: readonly Stage[]): Promise<Cast> {
  const parts = await Promise.all(stages.map((stage) => enterOne(station, stage)));
  const chats = parts.flatMap((part) => part.chats);
  chats.sort((a, b) => ORDER[a.kind] - ORDER[b.kind]);
  return { chats, people: parts.flatMap((part) => part.people) };
}

async function enterOne(station: Station, stage: Stage): Promise<Cast> {
  const groups = station.groups.filter(({ platform }) => platform === stage.platform);
  const actors = actorsOn(station, stage.platform, groups);
  const named = groups.map((group) => ({ group, name: nameOf(station, group) }));
  await Promise.all([
    ...named.map(({ group, name }) => stage.addGroup(stageGroup(station, group, name))),
    ...actors.map((actor) => stage.addPerson(actor)),
  ]);
  return {
    chats: [
      ...named.map(({ group: { chat, kind }, name }) => ({ chat, name, kind, stage, listed: true })),
      ...actors.map(({ account, name }) => {
        return { chat: singleChatOf(account), name, kind: "single" as const, stage, listed: LISTED.has(account) };
      }),
    ],
    people: actors.map(({ account, name, role, groups: theirs }) => {
      return { account, name, role, chats: [...theirs, singleChatOf(account)] };
    }),
  };
}

function stageGroup(station: Station, { chat, channel }: Group, name: string): StageGroup {
  return { chat, name, webhook: channel === null ? null : station.webhookOfChannel(channel) };
}

function actorsOn(station: Station, platform: PlatformName, groups: readonly Group[]): Actor[] {
  const clerks = CLERKS.filter((clerk) =>
    groups.some(({ chat }) => clerk.platform === platform && chat === clerk.chat),
  );
  const staff = station.people.flatMap((person) => {
    const account = new Map(accountsOf(person)).get(platform);
    if (account === undefined) return [];
    const theirs = groups.filter((group) => belongs(station, person, group)).map(({ chat }) => chat);
    return [{ platform, account, name: person.name, role: ROLES[person.role], groups: theirs }];
  });
  return [...clerks.map(({ chat, ...clerk }) => ({ ...clerk, groups: [chat] })), ...staff];
}

function nameOf(station: Station, group: Group): string {
  if (group.kind !== "service") return words.kind[group.kind];
  // Groups bear the short name by which the company goes.
  if (group.enterprise) return `${station.enterprise(group.enterprise)?.aliases[0] ?? group.enterprise}服务群`;
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
