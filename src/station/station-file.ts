/** The station file, read strictly: what is wrong is named by line and field, all of it at once. */
import { BadFile, readYamlFile } from "../store/yaml-file.ts";
import { fillEnvWords } from "./env-words.ts";
import {
  channelOfWebhook,
  type Enterprise,
  type Group,
  openStation,
  type Person,
  plainName,
  type Station,
  type Webhook,
} from "./station.ts";
import { checkStation } from "./station-checks.ts";
import { type StationText, stationSchema } from "./station-schema.ts";

/** @throws BadFile */
export function readStation(file: string, env: Record<string, string | undefined>): Station {
  const { value, problem } = readYamlFile(file, stationSchema, (raw) => fillEnvWords(raw, env));
  const [first, ...rest] = checkStation(value).map(({ path, reason }) => problem(path, reason));
  if (first) throw new BadFile([first, ...rest]);

  const byName = new Map(value.enterprises.map((enterprise) => [plainName(enterprise.name), enterprise]));
  return openStation({
    station: value.station,
    name: value.name,
    hours: value.hours,
    ladder: value.lights,
    holidays: value.holidays,
    points: value.points.map((point) => ({ ...point, main: point.main || value.points.length === 1 })),
    people: value.people.map(personOf),
    enterprises: value.enterprises,
    groups: value.groups.map((group) => groupOf(group, byName)),
    webhooks: webhooksOf(value.groups),
    digest: value.digest,
  });
}

function personOf({ wecom, dingtalk, ...person }: StationText["people"][number]): Person {
  return {
    id: person.id,
    name: person.name,
    role: person.role,
    field: person.field ?? null,
    accounts: { ...(wecom === undefined ? {} : { wecom }), ...(dingtalk === undefined ? {} : { dingtalk }) },
    mobile: person.mobile ?? null,
    away: person.away.map(({ from, to, deputy }) => ({ from, to, deputy: deputy ?? null })),
  };
}

type GroupText = StationText["groups"][number];

function groupOf(
  { platform, chat, kind, enterprise, point, webhook }: GroupText,
  known: ReadonlyMap<string, Enterprise>,
): Group {
  const home = enterprise === undefined ? undefined : known.get(plainName(enterprise));
  return {
    platform,
    chat,
    kind,
    enterprise: home?.name ?? null,
    point: home?.point ?? point ?? null,
    channel: webhook === undefined ? null : channelOfWebhook(platform, webhook),
  };
}

function webhooksOf(groups: readonly GroupText[]): Map<string, Webhook> {
  return new Map(
    groups.flatMap(({ platform, webhook, secret }) =>
      webhook === undefined
        ? []
        : [[channelOfWebhook(platform, webhook), { url: webhook, secret: secret ?? null }] as const],
    ),
  );
}
