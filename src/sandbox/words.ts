/** Every word of the demo's page. The script gets its share with the page, so that no text hides in it. */

const resting =
  "发不出去的留在队列里，从间隔 0.5 秒起逐次加倍、最长 1 分钟再试，约十分钟仍不行的改走别的途径；恢复后自动补发，不重不漏。";

export const words = {
  title: (station: string) => `${station} · 演示`,
  heading: "群聊演示",
  lead: "企业微信群和钉钉群并列显示。请先选定身份，再发言；每条消息都经过签名、排队和办理，与真实的群一致。",
  pages: "相关页面",
  skip: "跳到群聊",

  platform: { wecom: "企业微信", dingtalk: "钉钉" },
  kind: { service: "企业群", helpers: "帮办员群", leaders: "领导群", single: "单聊" },
  from: {
    wecom: {
      bot: (name: string) => `${name}（智能机器人）`,
      webhook: () => "帮办提醒（消息推送）",
      app: () => "党务帮办（自建应用）",
    },
    dingtalk: {
      bot: (name: string) => `${name}（应用机器人）`,
      webhook: () => "帮办提醒（群机器人）",
      app: (name: string) => `${name}（应用机器人）`,
    },
  },
  avatar: { bot: "帮", webhook: "提", app: "帮" },

  clock: {
    label: "服务台时间",
    hint: "时钟只能向前拨，用来查看提醒、亮灯和日报",
    group: "拨快时钟",
    tenMinutes: "快进 10 分钟",
    oneHour: "快进 1 小时",
    morning: "到明早 8:30",
    oneDay: "快进 1 天",
  },

  trouble: {
    title: "平台状况",
    imitating: (platform: string) => `正在模拟：${platform}`,
    back: "恢复正常",
    waiting: "待送出",
    failed: "未确认送达",
    saying: "待收下",
    countsHint:
      "待送出：排队等候发往群或个人的消息；未确认送达：送不出去或无法确认的消息，已列入发件箱待人核实；待收下：已在群里发出、服务台尚未收下的消息",
  },
  situations: {
    wecom: {
      normal: { label: "正常", does: "" },
      busy: {
        label: "平台繁忙（-1）",
        does: `每次发送，平台都答“系统繁忙”。${resting}`,
      },
      rate: {
        label: "超过频率（45009）",
        does: "平台答“发送太频繁”。服务台让这个群或这个人的消息停发 1 分钟，期满按原来的次序再送；恢复后最迟 1 分钟补齐。",
      },
      removed: {
        label: "群机器人被移除（93000）",
        does: "各群的“消息推送”已被移除，群里不能再@人。服务台改为单聊通知本人，单聊也不通的，转到帮办员群或者告知首席帮办员。智能机器人的答复照常。",
      },
      silent: {
        label: "收到但没有回音（超时）",
        does: "消息已经显示，平台却没有应答，服务台 3 秒后仍不知道是否送到。平台能识别重复的，用同一编号再送；@提醒再送一次；其余不重发，计入“未确认送达”。",
      },
      html: {
        label: "网关页面（HTML）",
        does: "中间的网关返回上网认证页面，服务台无法确认消息是否送到。@提醒再送一次；仍无法确认的不再重发，计入“未确认送达”，待人核实。",
      },
      refused: {
        label: "连接被拒",
        does: `企业微信的服务器连接不上。${resting}群里的发言仍会送到服务台，办理照常。`,
      },
    },
    dingtalk: {
      normal: { label: "正常", does: "" },
      busy: {
        label: "平台繁忙（-1）",
        does: `每次发送，平台都答“系统繁忙”。${resting}`,
      },
      rate: {
        label: "超过频率（130101）",
        does: "平台答“发送太频繁”。服务台让这个群的消息停发 1 分钟，期满按原来的次序再送；恢复后最迟 1 分钟补齐。",
      },
      removed: {
        label: "群机器人被移除（400102）",
        does: "群里的自定义机器人已被停用。有人刚@过应用机器人的，答复和@提醒照常；其余改由应用机器人在群里发言，写明姓名，但不能@人。",
      },
      silent: {
        label: "收到但没有回音（超时）",
        does: "消息已经显示，平台却没有应答，服务台 3 秒后仍不知道是否送到。群机器人能识别重复，用同一编号再送；@提醒再送一次；其余不重发，计入“未确认送达”。",
      },
      html: {
        label: "网关页面（HTML）",
        does: "中间的网关返回上网认证页面，服务台无法确认消息是否送到。能识别重复的再送；@提醒再送一次；仍无法确认的不再重发，计入“未确认送达”，待人核实。",
      },
      refused: {
        label: "连接被拒（长连接断开）",
        does: `长连接断开，服务台反复重连。此间群里的发言显示为“待收下”，重连后自动送到。${resting}`,
      },
    },
  },

  groups: "选择群",
  singles: "单聊",
  moreSingles: "更多单聊…",
  single: (name: string, platform: string) => `${name}的单聊（${platform}）`,
  iAm: "我的身份",
  person: (name: string, role: string) => (role === "" ? name : `${name}（${role}）`),
  nobody: "本群没有可选的成员",
  messages: (chat: string) => `${chat}的消息`,
  empty: "本群还没有消息。",
  emptySingle: "还没有消息。单聊不必@，直接输入即可。",
  suggestions: "可以这样提诉求",
  suggestionsHint: "点选一条填入输入框，再按发送",

  phones: "手机提醒",
  phonesNone: "暂无",
  mentioned: "有人@我",

  quoteIt: "引用",
  quoteThis: (name: string) => `引用${name}的这条消息`,
  quoting: "引用",
  quoted: (name: string, text: string) => `${name}：${text}`,
  dropQuote: "取消引用",
  picture: "图片",
  pictures: (count: number) => `［图片×${count}］`,
  pictureOf: (name: string) => `${name}发送的图片`,
  unheard: (bot: string) => `没有@${bot}，服务台收不到`,
  pressed: (button: string, told: string) => `已点“${button}”，${told}`,

  at: (name: string) => `@${name}`,
  atTitle: (bot: string) => `发言时@${bot}`,
  say: (chat: string) => `在${chat}发言`,
  placeholder: "按回车发送",
  placeholderSingle: "不必@，按回车发送",
  send: "发送",

  script: {
    atOff: "已关闭@，这条消息服务台收不到",
    notSent: "没有发出去，请稍后再试。",
    notPressed: "这个按钮现在不能点，请刷新页面后再看。",
    refused: "服务台没有收下这条消息，请联系管理员。",
    noAnswer: "服务台没有应答，平台已多次重试，这条消息没有送到。",
    underWay: "服务台还没有收下，平台正在重试",
    robotRemoved: "机器人不在群里，服务台收不到",
    broken: "连接中断，正在重新连接",
    notMoved: "时钟没有拨动，请稍后再试。",
    notSwitched: "没有切换成功，请稍后再试。",
    mentionTo: "，",
    quoteOf: "：",
    noLines: "目前没有待送出或未确认送达的消息。",
    lineState: { waiting: "待送出", failed: "未确认送达" },
    lineTried: "，已试 ",
    lineReason: "，最近一次：",
    times: " 次",
  },
} as const;
