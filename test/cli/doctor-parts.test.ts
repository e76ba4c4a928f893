import { describe, expect, it } from "vitest";
import { adviceOn } from "../../src/cli/checks/advice.ts";
import { judgePublicUrl } from "../../src/cli/checks/doors.ts";
import { judgeDoor } from "../../src/cli/checks/doorways.ts";
import { good, listed, must, notice } from "../../src/cli/checks/finding.ts";
import { examineNode } from "../../src/cli/checks/machine.ts";
import { judgeClock, sayTrouble } from "../../src/cli/checks/reach.ts";
import { judgeServer, sayRedisFailure } from "../../src/cli/checks/redis.ts";
import { describeSummary, lineOf, secretsOf } from "../../src/cli/doctor-lines.ts";

describe("Node", () => {
  it.each([
    ["20.12.0", "good"],
    ["20.20.2", "good"],
    ["24.0.0", "good"],
    ["20.11.1", "must"],
    ["18.20.0", "must"],
  ])("%s: %s", (version, level) => {
    expect(examineNode(version).level).toBe(level);
  });
});

describe("a Redis server", () => {
  it.each([
    ["7.0.15", "master", "good"],
    ["10.0.0", "master", "good"],
    ["6.2.14", "master", "must"],
    ["7.2.0", "slave", "must"],
  ])("%s, %s: %s", (version, role, level) => {
    expect(judgeServer({ name: "REDIS_URL", version, role }).level).toBe(level);
  });

  it.each([
    ["NOAUTH HELLO must be called", undefined, "要求密码"],
    ["WRONGPASS invalid username-password pair or user is disabled.", undefined, "用户名或密码不对"],
    ["LOADING Redis is loading the dataset in memory", undefined, "正在载入"],
    ["getaddrinfo ENOTFOUND nowhere", "ENOTFOUND", "找不到这个主机名"],
    ["self-signed certificate", "DEPTH_ZERO_SELF_SIGNED_CERT", "加密连接没有建立"],
    ["connect ETIMEDOUT", "ETIMEDOUT", "秒内连不上（ETIMEDOUT）"],
    ["SET key with what people wrote", undefined, "秒内连不上（没有回音）"],
  ])("%s", (message, code, said) => {
    const error = Object.assign(new Error(message), code === undefined ? {} : { code });
    expect(sayRedisFailure(error)).toContain(said);
    expect(sayRedisFailure(error)).not.toContain("people");
  });
});

describe("the clock", () => {
  const asked = Date.parse("2026-12-07T09:00:00Z");
  it.each([
    [0, "good"],
    [60, "good"],
    [-60, "good"],
    [61, "must"],
    [-3600, "must"],
  ])("%i seconds ahead: %s", (seconds, level) => {
    expect(judgeClock({ platform: "钉钉", theirs: asked - seconds * 1000, asked, answered: asked }).level).toBe(level);
  });

  it("is taken in the middle of the question", () => {
    expect(judgeClock({ platform: "钉钉", theirs: asked + 60_500, asked, answered: asked + 3000 }).level).toBe("good");
  });

  it("cannot be told without theirs", () => {
    expect(judgeClock({ platform: "钉钉", theirs: null, asked, answered: asked }).level).toBe("notice");
  });
});

describe("the doorway's answer", () => {
  const door = {
    name: "企业微信回调",
    path: "/x",
    token: "T",
    key: "K",
    proof: "验证通过",
    knock: () => Promise.reject(),
  };
  it.each([
    [200, true, 20, "good"],
    [200, true, 1200, "notice"],
    [200, false, 20, "must"],
    [401, false, 20, "must"],
    [400, false, 20, "must"],
    [404, false, 20, "must"],
    [502, false, 20, "must"],
  ])("%i, as it should be: %s, %i ms: %s", (status, isRight, ms, level) => {
    expect(judgeDoor(door, { status, isRight, ms }).level).toBe(level);
  });
});

describe("PUBLIC_URL", () => {
  it("is best encrypted", () => {
    expect(judgePublicUrl("https://street.example", []).level).toBe("good");
    expect(judgePublicUrl("http://street.example", []).level).toBe("notice");
    expect(judgePublicUrl(null, []).level).toBe("notice");
    for (const calledBy of [[], ["钉钉"]]) expect(judgePublicUrl(null, calledBy).text).toContain("没有图表链接");
  });

  it("lets others speak for anybody where it is not, and DingTalk calls it", () => {
    expect(judgePublicUrl("http://street.example", ["企业微信"]).text).not.toContain("冒充");
    expect(judgePublicUrl("http://street.example", ["钉钉"]).text).toContain("钉钉的签名不管正文");
  });

  it("is asked for where callbacks come", () => {
    expect(judgePublicUrl(null, ["企业微信", "钉钉"]).text).toContain("企业微信和钉钉的回调地址");
    expect(judgePublicUrl(null, []).text).not.toContain("回调");
  });
});

