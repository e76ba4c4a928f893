/** What is asked where an order may mean several things. */
import { choices, head, type Named, type Prompts, quoting } from "./line.ts";

export interface ChoiceFacts {
  /** `王八（南社区服务点）`; empty where nobody is named. */
  readonly whom: string;
  /** `12月9日（周三）18:00`; empty where no time is named. */
  readonly due: string;
  /** It is put to the chief's word. */
  readonly asks: boolean;
}

export const CHOICE_WORDS: Readonly<Record<string, (facts: ChoiceFacts) => string>> = {
  transfer: ({ whom }) => `转办 ${whom}`,
  triage: ({ whom }) => `派 ${whom}`,
  assist: ({ whom }) => `请${whom}协办`,
  return: () => "退回，由首席帮办员安排",
  decline: () => "不属受理范围，提请会签",
  extend: ({ due, asks }) => `${asks ? "申请" : ""}延期${due === "" ? "" : `至 ${due}`}`,
  wait: () => "等待诉求人，计时暂停",
  agree: ({ due }) => (due === "" ? "同意" : `同意，至 ${due}`),
  refuse: () => "不同意",
  progress: () => "作为进展，转告诉求人",
  note: ({ whom }) => `${whom === "" ? "只作内部备注" : `转告${whom}`}，不告知诉求人`,
  reopen: () => "没有解决，请重新办理",
  supplement: () => "只转告帮办员",
};

export function whichOrder(named: Named, options: readonly string[], prompts: Prompts): string {
  return [
    head(named, "请确认", "请问您的意思是哪一种？"),
    choices(options),
    `请${quoting(prompts)}数字；确认前不作处理，也不转告诉求人`,
  ].join("\n");
}
