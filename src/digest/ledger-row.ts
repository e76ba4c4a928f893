/** One ticket as a row of the 台账: fixed columns, text masked (desk-practice 5). Pure. */

import type { Standing } from "../desk/track/track.ts";
import type { Times } from "../pledge/ladder.ts";
import type { Slots } from "../understanding/slots.ts";
import { maskPersonal } from "../words/mask.ts";
import { LIGHT_WORDS, RATING_WORDS } from "../words/names.ts";
import { lightOf } from "./attention.ts";
import { type Life, standingBefore } from "./life.ts";
import type { Texts } from "./lives.ts";
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

/** What a row says beside the ticket's life. */
export const ROW_FIELDS = [
  ...(["platform", "recorder", "via", "text", "first", "due"] as const),
  ...(["result", "rating", "handOvers", "slots"] as const),
] as const;

/** How it stands at `now`. */
export function ledgerRow(
  life: Life,
  told: Texts<(typeof ROW_FIELDS)[number]>,
  now: number,
  names: Names,
  working: Times,
): readonly Cell[] {
  const standing = standingBefore(life, EVER) ?? "active";
  const ended = standing === "active" ? null : (life.moves.at(-1)?.at ?? null);
  const light = lightOf(life, ended ?? now, working);
  const person = (id: string | null): string => names.person(id) ?? "";
  const slots = slotsIn(told.slots);
  const typed = (text: string): string => maskPersonal(names.hidden(text, slots));
  return [
    life.number,
    { date: life.received },
    sourceOf(told),
    life.enterprise,
    names.point(life.point),
    names.item(life.item),
    names.category(life.item),
    typed(told.text ?? ""),
    // 首接负责: the first who was named, whoever has it now.
    person(told.first),
    person(life.owner),
    told.due === null ? null : { date: Number(told.due) },
    dated(life.accepted),
    dated(standing === "resolved" ? ended : null),
    onTimeText(life, standing, light !== null && light !== "blue"),
    resultText(told.result && typed(told.result), standing),
    ratingText(told.rating, standing),
    light === null ? null : LIGHT_WORDS[light],
    Number(told.handOvers) || null,
    life.counts.extended || null,
    remarks(life, typed),
  ];
}

/** Of most tickets nothing is known that has a name in it. */
function slotsIn(written: string | null): Slots {
  return written?.includes('"name"') ? (JSON.parse(written) as Slots) : [];
}

function dated(at: number | null): Cell {
  return at === null ? null : { date: at };
}

function sourceOf({ platform, recorder, via }: Texts<"platform" | "recorder" | "via">): string {
  const heard = PLATFORM_WORDS[platform ?? ""] ?? platform ?? "";
  return recorder === null ? heard : `${heard}（${via === null ? "" : `${via}，`}代录）`;
}

/** Of the pledge that holds now; nothing while it is not due, and for what was not done at all. */
function onTimeText(life: Life, standing: Standing, isLate: boolean): string {
  if (standing === "active") return isLate ? "否" : "";
  if (standing !== "resolved") return "";
  return life.pledges.at(-1)?.kept === true ? "是" : "否";
}

function resultText(result: string | null, standing: Standing): string {
  if (standing !== "resolved" || !result) return STANDING_WORDS[standing];
  return `${STANDING_WORDS[standing]}：${result}`;
}

/** 未评价 is not 满意. */
function ratingText(rating: string | null, standing: Standing): string {
  const known = ([5, 4, 3, 2, 1] as const).find((each) => String(each) === rating);
  if (standing !== "resolved") return "";
  return known === undefined ? "未评价" : RATING_WORDS[known];
}

function remarks({ counts, reason }: Life, typed: (text: string) => string): string {
  const counted = [
    ["重新办理", counts.reopened],
    ["催办", counts.urged],
    ["等待补充", counts.paused],
  ] as const;
  const told = counted.filter(([, times]) => times > 0).map(([name, times]) => `${name} ${times} 次`);
  return [...told, ...(reason === "" ? [] : [`原因：${typed(reason)}`])].join("；");
}
