/** What the desk knows, read from `intents/`: the menu's items, the commands, and what people say for each of them. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { BadFile, type Problem, readYamlFile, type YamlFile } from "../store/yaml-file.ts";
import { normalise } from "./normalise.ts";
import { COMMAND_IDS } from "./understanding.ts";

/** Raised whenever features or training change, so that a cached model of an older matcher is not used. */
const MATCHER_VERSION = 8;

const phrase = z.string().trim().min(1, "不能为空").max(200, "不能超过 200 字");
const phrases = z.array(phrase).min(1, "至少要有一条说法");
const words = z.string().trim().min(1, "不能为空");
const slug = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "只能用小写字母、数字和连字符，以字母开头");

const itemSchema = z.strictObject({
  // `other` and `none` are answers of the matcher itself.
  id: slug.refine((id) => id !== "other" && id !== "none", "other、none 是保留字"),
  name: words,
  summary: words,
  promise: words,
  steps: z.array(words).min(1, "至少要有一步"),
  size: z.enum(["small", "big"], "只能是 small（小事）或 big（大事）"),
  route: z.enum(["point", "organisation", "economy", "union"], "只能是 point、organisation、economy 或 union"),
  materials: z.array(words).default([]),
  ask: z.array(z.strictObject({ slot: slug, question: words })).default([]),
  phrases,
});

const menuSchema = z.strictObject({ category: words, items: z.array(itemSchema).min(1, "至少要有一个事项") });

const commandSchema = z.strictObject({
  id: z.enum(COMMAND_IDS, "不认识这个命令"),
  name: words,
  who: z.enum(["helper", "asker", "anyone", "chief", "leader"], "只能是 helper、asker、anyone、chief 或 leader"),
  words: z.array(words).min(1, "至少要有一个口令"),
  phrases,
});
const talkSchema = z.strictObject({ phrases });
const twoRequestsSchema = z.array(z.strictObject({ text: phrase, items: z.array(z.string()).length(2) }));

export type Item = z.infer<typeof itemSchema>;
export type CommandIntent = z.infer<typeof commandSchema>;
export interface Category {
  readonly name: string;
  readonly items: readonly Item[];
}

export interface Intents {
  readonly categories: readonly Category[];
  readonly items: ReadonlyMap<string, Item>;
  readonly commands: readonly CommandIntent[];
  readonly other: readonly string[];
  readonly smalltalk: readonly string[];
  /** Sentences that ask for two items at once; empty where the station has no such file. */
  readonly twoRequests: readonly { readonly text: string; readonly items: readonly string[] }[];
  /** Changes with every word of the files and with the matcher itself: names the cached model. */
  readonly fingerprint: string;
}

/** @throws BadFile */
export function readIntents(dir: string): Intents {
  const menu = menuFiles(dir).map(readMenuFile);
  const commands = readYamlFile(join(dir, "commands.yaml"), z.array(commandSchema).min(1, "至少要有一个命令"));
  const other = readYamlFile(join(dir, "other.yaml"), talkSchema);
  const smalltalk = readYamlFile(join(dir, "smalltalk.yaml"), talkSchema);
  const twoFile = join(dir, "two-requests.yaml");
  const two = existsSync(twoFile) ? readYamlFile(twoFile, twoRequestsSchema) : null;

  const problems = [
    ...repeatedIds(menu),
    ...repeatedCommands(commands),
    ...phrasesOfTwo(listings(menu, commands, other, smalltalk)),
    ...(two ? unknownItems(two, new Set(menu.flatMap(({ category }) => category.items.map(({ id }) => id)))) : []),
  ];
  const [first, ...rest] = problems;
  if (first) throw new BadFile([first, ...rest]);

  const categories = menu.map(({ category }) => category);
  const content = {
    categories,
    commands: commands.value,
    other: other.value.phrases,
    smalltalk: smalltalk.value.phrases,
    twoRequests: two?.value ?? [],
  };
  return {
    ...content,
    items: new Map(categories.flatMap(({ items }) => items.map((item) => [item.id, item] as const))),
    fingerprint: createHash("sha256")
      .update(JSON.stringify([MATCHER_VERSION, content]))
      .digest("hex"),
  };
}

function menuFiles(dir: string): readonly string[] {
  const folder = join(dir, "menu");
  const problem = (reason: string): BadFile => new BadFile([{ file: folder, line: 1, field: "", reason }]);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    throw problem("找不到事项目录");
  }
  const files = names.filter((name) => /\.ya?ml$/.test(name) && !name.startsWith(".")).sort();
  if (files.length === 0) throw problem("事项目录里没有 .yaml 文件");
  return files.map((name) => join(folder, name));
}

