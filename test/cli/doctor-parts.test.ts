import { describe, expect, it } from "vitest";
import { judgeEcho, judgePublicUrl } from "../../src/cli/checks/doors.ts";
import { good, listed, must, notice } from "../../src/cli/checks/finding.ts";
import { examineNode } from "../../src/cli/checks/machine.ts";
import { judgeServer, sayRedisFailure } from "../../src/cli/checks/redis.ts";
import { judgeClock } from "../../src/cli/checks/wecom.ts";
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
    expect(judgeClock({ theirs: asked - seconds * 1000, asked, answered: asked }).level).toBe(level);
  });

  it("is taken in the middle of the question", () => {
    expect(judgeClock({ theirs: asked + 60_500, asked, answered: asked + 3000 }).level).toBe("good");
  });

  it("cannot be told without theirs", () => {
    expect(judgeClock({ theirs: null, asked, answered: asked }).level).toBe("notice");
  });
});

describe("the doorway's answer", () => {
  it.each([
    [200, true, 20, "good"],
    [200, true, 1200, "notice"],
    [200, false, 20, "must"],
    [401, false, 20, "must"],
    [404, false, 20, "must"],
    [502, false, 20, "must"],
  ])("%i, the plain text: %s, %i ms: %s", (status, isPlain, ms, level) => {
    expect(judgeEcho({ status, isPlain, ms }).level).toBe(level);
  });
});

it("PUBLIC_URL is best encrypted", () => {
  expect(judgePublicUrl("https://street.example").level).toBe("good");
  expect(judgePublicUrl("http://street.example").level).toBe("notice");
  expect(judgePublicUrl(null).level).toBe("notice");
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
