/** `doctor`: every setting and every outside part, looked at without starting the desk: a line each, and all that is wrong. */
import { EXIT_BAD_SETTING } from "../bad-setting.ts";
import { openCalendar } from "../pledge/calendar.ts";
import type { Environment } from "../settings.ts";
import { calendarWarnings } from "../web/warnings.ts";
import { checkDingtalk, checkDingtalkWebhookHost } from "./checks/dingtalk.ts";
import { checkAddresses, checkPort } from "./checks/doors.ts";
import { checkDingtalkDoor, checkWecomDoors } from "./checks/doorways.ts";
import { examineIntents, examineModel, examineStation } from "./checks/files.ts";
import { type Check, type Examined, type Finding, good, notice } from "./checks/finding.ts";
import { checkDataDir, examineNode } from "./checks/machine.ts";
import { checkRedis } from "./checks/redis.ts";
import { examineRoster } from "./checks/roster.ts";
import { findDesk } from "./checks/running-desk.ts";
import { examineSettings } from "./checks/settings.ts";
import { checkBot, checkWecomHost } from "./checks/wecom.ts";
import { checkApp } from "./checks/wecom-app.ts";
import { checkSocket } from "./checks/wecom-socket.ts";
import { describeSummary, lineOf, secretsIn, secretsOf } from "./doctor-lines.ts";

/** In the order in which they are told. */
const CHECKS: readonly Check[] = [
  checkStationParts,
  checkModel,
  checkDataDir,
  checkRedis,
  checkPort,
  checkAddresses,
  checkWecomHost,
  checkBot,
  checkSocket,
  checkApp,
  checkWecomDoors,
  checkDingtalk,
  checkDingtalkWebhookHost,
  checkDingtalkDoor,
];

export interface DoctorOptions {
  readonly out?: { write(text: string): unknown };
  /** Wire clock, ms. */
  readonly now?: () => number;
}

export async function runDoctor(
  environment: Environment,
  { out = process.stdout, now = Date.now }: DoctorOptions = {},
): Promise<number> {
  const told: Finding[] = [];
  const secrets = [...secretsOf(environment)];
  const tell = (findings: readonly Finding[]): void => {
    told.push(...findings);
    for (const finding of findings) out.write(`${lineOf(finding, secrets)}\n`);
  };

  const { settings, refused, findings } = examineSettings(environment);
  tell([examineNode(process.versions.node), ...findings]);
  const { station, findings: aboutStation } = examineStation(settings.stationFile, environment);
  const { intents, findings: aboutIntents } = examineIntents(settings.intentsDir);
  if (station !== null) secrets.push(...secretsIn(station));
  tell([...aboutStation, ...aboutIntents]);

  const desk = refused.has("PORT") || settings.port === 0 ? null : await findDesk(settings.port);
  const examined: Examined = { settings, refused, station, intents, desk, now };
  // All at once, since most of them wait for somebody; told in their order.
  for (const answer of CHECKS.map((check) => finished(check, examined))) tell(await answer);
  out.write(`${describeSummary(told)}\n`);
  return told.some(({ level }) => level === "must") ? EXIT_BAD_SETTING : 0;
}

/** A check that stumbles must not take the others' lines with it. */
async function finished(check: Check, examined: Examined): Promise<readonly Finding[]> {
  try {
    return await check(examined);
  } catch (error) {
    return [
      notice(
        `${check.name}：这一项没有检查完（${error instanceof Error ? error.message : "原因不明"}），请再运行一次 doctor；仍然如此，请把这一行告诉维护者`,
      ),
    ];
  }
}

async function checkStationParts({ station, settings, now }: Examined): Promise<readonly Finding[]> {
  if (station === null) return [];
  const calendar = openCalendar(station.holidays);
  const gaps = calendarWarnings(calendar, now());
  return [
    ...examineRoster(station, settings),
    ...(gaps.length > 0
      ? gaps.map((line) => notice(`节假日：${line}`))
      : [good(`节假日：内置数据到 ${calendar.publishedThrough}`)]),
  ];
}

async function checkModel({ intents, settings }: Examined): Promise<readonly Finding[]> {
  return intents === null ? [] : [examineModel(intents, settings.dataDir)];
}
