/** What must hold between the station file's fields: names that are told once, and ids that name somebody. */
import { clockOfMinutes } from "./clock-of-minutes.ts";
import { plainName } from "./station.ts";
import type { StationText } from "./station-schema.ts";

type Path = readonly PropertyKey[];

/** One complaint: which field, and why. */
export interface Complaint {
  readonly path: Path;
  readonly reason: string;
}

export function checkStation(file: StationText): Complaint[] {
  return [
    ...checkHours(file),
    ...checkPoints(file),
    ...checkPeople(file),
    ...checkEnterprises(file),
    ...checkGroups(file),
    ...checkDigest(file),
  ];
}

function checkHours({ hours: { open, cutoff, close, lunch, quiet } }: StationText): Complaint[] {
  const isQuiet = (at: number) =>
    quiet.from > quiet.to ? at >= quiet.from || at < quiet.to : at >= quiet.from && at < quiet.to;
  // Every reminder would come after the day's work.
  if (isQuiet(open) && isQuiet(close - 1) && (isQuiet(cutoff) || quiet.from <= quiet.to)) {
    return [
      {
        path: ["hours", "quiet"],
        reason: '不打扰时段盖住了整个上班时间，提醒将无从发出；夜间写成 from: "20:00", to: "08:30"',
      },
    ];
  }
  if (open >= cutoff)
    return [{ path: ["hours", "cutoff"], reason: `受理截止时刻要晚于上班时刻 ${clockOfMinutes(open)}` }];
  if (cutoff > close) {
    return [{ path: ["hours", "close"], reason: `下班时刻不能早于受理截止时刻 ${clockOfMinutes(cutoff)}` }];
  }
  if (lunch && lunch.from >= lunch.to) return [{ path: ["hours", "lunch", "to"], reason: "午休结束要晚于午休开始" }];
  if (lunch && (lunch.from <= open || lunch.to >= close)) {
    const span = `${clockOfMinutes(open)}—${clockOfMinutes(close)}`;
    return [{ path: ["hours", "lunch"], reason: `午休要在上班时间 ${span} 之内` }];
  }
  return [];
}

function checkPoints({ points, people }: StationText): Complaint[] {
  const complaints = repeated(points.map(({ id }, index) => ({ path: ["points", index, "id"], key: id, label: id })));
  const mains = points.flatMap(({ main }, index) => (main ? [index] : []));
  if (mains.length === 0 && points.length > 1)
    complaints.push({ path: ["points"], reason: "要有一个服务点写明 main: true" });
  for (const index of mains.slice(1)) {
    complaints.push({
      path: ["points", index, "main"],
      reason: `只能有一个 main: true，“${points[mains[0] ?? 0]?.id}”已经是`,
    });
  }
  const roles = new Map(people.map(({ id, role }) => [id, role]));
  points.forEach(({ helpers }, at) => {
    helpers.forEach((id, index) => {
      const path = ["points", at, "helpers", index];
      const role = roles.get(id);
      if (role === undefined) complaints.push({ path, reason: `people 里没有“${id}”` });
      else if (role !== "helper") complaints.push({ path, reason: `“${id}”不是帮办员（role: ${role}）` });
    });
    complaints.push(
      ...repeated(helpers.map((id, index) => ({ path: ["points", at, "helpers", index], key: id, label: id }))),
    );
  });
  return complaints;
}

function checkPeople({ people }: StationText): Complaint[] {
  const complaints = repeated(people.map(({ id }, index) => ({ path: ["people", index, "id"], key: id, label: id })));
  for (const platform of ["wecom", "dingtalk"] as const) {
    const named = people.flatMap((person, index) => {
      const account = person[platform];
      if (account === undefined) return [];
      return [{ path: ["people", index, platform], key: account.toLowerCase(), label: account }];
    });
    complaints.push(...repeated(named));
  }
  const chiefs = people.flatMap(({ role }, index) => (role === "chief" ? [index] : []));
  if (chiefs.length === 0) complaints.push({ path: ["people"], reason: "要有一位首席帮办员（role: chief）" });
  for (const index of chiefs.slice(1)) {
    complaints.push({
      path: ["people", index, "role"],
      reason: `首席帮办员只能有一位，“${people[chiefs[0] ?? 0]?.id}”已经是`,
    });
  }
  const ids = new Set(people.map(({ id }) => id));
  people.forEach(({ id, role, field, away }, at) => {
    if (role === "invited" && field === undefined) {
      complaints.push({
        path: ["people", at, "field"],
        reason: "特邀帮办员要写明 field：organisation、economy 或 union",
      });
    }
    away.forEach(({ from, to, deputy }, index) => {
      const path = ["people", at, "away", index];
      if (from > to) complaints.push({ path: [...path, "to"], reason: `不能早于 from（${from}）` });
      if (deputy === undefined) return;
      if (!ids.has(deputy)) complaints.push({ path: [...path, "deputy"], reason: `people 里没有“${deputy}”` });
      if (deputy === id) complaints.push({ path: [...path, "deputy"], reason: "不能由本人代办" });
    });
  });
  return complaints;
}

