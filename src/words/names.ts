/** What states, lights, ratings and the like are called. */

export const STATE_WORDS = {
  open: "待接单",
  accepted: "正在办理",
  paused: "等待补充",
  resolved: "已办结",
  closed: "已归档",
  withdrawn: "已撤回",
  declined: "不予受理",
  merged: "已合并",
} as const;

export const LIGHT_WORDS = { blue: "蓝灯", yellow: "黄灯", red: "红灯" } as const;

export const RATING_WORDS = { 5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意" } as const;

export const ASSIGNING = "派办";
export const CHIEF = "首席帮办员";
export const OTHER_NAME = "其他诉求";
export const ASKING_NAME = "待确认事项";
export const UNKNOWN_ENTERPRISE = "企业待确认";

export const GROUP_WORDS = { service: "企业群", helpers: "帮办员群", leaders: "领导群" } as const;
