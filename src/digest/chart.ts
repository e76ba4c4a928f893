/**
 * The digest's one picture as an option of ECharts: the trend of fourteen days, the on-time rate, the areas side by side, the
 * lights. Drawn for a phone: one column, large type. Whatever a colour tells is told by a shape, a pattern or a word too. Pure.
 */
import type { EChartsCoreOption } from "echarts/core";
import { LETTER_NAMES } from "../words/letters.ts";
import { LIGHT_WORDS } from "../words/names.ts";
import { lightSigns } from "./chart-lights.ts";
import { FAINT, FONT, GREY, INK, RULE, STRONG } from "./chart-style.ts";
import { asOfText, daysText, tickText } from "./days-text.ts";
import type { Edition } from "./edition.ts";
import { namedRows } from "./named-rows.ts";
import type { Names } from "./names.ts";
import { RATES, type Rate, rateText } from "./rate.ts";

/** What is drawn, without anything of the service in it: it goes to a worker. */
export interface ChartData {
  readonly title: string;
  /** Its days, and below them what they came to. */
  readonly subtitle: readonly [string, string];
  readonly days: readonly string[];
  readonly received: readonly number[];
  readonly resolved: readonly number[];
  /** Done on time, of what fell due; of nothing there is no rate. */
  readonly onTime: readonly Rate[];
  readonly points: readonly { readonly name: string; readonly received: number; readonly resolved: number }[];
  readonly lights: readonly { readonly word: string; readonly count: number }[];
}

export const WIDTH = 750;
const LEFT = 72;
const RIGHT = 34;
const ROW = 54;
/** A telephone shows the picture at half its size or less. */
const AXIS = 21;
const FIGURE = 20;
/** Three digits, or four with a point, in the width of a day. */
const COUNT = 19;
/** Behind a figure that a line may cross. */
const PALE = { backgroundColor: "rgba(255,255,255,0.7)", padding: [1, 1], borderRadius: 3 } as const;
const TOP = { title: 24, lights: 154, trend: 258, rate: 636, points: 970 } as const;
/** Below the days of the rate stand the numbers that it is made of. */
const COUNT_LINE = 26;
const BOTTOM = 40;

export function chartData({ period, now, figures, trend, lights }: Edition, names: Names): ChartData {
  const { total, span } = figures;
  const asOf = asOfText({ period, span, now });
  const counts = [`受理 ${total.received} 件`, `办结 ${total.resolved} 件`, `在办 ${total.open} 件`];
  return {
    title: `${names.station}　${LETTER_NAMES[period.kind ?? "day"]}`,
    subtitle: [
      `${daysText(period)}${asOf === null ? "" : `（截至 ${asOf}）`}`,
      [...counts, `按时办结率 ${rateText(RATES.onTime.of(total))}`].join("　"),
    ],
    days: trend.map(({ period: { from } }) => tickText(from)),
    received: trend.map(({ total }) => total.received),
    resolved: trend.map(({ total }) => total.resolved),
    onTime: trend.map(({ total }) => RATES.onTime.of(total)),
    points: [...namedRows(figures.points, names.point)].map(([point, { received, resolved }]) => {
      return { name: shortName(point), received, resolved };
    }),
    lights: (["blue", "yellow", "red"] as const).map((light) => ({ word: LIGHT_WORDS[light], count: lights[light] })),
  };
}

export function heightOf({ points }: Pick<ChartData, "points">): number {
  return TOP.points + 60 + Math.max(1, points.length) * ROW + BOTTOM;
}

export function chartOption(data: ChartData): EChartsCoreOption {
  const { days, points } = data;
  const heading = (text: string, top: number) => ({ text, left: 24, top, textStyle: { fontSize: 25, color: INK } });
  const dayAxis = (gridIndex: number) => ({
    type: "category",
    gridIndex,
    data: days,
    axisLabel: { fontSize: AXIS, color: GREY, interval: 2, showMaxLabel: true },
    axisLine: { lineStyle: { color: GREY } },
    axisTick: { show: false },
  });
  const valueAxis = (gridIndex: number) => ({
    type: "value",
    gridIndex,
    minInterval: 1,
    axisLabel: { fontSize: AXIS, color: GREY },
    splitLine: { lineStyle: { color: RULE } },
  });
  return {
    animation: false,
    backgroundColor: "#ffffff",
    textStyle: { fontFamily: FONT, color: INK },
    aria: { enabled: true, decal: { show: false } },
    title: [
      { text: data.title, left: 24, top: TOP.title, textStyle: { fontSize: fitting(data.title, 32), color: INK } },
      ...data.subtitle.map((text, line) => ({
        ...{ text, left: 24, top: TOP.title + 48 + line * 34 },
        textStyle: { fontSize: fitting(text, 22), color: GREY, fontWeight: "normal" },
      })),
      heading("近 14 天受理与办结（件）", TOP.trend - 14),
      heading("近 14 天按时办结率（%）", TOP.rate - 14),
      heading("各片区受理与办结（件）", TOP.points - 14),
    ],
    legend: [legendOf(["受理", "办结"], TOP.trend - 10), legendOf(["片区受理", "片区办结"], TOP.points - 10)],
    grid: [
      { left: LEFT, right: RIGHT, top: TOP.trend + 46, height: 260 },
      { left: LEFT, right: RIGHT, top: TOP.rate + 46, height: 160 },
      { left: 140, right: 64, top: TOP.points + 40, height: Math.max(1, points.length) * ROW },
    ],
    xAxis: [dayAxis(0), countedAxis(dayAxis(1), data.onTime), { ...valueAxis(2), show: false }],
    yAxis: [
      valueAxis(0),
      { ...valueAxis(1), min: 0, max: 100, interval: 50 },
      {
        type: "category",
        gridIndex: 2,
        inverse: true,
        data: points.map(({ name }) => name),
        axisLabel: { fontSize: 23, color: INK },
        axisLine: { lineStyle: { color: GREY } },
        axisTick: { show: false },
      },
    ],
    series: [...trendSeries(data), rateSeries(data), ...pointSeries(data)],
    graphic: [...lightSigns(data.lights, TOP.lights), ...countNames()],
  };
}

