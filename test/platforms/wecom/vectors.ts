/** The vectors of wecom.md 1.5; each has its own clock. */

export interface Vector {
  readonly timestamp: string;
  readonly nonce: string;
  readonly signature: string;
  readonly ciphertext: string;
  readonly plain: string;
}

const sample = {
  token: "hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EPYo",
  aesKey: "6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt",
  corpId: "ww1436e0e65a779aee",
};
const otherSample = {
  token: "QDG6eK",
  aesKey: "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
  corpId: "wx5823bf96d3bd56c7",
};

export const keysOfA = sample;
export const keysOfC = otherSample;

export const A: Vector = {
  timestamp: "1476416373",
  nonce: "47744683",
  signature: "012bc692d0a58dd4b10f8dfe5c4ac00ae211ebeb",
  ciphertext: "fsi1xnbH4yQh0+PJxcOdhhK6TDXkjMyhEPA7xB2TGz6b+g7xyAbEkRxN/3cNXW9qdqjnoVzEtpbhnFyq6SVHyA==",
  plain: "1288432023552776189",
};

export const B: Vector = {
  timestamp: "1476422779",
  nonce: "1597212914",
  signature: "0c3914025cb4b4d68103f6bfc8db550f79dcf48e",
  ciphertext:
    "Kl7kjoSf6DMD1zh7rtrHjFaDapSCkaOnwu3bqLc5tAybhhMl9pFeK8NslNPVdMwmBQTNoW4mY7AIjeLvEl3NyeTkAgGzBhzTtRLNshw2AEew+kkYcD+Fq72Kt00fT0WnN87hGrW8SqGc+NcT3mu87Ha3dz1pSDi6GaUA6A0sqfde0VJPQbZ9U+3JWcoD4Z5jaU0y9GSh010wsHF8KZD24YhmZH4ch4Ka7ilEbjbfvhKkNL65HHL0J6EYJIZUC2pFrdkJ7MhmEbU2qARR4iQHE7wy24qy0cRX3Mfp6iELcDNfSsPGjUQVDGxQDCWjayJOpcwocugux082f49HKYg84EpHSGXAyh+/oxwaWbvL6aSDPOYuPDGOCI8jmnKiypE+",
  plain:
    "<xml><ToUserName>ww1436e0e65a779aee</ToUserName><FromUserName>ChenJiaShun</FromUserName><CreateTime>1476422779</CreateTime><MsgType>text</MsgType><Content>你好</Content><MsgId>1456453720</MsgId><AgentID>1000002</AgentID></xml>",
};

export const C: Vector = {
  timestamp: "1409659589",
  nonce: "263014780",
  signature: "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3",
  ciphertext: "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==",
  plain: "1616140317555161061",
};

/** The plain text is only told in parts (wecom.md 1.5). */
export const D: Omit<Vector, "plain"> & { readonly parts: readonly string[] } = {
  timestamp: "1409659813",
  nonce: "1372623149",
  signature: "477715d11cdb4164915debcba66cb864d751f3e6",
  ciphertext:
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==",
  parts: ["hello", "mycreate", "218", "4561255354251345929"],
};

export const E: Vector = {
  timestamp: "1763860000",
  nonce: "55512345",
  signature: "dfd0c7e198e5a1f6787afb709e50de8a4db260ed",
  ciphertext: "scEag1243Fmy/fYz4Ux8D4QPl2Xf4fBsptt+BUOu+zcccFbQxRUErEGCX2OBU1IEM413MUvZIH8QZh/jUIUJig==",
  plain: "8812345678901234567",
};

export const F: Vector = {
  timestamp: "1763860001",
  nonce: "55512346",
  signature: "c3d54565e46492d2e96039a8a586abc5a6ddecc9",
  ciphertext:
    "scEag1243Fmy/fYz4Ux8D/JDrvhEvlbVWI4Rexi7oH2J/XlICYhB004SHibQ11AufhTRNnG/7QZf+i3AuGXC9XGQ3PmNyRPLWVrQ2HbNR0kF6S8678hXHCJIAqfMm6EG8OrqEMYbaMVlHoV3DjYqE/CN/Aly2c43tRuOJt+6hQ03+XV+s5k+NIf7N3GkD+RERwpkYChH2TGdWOfKM/ixtIOk/hJUUsu2Z7B5nKIaNwiAIDQAR9WpbO0cQ917qBHiTiQ6dlWpYThb3UpJab1SWznmPDwfv3PzE7ekA6pLbdy+I21m9uWLvRl0rL1kZ2Cw8/NXsBtsaDNawk8ZyQrjOBW5GG2qK2SPk+xRrCbHP8vX3M9FRSZWL2KgF31eLQXt",
  plain:
    '{"msgid":"m-1","aibotid":"bot-1","chatid":"chat-1","chattype":"group","from":{"userid":"li.na"},"response_url":"https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=rc-1","msgtype":"text","text":{"content":"@小帮手 三楼打印机卡纸"}}',
};

export const G: Vector = {
  timestamp: "1763860002",
  nonce: "55512346",
  signature: "bdf789ffa795501b2357e9392b357a00c8f69dfe",
  ciphertext:
    "nO73TgapHYuqXuswhq+wMxbOz4e7AcXhyIOSxpRMO2gq7vXxKax4YugmngK1g9sRwMwW6ejrwBkt874nrhkBKBky2WBQ3MLcwSakBXWrg0GahvMsLU4STy7W5BnbMTGBTuD+WyQHdj8UIvaomVavhIY7t9O3S1y2cLJu4NkiYJ0=",
  plain: '{"msgtype":"stream","stream":{"id":"T-1024-a","finish":true,"content":"已登记 **#T-1024**"}}',
};

/** Of a self-built app: its receiver is the organisation (wecom.md 4.1). */
export const H: Vector = {
  timestamp: "1763860003",
  nonce: "n-77",
  signature: "32ba3d6caef1944e5cf578638806afb746419d86",
  ciphertext:
    "nO73TgapHYuqXuswhq+wM9TezBzFKXrvDfQ6g0ijtGxmGcBopccag8D/FpYgj2Z2GvlwOmvOxwR1cIWetYod1k1xfHBN+BKYwzU7xDlTeoK3jc8A00PmQ/JyBT/tMzZhhleOi+lSMt0BWfZNsuIX5d94sqgcdiv6jckr4N/aCAGV9gDEUSoj5gz0adP+D96FM7meeQw5R/FITOFdc2PEcStW+FOlNOolnW5s4c1jvPEFhRjggDq2fBSu2B2KVyQaCMlKyaYd5DJRRBthEqfE+To3c6aZNt1z7gpBj4A4n/eyr5pNAKMtr1jhlBTELzq5LDBctDH3BB02tDHDblosAOVGYDm678gsiyU/FCIXWeDtuM2KqHS82lsRDujAhA1tdZLFXa6m09WFuB5m7A65MIli29BFup8uuvytCHChd47wK7gQfHbqDRCX1UK2xofHi+MOwuo2kJHPN5RAS/AlxQ==",
  plain:
    "<xml><ToUserName><![CDATA[ww1436e0e65a779aee]]></ToUserName><FromUserName><![CDATA[li.na]]></FromUserName><CreateTime>1763860003</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[打印机卡纸]]></Content><MsgId>7000000000000000001</MsgId><AgentID>1000002</AgentID></xml>",
};
