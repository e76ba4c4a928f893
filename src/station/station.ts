/** Who and where: points, people, enterprises and groups of one station, each found by what the desk holds in its hand. */
import { createHash } from "node:crypto";
import type { PlatformName } from "../chat/message.ts";
import type { DateText, Hours } from "../pledge/hours.ts";
import type { Ladder } from "../pledge/ladder.ts";
import { DIGEST_DEFAULTS, type DigestSettings } from "./digest-settings.ts";

export type Role = "chief" | "invited" | "helper" | "leader";
export type Field = "organisation" | "economy" | "union";
export type GroupKind = "service" | "helpers" | "leaders";

export interface Absence {
  readonly from: DateText;
  /** The last day away. */
  readonly to: DateText;
  readonly deputy: string | null;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly field: Field | null;
  /** As written: platforms want their own spelling when a person is mentioned. */
  readonly accounts: { readonly [platform in PlatformName]?: string };
  readonly mobile: string | null;
  readonly away: readonly Absence[];
}

export interface Point {
  readonly id: string;
  readonly name: string;
  readonly main: boolean;
  /** Ids, in the order of turns. */
  readonly helpers: readonly string[];
  /** For everybody to call; absent where none is published. */
  readonly phone?: string | undefined;
}

export interface Enterprise {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly point: string;
}

export interface Group {
  readonly platform: PlatformName;
  readonly chat: string;
  readonly kind: GroupKind;
  readonly enterprise: string | null;
  readonly point: string | null;
  /** Names the group's webhook without telling it; null where it has none. */
  readonly channel: string | null;
}

/** Whoever holds the address can write into the group: it is told only to what sends. */
export interface Webhook {
  readonly url: string;
  readonly secret: string | null;
}

/** What a station file says, checked: every id below names somebody. */
export interface StationContent {
  readonly station: string;
  readonly name: string;
  readonly hours: Hours;
  readonly ladder: Ladder;
  readonly holidays: { readonly rest: readonly DateText[]; readonly work: readonly DateText[] };
  readonly points: readonly Point[];
  readonly people: readonly Person[];
  readonly enterprises: readonly Enterprise[];
  readonly groups: readonly Group[];
  readonly webhooks: ReadonlyMap<string, Webhook>;
  readonly digest?: DigestSettings;
}

export interface Station extends Omit<StationContent, "webhooks"> {
  readonly digest: DigestSettings;
  readonly mainPoint: Point;
  readonly chief: Person;
  readonly helpersGroups: readonly Group[];
  readonly leadersGroups: readonly Group[];
  person(platform: PlatformName, account: string): Person | null;
  personById(id: string): Person | null;
  point(id: string): Point | null;
  /** By its full name. */
  enterprise(name: string): Enterprise | null;
  group(platform: PlatformName, chat: string): Group | null;
  /** The service groups of an enterprise alone, in the file's order. */
  groupsOf(enterprise: string): readonly Group[];
  /** The first of that field; null where the station has none. */
  invited(field: Field): Person | null;
  webhookOfChannel(channel: string): Webhook | null;
}

export function openStation({ webhooks, ...content }: StationContent): Station {
  const { points, people, enterprises, groups } = content;
  const mainPoint = points.find(({ main }) => main);
  const chief = people.find(({ role }) => role === "chief");
  if (!mainPoint || !chief) throw new Error("a station has a main point and a chief");

  const byId = new Map(people.map((person) => [person.id, person]));
  const byAccount = new Map(
    people.flatMap((person) =>
      accountsOf(person).map(([platform, account]) => [at(platform, account), person] as const),
    ),
  );
  const pointById = new Map(points.map((point) => [point.id, point]));
  const byName = new Map(enterprises.map((enterprise) => [plainName(enterprise.name), enterprise]));
  const byChat = new Map(groups.map((group) => [`${group.platform}:${group.chat}`, group]));
  const ofKind = (kind: GroupKind): Group[] => groups.filter((group) => group.kind === kind);
  const ofEnterprise = new Map<string, Group[]>();
  for (const group of ofKind("service")) {
    if (group.enterprise === null) continue;
    const key = plainName(group.enterprise);
    ofEnterprise.set(key, [...(ofEnterprise.get(key) ?? []), group]);
  }

  return {
    ...content,
    digest: content.digest ?? DIGEST_DEFAULTS,
    mainPoint,
    chief,
    helpersGroups: ofKind("helpers"),
    leadersGroups: ofKind("leaders"),
    person: (platform, account) => byAccount.get(at(platform, account)) ?? null,
    personById: (id) => byId.get(id) ?? null,
    point: (id) => pointById.get(id) ?? null,
    enterprise: (name) => byName.get(plainName(name)) ?? null,
    group: (platform, chat) => byChat.get(`${platform}:${chat}`) ?? null,
    groupsOf: (enterprise) => ofEnterprise.get(plainName(enterprise)) ?? [],
    invited: (field) => people.find((person) => person.role === "invited" && person.field === field) ?? null,
    webhookOfChannel: (channel) => webhooks.get(channel) ?? null,
  };
}

/** A name for a webhook that may stand in keys and logs: the address itself is a secret. */
export function channelOfWebhook(platform: PlatformName, url: string): string {
  return `${platform}:webhook:${createHash("sha256").update(url).digest("hex").slice(0, 16)}`;
}

export function accountsOf(person: Pick<Person, "accounts">): (readonly [PlatformName, string])[] {
  return (["wecom", "dingtalk"] as const).flatMap((platform) => {
    const account = person.accounts[platform];
    return account === undefined ? [] : [[platform, account] as const];
  });
}

/** Two spellings of one enterprise name are one name: full width, case and spaces tell nobody apart. */
export function plainName(name: string): string {
  return name.normalize("NFKC").toLowerCase().replace(/\s+/gu, "");
}

function at(platform: PlatformName, account: string): string {
  return `${platform}:${account.toLowerCase()}`;
}