function checkEnterprises({ enterprises, points }: StationText): Complaint[] {
  const ids = new Set(points.map(({ id }) => id));
  const names = enterprises.flatMap(({ name, aliases }, at) => [
    { path: ["enterprises", at, "name"], key: plainName(name), label: name },
    ...aliases.map((alias, index) => ({
      path: ["enterprises", at, "aliases", index],
      key: plainName(alias),
      label: alias,
    })),
  ]);
  const lost = enterprises.flatMap(({ point }, index) =>
    ids.has(point) ? [] : [{ path: ["enterprises", index, "point"], reason: `points 里没有“${point}”` }],
  );
  return [...repeated(names), ...lost];
}

function checkGroups({ groups, enterprises, points }: StationText): Complaint[] {
  const ids = new Set(points.map(({ id }) => id));
  const pointOf = new Map(enterprises.map(({ name, point }) => [plainName(name), point]));
  const complaints = repeated(
    groups.map(({ platform, chat }, index) => ({
      path: ["groups", index, "chat"],
      key: `${platform}:${chat}`,
      label: chat,
    })),
  );
  const secrets = new Map<string, string | undefined>();
  groups.forEach(({ platform, enterprise, point, webhook, secret }, at) => {
    const home = enterprise === undefined ? undefined : pointOf.get(plainName(enterprise));
    if (enterprise !== undefined && home === undefined) {
      complaints.push({ path: ["groups", at, "enterprise"], reason: `enterprises 里没有“${enterprise}”` });
    }
    if (point !== undefined && !ids.has(point)) {
      complaints.push({ path: ["groups", at, "point"], reason: `points 里没有“${point}”` });
    } else if (point !== undefined && home !== undefined && point !== home) {
      complaints.push({
        path: ["groups", at, "point"],
        reason: `“${enterprise}”属于“${home}”，写明企业时可以不写 point`,
      });
    }
    if (secret !== undefined && platform !== "dingtalk") {
      complaints.push({ path: ["groups", at, "secret"], reason: "只有钉钉的群机器人有 secret" });
    }
    if (webhook === undefined) {
      if (secret !== undefined)
        complaints.push({ path: ["groups", at, "secret"], reason: "没有 webhook 就用不上 secret" });
      return;
    }
    // Two groups may share a webhook; then they share its secret, and the address itself is never told.
    const key = `${platform} ${webhook}`;
    if (secrets.has(key) && secrets.get(key) !== secret) {
      complaints.push({ path: ["groups", at, "secret"], reason: "同一个 webhook 在前面写了不同的 secret" });
    }
    secrets.set(key, secret);
  });
  return complaints;
}

/** What leaders read names other companies' requests and every helper's figures. */
function checkDigest({ digest, groups, people, hours: { quiet } }: StationText): Complaint[] {
  const complaints: Complaint[] = [];
  for (const kind of ["day", "week", "month"] as const) {
    const { at = null } = digest[kind] ?? {};
    if (at === null) continue;
    const { from, to } = quiet;
    const isQuiet = from > to ? at >= from || at < to : at >= from && at < to;
    const between = `${clockOfMinutes(from)}—${clockOfMinutes(to)}`;
    if (isQuiet) complaints.push({ path: ["digest", kind, "at"], reason: `不能在静默时段 ${between} 内` });
  }
  const to = digest.to ?? [];
  to.forEach((name, index) => {
    const path = ["digest", "to", index];
    const group = groups.find(({ chat }) => chat === name);
    const person = people.find(({ id }) => id === name);
    if (group === undefined && person === undefined) {
      complaints.push({ path, reason: `groups 里没有 chat 为“${name}”的群，people 里也没有“${name}”` });
    } else if (group !== undefined && group.kind !== "leaders") {
      complaints.push({ path, reason: `“${name}”不是领导群（kind: ${group.kind}），不能接收` });
    } else if (group === undefined && person?.role === "helper") {
      complaints.push({ path, reason: `“${name}”是帮办员，不能接收；只能是领导、首席或特邀帮办员` });
    }
  });
  return [
    ...complaints,
    ...repeated(to.map((name, index) => ({ path: ["digest", "to", index], key: name, label: name }))),
  ];
}

function repeated(entries: readonly { path: Path; key: string; label: string }[]): Complaint[] {
  const seen = new Set<string>();
  return entries.flatMap(({ path, key, label }) => {
    if (seen.has(key)) return [{ path, reason: `“${label}”重复了` }];
    seen.add(key);
    return [];
  });
}
