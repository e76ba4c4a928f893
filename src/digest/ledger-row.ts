/** One ticket as a row of the 台账: fixed columns, text masked (desk-practice 5). Pure. */
import { maskPersonal } from "../words/mask.ts";
import { LIGHT_WORDS, RATING_WORDS } from "../words/names.ts";
import { lightOf, type Working } from "./attention.ts";
import { type Life, promiseBefore, type Standing, standingBefore, type Told } from "./life.ts";
import type { Lived } from "./lives.ts";
import type { Names } from "./names.ts";
import type { Cell, Column } from "./xlsx/sheet.ts";

export const LEDGER_COLUMNS: readonly Column[] = [
  { title: "编号", width: 15 },
  { title: "受理时间", width: 17 },
  { title: "来源", width: 14 },
  { title: "企业", width: 26 },
  { title: "片区", width: 18 },
  { title: "事项", width: 18 },
  { title: "类别", width: 11 },
  { title: "诉求", width: 50 },
  { title: "首接人", width: 12 },
  { title: "承办人", width: 12 },
  { title: "承诺时限", width: 17 },
  { title: "首响", width: 17 },
  { title: "办结时间", width: 17 },
  { title: "是否按时", width: 10 },
  { title: "办理结果", width: 50 },
  { title: "评价", width: 11 },
  { title: "亮灯", width: 8 },
  { title: "转办", width: 8 },
  { title: "延期", width: 8 },
  { title: "备注", width: 30 },
];

const PLATFORM_WORDS: Readonly<Record<string, string>> = { wecom: "企业微信", dingtalk: "钉钉" };
const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  active: "办理中",
  resolved: "已办结",
  withdrawn: "已撤回",
  declined: "不予受理",
  merged: "已合并",
};
const EVER = Number.POSITIVE_INFINITY;

/** How it stands at `now`. */
export function ledgerRow({ life, story }: Lived, now: number, names: Names, working: Working): readonly Cell[] {
  const [opened] = story;
  const standing = standingBefore(life, EVER) ?? "active";
  const ended = standing === "active" ? null : (life.moves.at(-1)?.at ?? null);
  const light = lightOf(life, ended ?? now, working);
  const count = (name: string): number => story.filter(({ event }) => event === name).length;
  const person = (id: string | null): string => names.person(id) ?? "";
  return [
    life.number,
    { date: life.received },
    opened ? sourceOf(opened) : "",
    life.enterprise,
    names.point(life.point),
    names.item(life.item),
    names.category(life.item),
    maskPersonal(opened?.text ?? ""),
    person(firstOwner(story)),
    person(life.owner),
    dated(promiseBefore(life, EVER)?.due ?? null),
    dated(story.find(({ event }) => event === "accepted")?.at ?? null),
    dated(standing === "resolved" ? ended : null),
    onTimeText(life, standing, light !== null && light !== "blue"),
    resultText(story, standing),
    ratingText(life, standing),
    light === null ? null : LIGHT_WORDS[light],
    count("handed-over") || null,
    count("extended") || null,
    remarks(story, count),
  ];
}

function dated(at: number | null): Cell {
  return at === null ? null : { date: at };
}

function sourceOf({ platform = "", recorder = null }: Told): string {
  return `${PLATFORM_WORDS[platform] ?? platform}${recorder === null ? "" : "（代录）"}`;
}

/** 首接负责: the first who was named, whoever has it now. */
function firstOwner(story: readonly Told[]): string | null {
  return story.find(({ owner }) => typeof owner === "string")?.owner ?? null;
}

/** Of the pledge that holds now; nothing while it is not due, and for what was not done at all. */
function onTimeText(life: Life, standing: Standing, isLate: boolean): string {
  if (standing === "active") return isLate ? "否" : "";
  if (standing !== "resolved") return "";
  return life.pledges.at(-1)?.kept === true ? "是" : "否";
}

function resultText(story: readonly Told[], standing: Standing): string {
  const last = story.findLast(({ event }) => event === "resolved");
  const result = standing === "resolved" ? (last?.result ?? "") : "";
  return result === "" ? STANDING_WORDS[standing] : `${STANDING_WORDS[standing]}：${maskPersonal(result)}`;
}

/** 未评价 is not 满意. */
function ratingText({ marks, moves }: Life, standing: Standing): string {
  const rating = marks.at(-1)?.findLast((mark) => mark.rating !== null && mark.at >= (moves.at(-1)?.at ?? 0))?.rating;
  const known = ([5, 4, 3, 2, 1] as const).find((each) => each === rating);
  if (standing !== "resolved") return "";
  return known === undefined ? "未评价" : RATING_WORDS[known];
}

function remarks(story: readonly Told[], count: (name: string) => number): string {
  const counted = [
    ["重新办理", count("reopened")],
    ["催办", count("urged")],
    ["等待补充", count("paused")],
  ] as const;
  const told = counted.filter(([, times]) => times > 0).map(([name, times]) => `${name} ${times} 次`);
  const last = story.findLast(({ event }) => event === "withdrawn" || event === "declined");
  const reason = maskPersonal(last?.reason ?? "");
  return [...told, ...(reason === "" ? [] : [`原因：${reason}`])].join("；");
}
