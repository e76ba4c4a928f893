/** What every line of the desk is made of: its head with the number, its choices, and how it is answered. */

export interface Named {
  /** `#1123-017` */
  readonly number: string;
}

/** How a question or a line is answered: an un-@-ed reply never reaches the desk. */
export interface Prompts {
  /** The robot's name, e.g. 小帮手. */
  readonly bot: string;
}

export const quoting = ({ bot }: Prompts) => `引用本条并@${bot} 回复`;

export function head({ number }: Named, state: string | null, rest: string): string {
  return `【${number}${state === null ? "" : ` ${state}`}】${rest}`;
}

/** Behind a line for people who cannot be mentioned where it stands; nothing where there are none. */
export function addressees(names: readonly string[]): string {
  return names.length === 0 ? "" : `\n致：${names.join("、")}`;
}

/** `late`: that time is over, so that nobody is told to keep it. */
export function promised(due: string, small: boolean, late = false): string {
  const done = small ? "办结" : "答复";
  return late ? `原应于 ${due} 前${done}，已逾期，请尽快办理` : `${due} 前${done}`;
}

export interface AnsweredBy extends Named {
  /** As promised, or by when at the latest where that is over. */
  readonly by: string;
  readonly late: boolean;
}

/** Lateness is an apology and a new time (desk-practice 4), never the time that is over. */
export const LATE = "本件已超过承诺的时间，让您久等了，抱歉";

/** What follows a sentence to the company: when it is answered. `kept`: how the promise is called while it holds. */
export function answered({ by, late }: Pick<AnsweredBy, "by" | "late">, kept = ""): string {
  return late ? `。${LATE}，最迟 ${by} 前答复` : `，${kept}${by} 前答复`;
}

export function choices(options: readonly string[]): string {
  return options.map((option, i) => `${i + 1} ${option}`).join("\n");
}

/** What is known of what the item asks for, in one short line; none where nothing is. */
export function detailLines(details: string): string[] {
  return details === "" ? [] : [`需求：${details}`];
}

/** All that is missing, in one question: `请补充：哪一天使用？大概多少人？…`; none where nothing is. */
export function missingLines(questions: readonly string[], prompts: Prompts): string[] {
  if (questions.length === 0) return [];
  const asked = questions.map((question) => question.replace(/^请问/u, "")).join("");
  return [`请补充：${asked}${quoting(prompts)}即可`];
}
