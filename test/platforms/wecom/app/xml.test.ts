import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cdata, readXml } from "../../../../src/platforms/wecom/app/xml.ts";

const KIB = 1024;

describe("XML is read", () => {
  test("as text, whatever it looks like", () => {
    const xml = "<xml><MsgId>7000000000000000001</MsgId><A>007</A><B>true</B><C>1e5</C><D></D><E/></xml>";
    expect(readXml(xml)).toEqual({ MsgId: "7000000000000000001", A: "007", B: "true", C: "1e5", D: "", E: "" });
  });

  test("with what people typed in CDATA, to the letter", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (typed) => {
        const text = `|${typed}|`;
        expect(readXml(`<xml><Content>${cdata(text)}</Content></xml>`)).toEqual({ Content: text });
      }),
    );
    for (const text of ["<!DOCTYPE a>", "a]]>b", "&lt;&amp;", "</Content></xml>", "]]]]>>", "<![CDATA["]) {
      expect(readXml(`<xml><Content>${cdata(text)}</Content></xml>`)).toEqual({ Content: text });
    }
  });

  test("to the depth that WeCom writes", () => {
    const option = "<OptionIds><OptionId>1</OptionId></OptionIds>";
    const xml = `<xml><SelectedItems><SelectedItem>${option}</SelectedItem></SelectedItems></xml>`;
    expect(readXml(xml)).toMatchObject({ SelectedItems: { SelectedItem: { OptionIds: { OptionId: "1" } } } });
  });
});

describe("XML is not read", () => {
  test.each([
    ["nothing", ""],
    ["JSON", '{"encrypt":"a"}'],
    ["no xml in it", "<html><body/></html>"],
    ["text in its place", "<xml>a</xml>"],
    ["two of them", "<xml><A>1</A></xml><xml><A>2</A></xml>"],
    ["an end that is missing", "<xml><A>1"],
    ["ends that cross", "<xml><A><B></A></B></xml>"],
    ["CDATA without an end", "<xml><A><![CDATA[1</A></xml>"],
    ["a DOCTYPE", "<!DOCTYPE xml><xml><A>1</A></xml>"],
    ["an entity of a file", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><xml><A>&x;</A></xml>'],
    ["a billion laughs", '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><xml><A>&b;</A></xml>'],
    ["a comment", "<xml><!-- a --><A>1</A></xml>"],
    ["too deep a nesting", `<xml>${"<a>".repeat(20)}${"</a>".repeat(20)}</xml>`],
    ["too many tags", `<xml>${"<a/>".repeat(400)}</xml>`],
    ["too much of it", `<xml><A>${"a".repeat(128 * KIB)}</A></xml>`],
  ])("with %s", (_, text) => {
    expect(readXml(text)).toBeNull();
  });

  test("by its entities: they stay as they were written", () => {
    expect(readXml("<xml><A>&lt;b&gt; &#65; &x;</A></xml>")).toEqual({ A: "&lt;b&gt; &#65; &x;" });
  });

  test.each(["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"])(
    "into a prototype by %s",
    (tag) => {
      readXml(`<xml><${tag}><polluted>1</polluted></${tag}></xml>`);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    },
  );
});

test.each([
  ["tags", (n: number) => `<xml>${"<a></a>".repeat(n / 7)}</xml>`],
  ["open tags", (n: number) => "<a>".repeat(n / 3)],
  ["closed tags", (n: number) => "</a>".repeat(n / 4)],
  ["angles", (n: number) => "<".repeat(n)],
  ["declarations", (n: number) => "<!".repeat(n / 2)],
  ["CDATA", (n: number) => "<![CDATA[".repeat(n / 9)],
  ["CDATA with ends", (n: number) => `<xml><A>${"<![CDATA[a]]>".repeat(n / 14)}</A></xml>`],
  ["instructions", (n: number) => `${"<?a ".repeat(n / 4)}<xml/>`],
  ["ended instructions", (n: number) => `${"<?a?>".repeat(n / 5)}<xml/>`],
  ["attributes", (n: number) => `<xml ${'a="b" '.repeat(n / 6)}/>`],
  ["blank attributes", (n: number) => `<xml${" ".repeat(n - 10)}a`],
  ["one long name", (n: number) => `<${"a".repeat(n - 10)}`],
  [
    "different names",
    (n: number) => `<xml>${Array.from({ length: n / 14 }, (_, i) => `<a${i}></a${i}>`).join("")}</xml>`,
  ],
  ["ampersands", (n: number) => `<xml><A>${"&".repeat(n - 20)}</A></xml>`],
])("hostile XML takes no longer than a blink: %s", (_, make) => {
  const text = make(127 * KIB);
  // The best of three: the machine has other things to do as well.
  const took = [1, 2, 3].map(() => {
    const from = performance.now();
    readXml(text);
    return performance.now() - from;
  });
  expect(Math.min(...took)).toBeLessThan(1000);
});
