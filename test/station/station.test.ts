import { describe, expect, it } from "vitest";
import { channelOfWebhook } from "../../src/station/station.ts";
import { readStation } from "../../src/station/station-file.ts";

const station = readStation("test/doubles/station.yaml", { WEBHOOK_BASE: "http://127.0.0.1:9" });
const GROUP01 = "http://127.0.0.1:9/cgi-bin/webhook/send?key=group01";

describe("a station", () => {
  it("knows people by account, whatever its case, and keeps the account as written", () => {
    expect(station.person("wecom", "Sun.San")?.id).toBe("h02");
    expect(station.person("dingtalk", "USER-1012")?.id).toBe("h02");
    expect(station.person("wecom", "user-1012")).toBeNull();
    expect(station.personById("h02")?.accounts.wecom).toBe("sun.san");
  });

  it("knows nobody by the names that every object has", () => {
    for (const name of ["constructor", "__proto__", "toString", ""]) {
      expect(station.person("wecom", name)).toBeNull();
      expect(station.personById(name)).toBeNull();
      expect(station.point(name)).toBeNull();
      expect(station.enterprise(name)).toBeNull();
      expect(station.group("wecom", name)).toBeNull();
      expect(station.groupsOf(name)).toEqual([]);
      expect(station.webhookOfChannel(name)).toBeNull();
    }
  });

  it("knows enterprises by name, and their groups", () => {
    expect(station.enterprise("恒通汽配 有限公司")).toEqual({
      name: "恒通汽配有限公司",
      aliases: ["恒通汽配"],
      point: "nan",
    });
    expect(station.groupsOf("恒通汽配有限公司").map(({ chat }) => chat)).toEqual(["wrGROUP01"]);
    expect(station.groupsOf("明州服饰有限公司")).toEqual([]);
  });

  it("knows groups by platform and id, to the letter", () => {
    expect(station.group("wecom", "wrGROUP02")).toMatchObject({ kind: "service", enterprise: null, point: "nan" });
    expect(station.group("wecom", "wrgroup02")).toBeNull();
    expect(station.group("dingtalk", "wrGROUP02")).toBeNull();
    expect(station.helpersGroups.map(({ chat }) => chat)).toEqual(["wrHELPERS"]);
    expect(station.leadersGroups.map(({ chat }) => chat)).toEqual(["wrLEADERS"]);
  });

  it("knows the invited officer of a field", () => {
    expect(station.invited("organisation")?.id).toBe("org");
    expect(station.invited("union")?.id).toBe("uni");
  });

  it("tells a webhook's address to whoever asks by its channel, and to nobody else", () => {
    const channel = station.group("wecom", "wrGROUP01")?.channel ?? "";
    expect(channel).toMatch(/^wecom:webhook:[0-9a-f]{16}$/);
    expect(channel).toBe(channelOfWebhook("wecom", GROUP01));
    expect(station.webhookOfChannel(channel)).toEqual({ url: GROUP01, secret: null });
    expect(JSON.stringify(station)).not.toContain("key=");
  });
});
