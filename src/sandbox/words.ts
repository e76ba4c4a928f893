/** Every word of the demo's page. The script gets its share with the page, so that no text hides in it. */

export const words = {
  title: (station: string) => `${station} · 演示`,
  heading: "群聊演示",
  lead: "三类工作群并列显示。请先选定身份，再在群内发言；每条消息都经过签名、加密、排队和办理，与真实企业微信群一致。",
  pages: "相关页面",
  skip: "跳到群聊",

  kind: { service: "企业群", helpers: "帮办员群", leaders: "领导群" },
  from: { bot: (name: string) => `${name}（智能机器人）`, webhook: "帮办提醒（群机器人）" },
  avatar: { bot: "帮", webhook: "提" },

  clock: {
    label: "服务台时间",
    hint: "时钟只能向前拨，用来查看提醒、亮灯和日报",
    group: "拨快时钟",
    tenMinutes: "快进 10 分钟",
    oneHour: "快进 1 小时",
    morning: "到明早 8:30",
    oneDay: "快进 1 天",
  },

  groups: "选择群",
  iAm: "我的身份",
  person: (name: string, role: string) => (role === "" ? name : `${name}（${role}）`),
  nobody: "本群没有可选的成员",
  messages: (group: string) => `${group}的消息`,
  empty: "本群还没有消息。",
  suggestions: "可以这样提诉求",
  suggestionsHint: "点选一条填入输入框，再按发送",

  phones: "手机提醒",
  phonesNone: "暂无",
  mentioned: "有人@我",

  quoteIt: "引用",
  quoteThis: (name: string) => `引用${name}的这条消息`,
  quoting: "引用",
  dropQuote: "取消引用",
  picture: "图片",
  pictures: (count: number) => `［图片×${count}］`,
  pictureOf: (name: string) => `${name}发送的图片`,
  unheard: (bot: string) => `没有@${bot}，服务台收不到`,

  at: (bot: string) => `@${bot}`,
  atTitle: (bot: string) => `发言时@${bot}`,
  say: (group: string) => `在${group}发言`,
  placeholder: "按回车发送",
  send: "发送",

  script: {
    atOff: "已关闭@，这条消息服务台收不到",
    notSent: "没有发出去，请稍后再试。",
    refused: "服务台没有收下这条消息，请联系管理员。",
    noAnswer: "服务台暂时没有应答，平台已重试 3 次。",
    broken: "连接中断，正在重新连接",
    notMoved: "时钟没有拨动，请稍后再试。",
    today: "今日",
    mentionTo: "，",
    quoteOf: "：",
  },
} as const;
