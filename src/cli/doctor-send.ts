/**
 * `doctor --send <group>`: one test line into a group, by the way the desk would take, which mentions the person whom the
 * desk would mention there first. The desk itself is not started; nothing is kept.
 */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { EXIT_BAD_SETTING } from "../bad-setting.ts";
import type { PlatformName } from "../chat/message.ts";
import { channelOf, type SendOutcome, type Way, type WayKind } from "../chat/outgoing.ts";
import { openPlatforms } from "../open-platforms.ts";
import type { Platform } from "../platforms/platform.ts";
import { shanghaiDate } from "../pledge/hours.ts";
import { type Environment, readSettings, type Settings } from "../settings.ts";
import { onDuty } from "../station/duty.ts";
import type { Group, Person, Station } from "../station/station.ts";
import { readStation } from "../station/station-file.ts";
import { connect } from "../store/connection.ts";
import { stationTag } from "../store/keys.ts";
import { PLATFORM_WORDS } from "../web/warnings.ts";
import { adviceOn, plainReason } from "./checks/advice.ts";
import { type Finding, good, listed, must, notice } from "./checks/finding.ts";
import { socketHolder } from "./checks/wecom-socket.ts";
import { lineOf, secretsIn, secretsOf } from "./doctor-lines.ts";
import { findGroups, nameOf } from "./group-named.ts";
import { withSocket } from "./with-socket.ts";

export interface DoctorSendOptions {
  readonly out?: { write(text: string): unknown };
  /** Wire clock, ms. */
  readonly now?: () => number;
}

/** sysexits' EX_USAGE. */
const EXIT_USAGE = 64;
const silent = { info() {}, warn() {}, error() {} };

/** @throws BadSetting, BadFile */
export async function runDoctorSend(
  named: string,
  environment: Environment,
  { out = process.stdout, now = Date.now }: DoctorSendOptions = {},
): Promise<number> {
  const settings = readSettings(environment);
  const station = readStation(settings.stationFile, environment);
  const secrets = [...secretsIn(station), ...secretsOf(environment)];
  const tell = (findings: readonly Finding[]): void => {
    for (const finding of findings) out.write(`${lineOf(finding, secrets)}\n`);
  };

  const [group, ...others] = findGroups(station, named);
  if (group === undefined) {
    tell([must(unknownGroup(named, station))]);
    return EXIT_USAGE;
  }
  if (others.length > 0) {
    const chats = listed([group, ...others].map(({ platform, chat }) => `${platform}:${chat}`));
    tell([must(`--send：“${named}”不止一个群，请写群编号：${chats}`)]);
    return EXIT_USAGE;
  }
  const findings = await sendTo(group, { settings, station, now });
  tell(findings);
  return findings.some(({ level }) => level === "must") ? EXIT_BAD_SETTING : 0;
}

interface Scene {
  readonly settings: Settings;
  readonly station: Station;
  readonly now: () => number;
}

async function sendTo(group: Group, scene: Scene): Promise<readonly Finding[]> {
  const { settings, station, now } = scene;
  const platformName = PLATFORM_WORDS[group.platform];
  // Nothing is heard here, so it is never asked: it stays unconnected.
  const redis = connect({ socket: join(settings.dataDir, "unused.sock") }, "doctor-send");
  const platform = openPlatforms(settings, {
    redis,
    tag: stationTag(station.station),
    webhookOf: station.webhookOfChannel,
    now,
    log: silent,
  }).get(group.platform);
  const where = `${platformName}群 ${nameOf(group)}`;
  if (platform === undefined) return [must(`${where}：${platformName}没有接入，请先填写它的设置`)];

  const person = firstResponsible(group, station, now());
  const account = person.accounts[group.platform];
  const way = wayInto(group, platform.ways, person, account);
  if (way === null) {
    return [must(`${where}：没有 webhook，也没有别的途径发进去；请在 ${addWebhook(group.platform)}`)];
  }
  const text = `【测试】这是服务台发出的测试消息，请${person.name}留意手机是否有@提醒，不需要处理`;
  const say = () => platform.send(way, { id: randomUUID(), text, buttons: [] });
  const outcome =
    way.kind === "push" && platform.sockets.length > 0 && group.platform === "wecom"
      ? await overSocket(platform, scene, say)
      : await say();
  return judgeOutcome(outcome, { where, group, way, person, account });
}

