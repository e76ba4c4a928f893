/** The XML of a self-built app (wecom.md 1.3, 4.1), read and written. Pure. */
import { XMLParser } from "fast-xml-parser";

/** The deepest that is documented is a card's chosen option: xml, SelectedItems, SelectedItem, OptionIds, OptionId. */
const DEPTH_MAX = 8;
/** An envelope with a sealed text of WeCom's longest is about ten; time is linear in it (measured: 15 ms for this much). */
const LENGTH_MAX = 128 * 1024;

const parser = new XMLParser({
  // MsgId has 64 bits, an account may be 007: everything stays text.
  parseTagValue: false,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  processEntities: false,
  maxNestedTags: DEPTH_MAX,
});

/** What stands in `<xml>`; null where that is not what this is. */
export function readXml(text: string): object | null {
  if (text.length > LENGTH_MAX || !isPlain(text)) return null;
  try {
    const { xml } = parser.parse(text, true) as { readonly xml?: unknown };
    return typeof xml === "object" && xml !== null && !Array.isArray(xml) ? xml : null;
  } catch {
    return null;
  }
}

export function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
}

/** Of what begins with "<!", WeCom writes CDATA alone: no DOCTYPE, so nothing that could be expanded. */
function isPlain(text: string): boolean {
  for (let at = text.indexOf("<!"); at >= 0; at = text.indexOf("<!", at)) {
    if (!text.startsWith("<![CDATA[", at)) return false;
    const end = text.indexOf("]]>", at);
    if (end < 0) return false;
    at = end;
  }
  return true;
}
