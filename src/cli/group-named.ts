/** Which group is meant by what an administrator types: its id, its company, its point, or what it is for. Pure. */
import { type Group, type GroupKind, plainName, type Station } from "../station/station.ts";

const OF_STAFF: Readonly<Record<Exclude<GroupKind, "service">, readonly string[]>> = {
  helpers: ["帮办员群", "帮办员", "helpers"],
  leaders: ["领导群", "领导", "leaders"],
};

/** More than one where a name fits several; what is most exact wins. */
export function findGroups({ groups, enterprises, points }: Station, typed: string): readonly Group[] {
  const wanted = plainName(typed);
  const byChat = groups.filter((group) =>
    [group.chat, `${group.platform}:${group.chat}`, nameOf(group)].includes(typed.trim()),
  );
  if (byChat.length > 0) return byChat;

  const enterprise = enterprises.find(({ name, aliases }) =>
    [name, ...aliases].some((each) => plainName(each) === wanted),
  );
  const ofEnterprise = groups.filter(
    (group) => group.enterprise !== null && plainName(group.enterprise) === plainName(enterprise?.name ?? ""),
  );
  if (ofEnterprise.length > 0) return ofEnterprise;

  const point = points.find(
    ({ id, name }) => id === enterprise?.point || [id, name].some((each) => plainName(each) === wanted),
  );
  const ofPoint = groups.filter(
    (group) => group.enterprise === null && point !== undefined && group.point === point.id,
  );
  if (ofPoint.length > 0) return ofPoint;

  return groups.filter(({ kind }) => kind !== "service" && OF_STAFF[kind].includes(wanted));
}

/** As it is called in a line, so that what is called may be typed again. */
export function nameOf({ kind, enterprise, chat }: Group): string {
  if (kind === "helpers") return `帮办员群（${chat}）`;
  if (kind === "leaders") return `领导群（${chat}）`;
  return enterprise === null ? chat : `${enterprise}（${chat}）`;
}