/** Day by day what was done on time, and below it what fell due: a rate of two is not one of two hundred. */
function countedAxis(axis: { readonly data: readonly string[]; readonly axisLabel: object }, onTime: readonly Rate[]) {
  const formatter = (day: string, index: number): string => {
    const { hits, of } = onTime[index] ?? { hits: 0, of: 0 };
    const last = onTime.length - 1;
    const isDated = index === last || (index % 3 === 0 && last - index > 1);
    return [isDated ? day : " ", ...(of === 0 ? [] : [hits, of])].join("\n");
  };
  return { ...axis, axisLabel: { ...axis.axisLabel, interval: 0, fontSize: COUNT, lineHeight: COUNT_LINE, formatter } };
}

/** What the two lines of numbers are. */
function countNames() {
  return ["按时", "到期"].map((text, line) => ({
    type: "text",
    x: 24,
    y: TOP.rate + 46 + 160 + 8 + COUNT_LINE * (line + 1.5),
    style: { text, fontSize: COUNT, fontFamily: FONT, fill: GREY, textVerticalAlign: "middle" },
  }));
}

function trendSeries({ received, resolved }: ChartData) {
  return [
    {
      name: "受理",
      type: "bar",
      data: received,
      barWidth: "62%",
      itemStyle: { color: FAINT },
    },
    {
      name: "办结",
      type: "line",
      data: resolved,
      symbol: "circle",
      symbolSize: 11,
      lineStyle: { width: 4, color: STRONG },
      itemStyle: { color: STRONG },
    },
    {
      // Nothing but the numbers at the feet of the bars, over the line where it comes down to them.
      type: "line",
      data: received.map(() => 0),
      symbol: "circle",
      symbolSize: 1,
      lineStyle: { color: "transparent" },
      itemStyle: { color: "transparent" },
      z: 5,
      label: {
        show: true,
        position: "top",
        distance: 7,
        fontSize: FIGURE,
        color: INK,
        ...PALE,
        formatter: ({ dataIndex = 0 }: { readonly dataIndex?: number }) => String(received[dataIndex] || ""),
      },
    },
  ];
}

/** A day without anything due is a gap, not a zero. */
function rateSeries({ onTime }: ChartData) {
  return {
    name: "按时办结率",
    type: "line",
    xAxisIndex: 1,
    yAxisIndex: 1,
    // Below its point, save where the axis and its days stand below.
    data: onTime.map(({ hits, of }) => {
      if (of === 0) return "-";
      const value = (hits / of) * 100;
      return value < 25 ? { value, label: { position: "top" } } : value;
    }),
    connectNulls: false,
    symbol: "diamond",
    symbolSize: 13,
    lineStyle: { width: 3, color: STRONG, type: "dashed" },
    itemStyle: { color: STRONG },
    label: { show: true, position: "bottom", distance: 8, fontSize: COUNT, color: INK, formatter: percent, ...PALE },
  };
}

/** One decimal, as everywhere; the whole of it has none, and fits between its neighbours. */
function percent({ value }: { readonly value: unknown }): string {
  if (typeof value !== "number") return "";
  return value === 100 || value === 0 ? String(value) : value.toFixed(1);
}

function pointSeries({ points }: ChartData) {
  const bars = { type: "bar", xAxisIndex: 2, yAxisIndex: 2, barWidth: 19, barGap: "10%" };
  const label = { show: true, position: "right", fontSize: FIGURE, color: INK };
  return [
    { ...bars, name: "片区受理", data: points.map(({ received }) => received), itemStyle: { color: FAINT }, label },
    {
      ...bars,
      name: "片区办结",
      data: points.map(({ resolved }) => resolved),
      itemStyle: { color: STRONG, decal: STRIPES },
      label,
    },
  ];
}

/** Stripes tell the two bars apart on a grey print. */
const STRIPES = {
  symbol: "rect",
  color: "rgba(255,255,255,0.55)",
  dashArrayX: [1, 0],
  dashArrayY: [3, 5],
  rotation: -Math.PI / 4,
};

function legendOf(names: readonly string[], top: number) {
  return {
    data: names.map((name) => ({ name })),
    right: RIGHT,
    top,
    itemWidth: 30,
    itemHeight: 16,
    textStyle: { fontSize: 22, color: INK },
    formatter: (name: string) => name.replace("片区", ""),
  };
}

/** 南社区服务点 is 南社区 beside a bar. */
function shortName(name: string): string {
  const short = name.replace(/(?:服务点|服务站)$/u, "");
  const characters = [...short];
  return characters.length > 5 ? `${characters.slice(0, 4).join("")}…` : short;
}

/** So large that it stands on one line: a week across the new year is long. Latin letters and digits are about half as wide. */
function fitting(text: string, most: number): number {
  const ems = [...text].reduce((sum, character) => sum + (character < "\u2e80" ? 0.56 : 1), 0);
  return Math.min(most, Math.floor((WIDTH - 48) / ems));
}