/** Its socket may be another's, who would be kicked. */
async function overSocket(platform: Platform, scene: Scene, say: () => Promise<SendOutcome>): Promise<SendOutcome> {
  const holder = await socketHolder({ ...scene, refused: new Set() });
  if (holder !== "free") {
    return { kind: "refused", reason: "长连接由服务占用，测试会把它顶下线；请给这个群填写 webhook 再测，或先停下服务" };
  }
  const [socket] = platform.sockets;
  return socket === undefined ? say() : withSocket(socket, say);
}

/** Whom the desk would mention there first. */
function firstResponsible(group: Group, station: Station, now: number): Person {
  if (group.kind === "leaders") return station.people.find(({ role }) => role === "leader") ?? station.chief;
  if (group.kind === "helpers") return station.chief;
  const point =
    group.point ?? (group.enterprise === null ? null : (station.enterprise(group.enterprise)?.point ?? null));
  return onDuty(station, point, shanghaiDate(now)).person;
}

function wayInto(group: Group, ways: Platform["ways"], person: Person, account: string | undefined): Way | null {
  const { platform, chat, channel } = group;
  if (channel !== null && ways.webhook) {
    return { kind: "webhook", channel, mention: account === undefined ? [] : [account] };
  }
  if (!ways.push) return null;
  const pushed = channelOf(platform, ways.push.lane, `${platform}:${chat}`);
  return { kind: "push", channel: pushed, chat, single: false, names: [person.name] };
}

interface Sent {
  readonly where: string;
  readonly group: Group;
  readonly way: Way;
  readonly person: Person;
  readonly account: string | undefined;
}

const WAY_WORDS: Readonly<Partial<Record<WayKind, string>>> = { webhook: " webhook ", push: "机器人接口" };

function judgeOutcome(outcome: SendOutcome, { where, group, way, person, account }: Sent): readonly Finding[] {
  const by = `${where}：经${WAY_WORDS[way.kind] ?? way.kind}`;
  switch (outcome.kind) {
    case "sent":
      return [
        good(
          `${by}已发出。请看${nameOf(group)}里有没有“【测试】”开头的一行；出现在别的群，就是 webhook 填成了那个群的`,
        ),
        mentionFinding(where, group, way, person, account),
      ];
    case "doubt":
      return [notice(`${by}发出了，没有得到答复（${outcome.reason}）；请到群里看有没有“【测试】”开头的一行`)];
    case "busy":
    case "pace":
    case "refused": {
      const advice = adviceOn(group.platform, outcome.reason);
      return [
        must(
          `${by}没有发出（${advice === null ? outcome.reason : plainReason(outcome.reason)}）${advice === null ? "" : `；${advice}`}`,
        ),
      ];
    }
  }
}

function mentionFinding(
  where: string,
  { platform }: Group,
  way: Way,
  person: Person,
  account: string | undefined,
): Finding {
  const who = `${person.name}（${person.id}）`;
  if (way.kind !== "webhook") {
    return must(`${where}：没有 webhook，${who} 只写出名字，手机不会响；请在 ${addWebhook(platform)}`);
  }
  if (account === undefined) {
    return must(`${where}：${who} 没有${PLATFORM_WORDS[platform]}账号，没有@到人；请在 people 里填写 ${platform}`);
  }
  return good(
    `${where}：@了 ${who}，其手机应当响。若看得到那一行，但没有@出名字或手机不响，就是此人不在这个群，或账号 ${account} 不是通讯录里的账号`,
  );
}

function addWebhook(platform: PlatformName): string {
  const menu = platform === "wecom" ? "消息推送" : "机器人";
  return `群设置 → ${menu} → 添加，把它的地址填入站点文件 groups 里这个群的 webhook`;
}

function unknownGroup(named: string, { groups }: Station): string {
  if (groups.length === 0) {
    return "--send：站点文件里还没有登记任何群；请在群里@机器人发“本群编号”，把编号填入站点文件 groups";
  }
  return `--send：站点文件里没有“${named}”这个群；可以写 ${listed(groups.map(nameOf))}`;
}
