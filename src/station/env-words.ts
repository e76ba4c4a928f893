/** `${VAR}` inside the station file's strings: secrets live in the environment, the file only names them. */
import { FieldError } from "../store/yaml-file.ts";

const WORD = /\$\{([^}]*)\}?/g;
const NAME = /^\$\{[A-Za-z_][A-Za-z0-9_]*\}$/;

/** @throws FieldError at the first variable that is not there */
export function fillEnvWords(
  raw: unknown,
  env: Readonly<Record<string, string | undefined>>,
  path: readonly PropertyKey[] = [],
): unknown {
  if (typeof raw === "string") return fill(raw, env, path);
  if (Array.isArray(raw)) return raw.map((value, index) => fillEnvWords(value, env, [...path, index]));
  if (typeof raw !== "object" || raw === null) return raw;
  // zod drops this key without a word, where every other unknown one is refused.
  if (Object.hasOwn(raw, "__proto__")) throw new FieldError([...path, "__proto__"], "不认识这一项");
  return Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, fillEnvWords(value, env, [...path, key])]));
}

function fill(text: string, env: Readonly<Record<string, string | undefined>>, path: readonly PropertyKey[]): string {
  return text.replace(WORD, (word, name: string) => {
    if (!NAME.test(word)) throw new FieldError(path, `环境变量要写成 \${变量名}`);
    const value = Object.hasOwn(env, name) ? env[name] : undefined;
    if (value === undefined) throw new FieldError(path, `环境变量 ${name} 没有设置`);
    return value;
  });
}

/** The variables that a station file's text names. */
export function envWordsIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(WORD)].flatMap(([, name]) => name ?? []));
}
