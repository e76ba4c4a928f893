/** One table, aligned in a terminal where a Chinese character is two columns wide. */

export interface Row {
  readonly name: string;
  readonly value: string;
  /** Of another row of the same run. */
  readonly ratio?: string;
  /** How far the rounds lie apart. */
  readonly spread?: number;
  readonly target?: string;
  readonly met?: boolean;
}

const HEAD = ["项目", "结果", "比值", "离散", "目标", "达标"];

export function renderTable(rows: readonly Row[]): string {
  const cells = [
    HEAD,
    ...rows.map(({ name, value, ratio = "", spread, target = "", met }) => [
      name,
      value,
      ratio,
      spread === undefined ? "" : `±${Math.round(spread * 50)}%`,
      target,
      met === undefined ? "" : met ? "✓" : "✗",
    ]),
  ];
  const widths = HEAD.map((_, column) => Math.max(...cells.map((row) => width(row[column] ?? ""))));
  const lines = cells.map((row) => row.map((cell, column) => pad(cell, widths[column] ?? 0, column === 1)).join("  "));
  const rule = "─".repeat(widths.reduce((sum, one) => sum + one + 2, -2));
  const [head = "", ...body] = lines.map((line) => line.trimEnd());
  return [head, rule, ...body].join("\n");
}

export function whole(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/gu, " ");
}

export function pad(cell: string, columns: number, right: boolean): string {
  const blanks = " ".repeat(Math.max(0, columns - width(cell)));
  return right ? blanks + cell : cell + blanks;
}

/** A Chinese character is two columns wide in a terminal. */
export function width(text: string): number {
  return [...text].reduce((sum, character) => sum + (/[\u2e80-\uffee]/u.test(character) ? 2 : 1), 0);
}
