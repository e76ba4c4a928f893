/** The vectors of dingtalk.md 1.1 and 4, and the messages of 1.2 and 1.3. */

export const A = {
  timestamp: "1577262236757",
  secret: "this is a secret",
  signature: "DJrE6qdyVGCQz9z5r2MDuNcNAhwYnuAkyj13cx169CA=",
};
export const B = {
  timestamp: "1795400000000",
  secret: "demo-app-secret-001",
  signature: "vJG78m1TwefSBEPI3DoyDw/QIrAiWIhXKMj3YXG7718=",
};
export const C = {
  timestamp: "1795400000000",
  secret: "SECdemo0123456789abcdef",
  signature: "/tW+VJPlztVn3DfJi32wc7dXLG8dYR8eR/S+X3eMJDY=",
  inAddress: "%2FtW%2BVJPlztVn3DfJi32wc7dXLG8dYR8eR%2FS%2BX3eMJDY%3D",
};

export const NOW = 1_795_400_000_000;
export const SESSION = "https://oapi.dingtalk.com/robot/sendBySession?session=0123abcd";

export const said = {
  senderPlatform: "Win",
  conversationId: "cidDEMOgrp001==",
  conversationType: "2",
  conversationTitle: "IT 服务台",
  atUsers: [{ dingtalkId: "$:LWCP_v1:$BOTdemo" }],
  isInAtList: true,
  chatbotCorpId: "dingcorpdemo",
  chatbotUserId: "$:LWCP_v1:$BOTdemo",
  robotCode: "dingdemoappkey",
  msgId: "msgDEMO0001==",
  msgtype: "text",
  text: { content: " 三楼打印机卡纸，帮忙看下" },
  senderNick: "李雷",
  senderStaffId: "user-1001",
  senderId: "$:LWCP_v1:$USRdemo",
  senderCorpId: "dingcorpdemo",
  isAdmin: false,
  createAt: NOW,
  sessionWebhook: SESSION,
  sessionWebhookExpiredTime: NOW + 5_400_000,
};

export const replied = {
  ...said,
  msgId: "msgDEMO0002==",
  originalMsgId: "msgBOT77==",
  originalProcessQueryKey: "pqkDEMO/abc=",
  senderStaffId: "user-2002",
  text: {
    content: " 已处理",
    isReplyMsg: true,
    repliedMsg: {
      msgType: "interactiveCard",
      msgId: "msgBOT77==",
      senderId: "$:LWCP_v1:$BOTdemo",
      createdAt: NOW + 3000,
      content: {
        cardContent: [
          {
            elementType: "RICHTEXT",
            children: [
              { elementType: "UNKNOWN", value: "{}" },
              { elementType: "TEXT", value: "【#1123-017】打印机卡纸 请 @韩梅 处理" },
            ],
          },
        ],
      },
    },
  },
};
