/** A template that escapes whatever is put into it, unless it is itself the work of this template. */

class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type { Html };

type Part = Html | string | number | null | readonly Part[];

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.reduce((whole, string, at) => `${whole}${printed(parts[at - 1] ?? null)}${string}`));
}

/** JSON for a `<script type="application/json">`: no `</script>` can stand in it. */
export function jsonHtml(value: unknown): Html {
  return new Html(JSON.stringify(value).replaceAll("<", "\\u003c"));
}

/** Text as platforms show it: escaped, with `**bold**` as the only markup. */
export function richText(text: string): Html {
  return new Html(escaped(text).replace(/\*\*([^*\n]+)\*\*/g, "<strong>$1</strong>"));
}

const ADDRESS = /(https?:\/\/[\w\-.~:/?#@!$&'()*+,;=%]+)/;

/** Plain text, in which both platforms let addresses be tapped. */
export function linkedText(text: string): Html {
  const pieces = text.split(ADDRESS).map((piece, at) => {
    const plain = escaped(piece);
    return at % 2 === 0 ? plain : `<a href="${plain}" target="_blank" rel="noopener noreferrer">${plain}</a>`;
  });
  return new Html(pieces.join(""));
}

function printed(part: Part): string {
  if (part === null) return "";
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return part.map(printed).join("");
  return escaped(String(part));
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES.get(character) ?? character);
}
