import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { boundId, name } from "../../src/platforms/ids.ts";

test("an id is kept as it is while it will do as a key, and by its digest where it will not", () => {
  const digest = (id: string) => createHash("sha256").update(id).digest("hex");
  for (const id of ["x".repeat(128), "消息 1", "a/b:c", "msgDEMO0001=="]) expect(boundId(id)).toBe(id);
  for (const id of ["x".repeat(129), "a\nb", "a\u0000", "\u009b", ""]) expect(boundId(id)).toBe(digest(id));
});

test("a name is a line of its own, of bounded length", () => {
  for (const each of ["user-1001", "$:LWCP_v1:$abc+/==", "字".repeat(256)])
    expect(name.safeParse(each).success).toBe(true);
  for (const each of ["", "a\nb", "\u0085", "x".repeat(257), 7, null]) expect(name.safeParse(each).success).toBe(false);
});
