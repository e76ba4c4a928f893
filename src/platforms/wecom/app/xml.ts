/** The XML of a self-built app (wecom.md 1.3, 4.1), read and written. Pure. */
import { XMLParser } from "fast-xml-parser";

/** The deepest that is documented is a card's chosen option: xml, SelectedItems, SelectedItem, OptionIds, OptionId. */
const DEPTH_MAX = 8;
/** An envelope with a sealed text of WeCom's longest is a tenth of it; as long as this it is read in 40 ms (measured). */
const LENGTH_MAX = 128 * 1024;
/** A card with all its options stays below; a hundred kilobytes of tags would hold the event loop for 150 ms (measured). */
const ANGLES_MAX = 400;

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
  let angles = 0;
  for (let at = text.indexOf("<"); at >= 0; at = text.indexOf("<", at + 1)) {
    if (++angles > ANGLES_MAX) return false;
    if (text[at + 1] !== "!") continue;
    if (!text.startsWith("<![CDATA[", at)) return false;
    at = text.indexOf("]]>", at);
    if (at < 0) return false;
  }
  return true;
}
