/** A small desk of its own: three items, two commands, enough to teach and to break. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TEST_DATA } from "../doubles/test-data.ts";

/** Where the model of the real phrases is kept: trained once for the whole run (test/doubles/model.ts). */
export const MODEL_DIR = join(TEST_DATA, "model");

export const FILES: Readonly<Record<string, string>> = {
  "menu/a.yaml": `category: 资源统筹
items:
- id: venue
  name: 活动场地协调
  summary: 协调会议室
  promise: 当日答复
  steps: [说明时间, 确认]
  size: small
  route: point
  materials: []
  ask: [{ slot: date, question: 请问哪天用？ }]
  phrases:
  - 想借会议室
  - 周三下午借一间能坐三十人的会议室
  - 有没有场地可以用
  - 活动场地怎么预约
  - 多功能厅能借吗
  - 会议室还有空吗
`,
  "menu/b.yaml": `category: 党员管理
items:
- id: dues
  name: 党费收缴
  summary: 标准和补交
  promise: 当日答复
  steps: [核对]
  size: small
  route: point
  phrases:
  - 党费怎么交
  - 党费标准是多少
  - 上个月党费忘了交怎么补
  - 退休党员党费交多少
  - 党费基数怎么算
  - 交党费要去哪里
- id: transfer
  name: 组织关系转接
  summary: 转入转出
  promise: 当日答复
  steps: [核对]
  size: small
  route: organisation
  phrases:
  - 组织关系怎么转
  - 关系从老家转过来要什么材料
  - 介绍信在哪开
  - 新员工的组织关系转入
  - 离职了关系转到哪里
  - 转组织关系要多久
`,
  "commands.yaml": `- id: accept
  name: 接单
  who: helper
  words: [接单]
  phrases: [这单我来跟, 我接了, 这个我来办, 收下这单]
- id: resolve
  name: 办结
  who: helper
  words: [办结, 办结了]
  phrases: [已经弄好了, 这单办完了, 处理完毕, 事情办妥了]
- id: menu
  name: 菜单
  who: anyone
  words: [菜单]
  phrases: [你们能办哪些事, 看看菜单, 有哪些服务]
`,
  "other.yaml": "phrases: [厂门口路灯坏了, 社保补贴怎么申请, 想贷款找谁, 员工工伤怎么赔]\n",
  "smalltalk.yaml": "phrases: [谢谢, 您好, 辛苦了, 收到, 早上好, 今天天气真好, 哈哈哈, 周末愉快]\n",
};

/** Writes the fixture, with some files replaced or (null) left out, and returns its folder. */
export function writeIntents(changes: Readonly<Record<string, string | null>> = {}): string {
  const dir = mkdtempSync(join(tmpdir(), "intents-"));
  mkdirSync(join(dir, "menu"));
  for (const [name, text] of Object.entries({ ...FILES, ...changes })) {
    if (text !== null) writeFileSync(join(dir, name), text);
  }
  return dir;
}