/** A menu file as read: where its items stand is known to itself, since a bare list has no `items:` level. */
interface MenuFile {
  readonly category: Category;
  problem(item: number, path: readonly PropertyKey[], reason: string): Problem;
}

class BareList extends Error {}

function readMenuFile(file: string): MenuFile {
  try {
    const whole = readYamlFile(file, menuSchema, (raw) => {
      if (Array.isArray(raw)) throw new BareList();
      return raw;
    });
    const { category: name, items } = whole.value;
    return {
      category: { name, items },
      problem: (item, path, reason) => whole.problem(["items", item, ...path], reason),
    };
  } catch (error) {
    if (!(error instanceof BareList)) throw error;
    const bare = readYamlFile(file, menuSchema.shape.items);
    return {
      category: { name: basename(file).replace(/\.ya?ml$/, ""), items: bare.value },
      problem: (item, path, reason) => bare.problem([item, ...path], reason),
    };
  }
}

/** Where a value stands, so that two places can name each other. */
interface Place {
  readonly label: string;
  readonly text: string;
  readonly problem: (reason: string) => Problem;
}

function repeatedIds(menu: readonly MenuFile[]): Problem[] {
  const places = menu.flatMap((file) =>
    file.category.items.map(({ id }, index): Place => {
      return { label: id, text: id, problem: (reason) => file.problem(index, ["id"], reason) };
    }),
  );
  return repeats(places, (place, earlier) => place.problem(`事项“${place.text}”已在 ${where(earlier)} 出现`));
}

function repeatedCommands(file: YamlFile<CommandIntent[]>): Problem[] {
  const places = file.value.map(({ id }, index): Place => {
    return { label: id, text: id, problem: (reason) => file.problem([index, "id"], reason) };
  });
  return repeats(places, (place, earlier) => place.problem(`命令“${place.text}”已在 ${where(earlier)} 出现`));
}

function listings(
  menu: readonly MenuFile[],
  commands: YamlFile<CommandIntent[]>,
  other: YamlFile<{ phrases: string[] }>,
  smalltalk: YamlFile<{ phrases: string[] }>,
): Place[] {
  const places: Place[] = [];
  const list = (file: YamlFile<unknown>, path: readonly PropertyKey[], label: string, texts: readonly string[]) => {
    texts.forEach((text, index) => {
      places.push({ label, text, problem: (reason) => file.problem([...path, index], reason) });
    });
  };
  for (const file of menu) {
    file.category.items.forEach((item, index) => {
      item.phrases.forEach((text, row) => {
        places.push({ label: item.id, text, problem: (reason) => file.problem(index, ["phrases", row], reason) });
      });
    });
  }
  commands.value.forEach((command, index) => {
    list(commands, [index, "words"], `command:${command.id}`, command.words);
    list(commands, [index, "phrases"], `command:${command.id}`, command.phrases);
  });
  list(other, ["phrases"], "other", other.value.phrases);
  list(smalltalk, ["phrases"], "none", smalltalk.value.phrases);
  return places;
}

/** One sentence cannot be taught two meanings: whichever wins, somebody's edit has no effect. */
function phrasesOfTwo(places: readonly Place[]): Problem[] {
  const seen = new Map<string, Place>();
  const problems: Problem[] = [];
  for (const place of places) {
    const key = normalise(place.text).text;
    if (key === "") continue;
    const earlier = seen.get(key);
    if (!earlier) seen.set(key, place);
    else if (earlier.label !== place.label) {
      problems.push(place.problem(`“${place.text}”归在 ${place.label}，但 ${where(earlier)} 已归在 ${earlier.label}`));
    }
  }
  return problems;
}

function unknownItems(file: YamlFile<z.infer<typeof twoRequestsSchema>>, known: ReadonlySet<string>): Problem[] {
  return file.value.flatMap(({ items }, row) =>
    items.flatMap((id, index) => (known.has(id) ? [] : [file.problem([row, "items", index], `菜单里没有事项“${id}”`)])),
  );
}

function repeats(places: readonly Place[], say: (place: Place, earlier: Place) => Problem): Problem[] {
  const seen = new Map<string, Place>();
  return places.flatMap((place) => {
    const earlier = seen.get(place.text);
    if (earlier) return [say(place, earlier)];
    seen.set(place.text, place);
    return [];
  });
}

function where(place: Place): string {
  const { file, line } = place.problem("");
  return `${file} 第 ${line} 行`;
}
