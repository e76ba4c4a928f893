/** The station file's shape, field by field; what holds between fields stands in station-checks.ts. */
import { z } from "zod";
import type { DateText, Hours } from "../pledge/hours.ts";
import { type Receiver, USUAL_LADDER } from "../pledge/ladder.ts";
import { HEADINGS } from "../words/letters.ts";
import { DIGEST_DEFAULTS, type LetterSection, WEEKDAYS } from "./digest-settings.ts";

const text = z
  .string({ error: ({ input }) => (input === undefined ? "缺少这一项" : "要写成文字；数字请加引号") })
  .trim()
  .min(1, "不能为空");

/** Part of Redis keys, links and ledgers: nothing that would need quoting there. */
const id = text.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, "只能用字母、数字、连字符和下划线，不超过 40 个");
const slug = text.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "只能用小写字母、数字和连字符").max(40, "不能超过 40 个字符");

const minutes = text.regex(/^([01]?\d|2[0-3]):[0-5]\d$/, "时刻要写成 08:30 这样").transform((clock): number => {
  const [hour, minute] = clock.split(":").map(Number);
  return (hour ?? 0) * 60 + (minute ?? 0);
});

const date = text.refine(isRealDate, "要写成 2026-12-01 这样的真实日期");

const account = text.max(64, "账号不能超过 64 个字符");
const platform = z.enum(["wecom", "dingtalk"], "只能是 wecom 或 dingtalk");

const hoursSchema = strict({
  open: minutes.default(8 * 60 + 30),
  close: minutes.default(18 * 60),
  cutoff: minutes.default(16 * 60 + 30),
  quiet: strict({ from: minutes.default(20 * 60), to: minutes.default(8 * 60 + 30) }).prefault({}),
  lunch: strict({ from: minutes, to: minutes }).optional(),
});

/** Where the file says nothing else (desk-practice 1). */
export const USUAL_HOURS: Hours = hoursSchema.parse({});

const count = (most: number) => z.int("要写成整数").min(0, "不能小于 0").max(most, `不能大于 ${most}`);
const receivers = (usual: readonly Receiver[]) =>
  z
    .array(
      z.enum(["owner", "chief", "leaders", "asker"], "只能是 owner、chief、leaders 或 asker"),
      "要写成列表，例如 [owner, chief]",
    )
    .default([...usual]);

const { accept, blue, yellow, red } = USUAL_LADDER;
/** 亮灯 and whom to tell (desk-practice 1). */
const lightsSchema = strict({
  accept: count(24 * 60)
    .min(1, "至少 1 分钟")
    .default(accept),
  blue: strict({ before: count(10 * 24 * 60).default(blue.before), tell: receivers(blue.tell) }).prefault({}),
  yellow: strict({ after: count(10 * 24 * 60).default(yellow.after), tell: receivers(yellow.tell) }).prefault({}),
  red: strict({
    workdays: count(60).min(1, "至少 1 个工作日").default(red.workdays),
    tell: receivers(red.tell),
  }).prefault({}),
});

const absenceSchema = strict({ from: date, to: date, deputy: id.optional() });

const personSchema = strict({
  id,
  name: text,
  role: z.enum(["chief", "invited", "helper", "leader"], "只能是 chief、invited、helper 或 leader"),
  field: z.enum(["organisation", "economy", "union"], "只能是 organisation、economy 或 union").optional(),
  wecom: account.optional(),
  dingtalk: account.optional(),
  mobile: text.optional(),
  away: list(absenceSchema),
});

const pointSchema = strict({
  id,
  name: text,
  main: z.boolean("只能是 true 或 false").default(false),
  helpers: list(id),
  /** Published: it stands in every receipt. */
  phone: text.max(40, "不能超过 40 个字符").optional(),
});

const enterpriseSchema = strict({ name: text.max(100, "不能超过 100 字"), aliases: list(text), point: id });

const groupSchema = strict({
  platform,
  chat: text,
  kind: z.enum(["service", "helpers", "leaders"], "只能是 service、helpers 或 leaders"),
  enterprise: text.optional(),
  point: id.optional(),
  webhook: text.refine(isWebAddress, "要写成 http:// 或 https:// 开头的网址").optional(),
  secret: text.optional(),
});

const SECTIONS = Object.keys(HEADINGS) as [LetterSection, ...LetterSection[]];
const sections = z.array(z.enum(SECTIONS, `只能是 ${SECTIONS.join("、")}`), "要写成列表").min(1, "至少要有一段");

/** Written with nothing behind the colon it is as if it were left out; `off` switches it off. */
function letter<const On extends readonly [string, ...string[]]>(days: On, usual: On[number]) {
  const time = strict({
    at: minutes.default(DIGEST_DEFAULTS.day.at),
    on: z.enum(days, days.length === 1 ? `只能是 ${usual}` : `只能是 ${days.join("、")}`).default(usual as never),
    sections: sections.nullish().transform((given) => given ?? null),
  });
  const isOff = (given: unknown): given is false | "off" => given === false || given === "off";
  return z.preprocess((given) => (isOff(given) ? null : (given ?? {})), time.nullable()).prefault({});
}

const digestSchema = strict({
  day: letter(["workdays", "every-day"], DIGEST_DEFAULTS.day.on),
  week: letter(WEEKDAYS, DIGEST_DEFAULTS.week.on),
  month: letter(["last-workday"], DIGEST_DEFAULTS.month.on),
  to: z
    .array(text, "要写成列表")
    .min(1, "至少要有一个接收的群或人；要停发请写 off")
    .nullish()
    .transform((given) => given ?? null),
});

export const stationSchema = strict({
  station: slug,
  name: text,
  hours: hoursSchema.prefault({}),
  lights: lightsSchema.prefault({}),
  holidays: strict({ rest: list(date), work: list(date) }).prefault({}),
  points: z.array(pointSchema, "要写成列表").min(1, "至少要有一个服务点"),
  people: z.array(personSchema, "要写成列表").min(1, "至少要有一位首席帮办员"),
  enterprises: list(enterpriseSchema),
  groups: list(groupSchema),
  digest: z.preprocess((given) => given ?? {}, digestSchema),
});

export type StationText = z.infer<typeof stationSchema>;

/** Like zod's strict object, but each unknown key is an issue of its own path, so that its own line is named. */
function strict<S extends z.ZodRawShape>(shape: S): z.ZodObject<S, z.core.$strict> {
  const nothing = z.custom<never>(() => false, "不认识这一项");
  return z.object(shape, "要写成“名称: 值”的形式").catchall(nothing) as unknown as z.ZodObject<S, z.core.$strict>;
}

/** Left out, or written with nothing behind the colon, is an empty list. */
function list<T extends z.ZodType>(item: T) {
  return z
    .array(item, "要写成列表")
    .nullish()
    .transform((items) => items ?? []);
}

function isRealDate(written: string): written is DateText {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(written)) return false;
  const at = Date.parse(`${written}T00:00:00Z`);
  // 2026-02-30 is parsed as the second of March by some engines.
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(written);
}

function isWebAddress(written: string): boolean {
  return /^https?:\/\//i.test(written) && URL.canParse(written);
}