describe("advice", () => {
  it.each([
    ["wecom", "93000 invalid webhook url, hint: [45009], from ip: 1.2.3.4", "webhook 无效"],
    ["wecom", "45009 api freq out of limit", "一分钟内超过了 20 条"],
    ["wecom", "40058 invalid Request Parameter", "被@的账号写法不对"],
    ["wecom", "取 access_token：40001 invalid credential", "WECOM_APP_SECRET 不对"],
    ["wecom", "60020 请把本机出口 IP 加入“企业可信IP”：not allow, from ip: 10.1.2.3, more", "出口 IP 10.1.2.3 填进"],
    ["wecom", "60011 no privilege to access", "可见范围"],
    ["wecom", "81013 all invalid", "账号不对"],
    ["dingtalk", "310000 keywords not in content", "限定了关键词"],
    ["dingtalk", "310000 description:关键词不匹配;solution:请联系群管理员", "限定了关键词"],
    ["dingtalk", "310000 sign not match", "加签的密钥不对"],
    ["dingtalk", "310000 invalid timestamp", "时间同步"],
    ["dingtalk", "310000 ip 1.2.3.4 not in whitelist", "限定了 IP"],
    ["dingtalk", "310000 something new", "安全设置没有满足"],
    ["dingtalk", "300001 session 不存在", "临时的会话地址"],
    ["dingtalk", "400101 token is not exist", "access_token 无效"],
    ["dingtalk", "400102 robot stopped", "已被停用"],
    ["dingtalk", "400106 robot not in group", "机器人不在这个群"],
    ["dingtalk", "410100 too fast", "一分钟内超过了 20 条"],
    [
      "dingtalk",
      "本月接口调用次数已用完（Forbidden.AccessDenied.ApiCountLimitForOrg quota）",
      "本月的接口调用次数已用完",
    ],
    [
      "dingtalk",
      "HTTP 403 Forbidden.AccessDenied.IpNotInWhiteList request ip=198.51.100.7 ",
      "出口 IP 198.51.100.7 填进",
    ],
    ["dingtalk", "invalidParameter.robotCode.auth no", "DINGTALK_ROBOT_CODE"],
  ] as const)("%s, %s", (platform, reason, said) => {
    expect(adviceOn(platform, reason)).toContain(said);
  });

  it("names the permission that is missing", () => {
    const reason =
      "应用缺少权限 Card.Instance.Write ，请管理员在开发者后台申请并发布（Forbidden.AccessDenied.AccessTokenPermissionDenied no）";
    expect(adviceOn("dingtalk", reason)).toContain("权限管理 → 申请 Card.Instance.Write → 版本管理与发布");
  });

  it("is none for a code that nobody knows, nor for a number within another", () => {
    expect(adviceOn("wecom", "12345 new")).toBeNull();
    expect(adviceOn("dingtalk", "999 from 10.0.0.88")).toBeNull();
  });
});

describe("trouble on the way", () => {
  it.each([
    ["ENOTFOUND", "查不到这个域名"],
    ["CERT_HAS_EXPIRED", "证书已过期"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "证书不受信任"],
    ["EPROTO", "不是加密连接"],
    ["Unexpected server response: 404", "不是长连接的地址"],
    ["Opening handshake has timed out", "没有回音"],
    ["3000 ms 内没有回音", "没有回音"],
    ["ESOMETHING", "ESOMETHING"],
  ])("%s", (code, said) => {
    expect(sayTrouble(code)).toContain(said);
  });
});

describe("lines", () => {
  it("begin at one column and hold one line each", () => {
    const lines = [good("甲"), notice("乙"), must("丙\n丁\u001b[31m")].map((finding) => lineOf(finding));
    expect(lines).toEqual(["好　　　甲", "注意　　乙", "须处理　丙 丁 [31m"]);
  });

  it("end with counts", () => {
    expect(describeSummary([good("甲"), must("乙"), must("丙")])).toBe(
      "共 3 项：好 1，注意 0，须处理 2。请先改好“须处理”的各项",
    );
  });

  it("name twenty and count the rest", () => {
    expect(listed(["甲", "乙"])).toBe("甲、乙");
    expect(listed(Array.from({ length: 21 }, (_, at) => `群${at}`))).toMatch(/、群19 等 21 个$/);
  });

  it("know the secrets, a password written with escapes too", () => {
    const secrets = secretsOf({
      REDIS_URL: "redis://:p%40ssw0rd-long@host",
      NAN_WEBHOOK: "https://x/?key=1",
      PORT: "3000",
    });
    expect(secrets).toEqual(["https://x/?key=1", "p%40ssw0rd-long", "p@ssw0rd-long"]);
  });
});
