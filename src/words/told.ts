/** Whether the company has heard of what was done, as the one who did it reads it. */

/** `posted`: in the company's group, for a case that a helper wrote down; `recorder`: to that helper; `call`: that helper did it. */
export type Told = "told" | "answered" | "posted" | "recorder" | "call" | "untold";

/** `what`: 进展, 结果, or nothing; `usual`: where the asker was told. */
export function toldText(told: Told, what: string, usual: string): string {
  switch (told) {
    case "told":
    case "answered":
      return usual;
    case "posted":
      return `${what}已发至企业群`;
    case "recorder":
      return `${what}已转告代录人，由其电话告知企业`;
    case "call":
      return `请电话告知企业${what}`;
    case "untold":
      return `系统无法通知到诉求人，请电话告知${what}`;
  }
}
