/** The files that drive the desk, read strictly: a wrong one is refused with file, line, field and reason. */
import { readFileSync } from "node:fs";
import { LineCounter, parseDocument } from "yaml";
import { z } from "zod";

z.config(z.locales.zhCN());

export interface Problem {
  readonly file: string;
  readonly line: number;
  /** Dotted path, e.g. `people.2.role`; empty for the file as a whole. */
  readonly field: string;
  readonly reason: string;
}

/** A file that cannot be used. `message` is one line: the first problem, and how many more there are. */
export class BadFile extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly [Problem, ...Problem[]]) {
    const [first] = problems;
    const more = problems.length > 1 ? `（另有 ${problems.length - 1} 处）` : "";
    super(`${describeProblem(first)}${more}`);
    this.name = "BadFile";
    this.problems = problems;
  }
}

export function describeProblem({ file, line, field, reason }: Problem): string {
  return `${file} 第 ${line} 行${field ? ` ${field}` : ""}：${reason}`;
}

/** A parsed file that still knows on which line each field stands, for checks across fields and files. */
export interface YamlFile<T> {
  readonly file: string;
  readonly value: T;
  problem(path: readonly PropertyKey[], reason: string): Problem;
}

/** @throws BadFile */
export function readYamlFile<T>(
  file: string,
  schema: z.ZodType<T>,
  prepare: (raw: unknown) => unknown = (raw) => raw,
): YamlFile<T> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw new BadFile([{ file, line: 1, field: "", reason: missing ? "找不到这个文件" : "无法读取这个文件" }]);
  }
  return parseYaml(file, text, schema, prepare);
}

/** @throws BadFile */
function parseYaml<T>(
  file: string,
  text: string,
  schema: z.ZodType<T>,
  prepare: (raw: unknown) => unknown = (raw) => raw,
): YamlFile<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineOf = (path: readonly PropertyKey[]): number => {
    // A missing field has no line of its own: its nearest parent's is where to look.
    for (let length = path.length; length >= 0; length--) {
      const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
      const range = (node as { range?: readonly [number, number, number] } | undefined | null)?.range;
      if (range) return lines.linePos(range[0]).line;
    }
    return 1;
  };
  const problem = (path: readonly PropertyKey[], reason: string): Problem => ({
    file,
    line: lineOf(path),
    field: path.map(String).join("."),
    reason,
  });

  const [syntax] = document.errors;
  if (syntax) {
    throw new BadFile([
      { file, line: lines.linePos(syntax.pos[0]).line, field: "", reason: `YAML 写法有误（${syntax.message}）` },
    ]);
  }
  let raw: unknown;
  try {
    raw = prepare(document.toJS({ maxAliasCount: 100 }));
  } catch (error) {
    if (error instanceof FieldError) throw new BadFile([problem(error.path, error.message)]);
    throw error;
  }
  const result = schema.safeParse(raw);
  if (!result.success) {
    const [first, ...rest] = result.error.issues.map((issue) => problem(issue.path, issue.message));
    if (first) throw new BadFile([first, ...rest]);
  }
  return { file, value: result.data as T, problem };
}

/** Thrown by `prepare` to name the field that it stumbled over. */
export class FieldError extends Error {
  readonly path: readonly PropertyKey[];

  constructor(path: readonly PropertyKey[], reason: string) {
    super(reason);
    this.name = "FieldError";
    this.path = path;
  }
}
