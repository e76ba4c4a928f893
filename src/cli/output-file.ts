/** A file that a verb is to write: whether it can be, found before the long work, and said in one line. */
import { closeSync, existsSync, openSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";

export interface OutputFile {
  /** Why not; null where it can be written as far as is known. */
  readonly refusal: string | null;
  /** Something stands there that will be gone. */
  readonly exists: boolean;
}

/** Codes of Node for what an operator can mend. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: "没有写入权限",
  EPERM: "没有写入权限",
  EROFS: "该位置只读",
  ENOSPC: "磁盘空间不足",
  EDQUOT: "磁盘配额不足",
  ENAMETOOLONG: "文件名过长",
  ENOENT: "该位置不能新建文件",
  EISDIR: "它是一个文件夹",
  ENOTDIR: "上级不是文件夹",
};

/** `option`: as it is typed, to be said. */
export function lookAtOutput(option: string, file: string): OutputFile {
  const exists = existsSync(file);
  const refused = (why: string): OutputFile => ({ refusal: `${option}：${why}`, exists });
  const folder = dirname(file);
  if (!existsSync(folder)) return refused(`没有“${folder}”这个文件夹，请先建好，或换一个`);
  if (!statSync(folder).isDirectory()) return refused(`“${folder}”不是文件夹，请换一个`);
  if (exists && statSync(file).isDirectory()) return refused(`“${file}”是文件夹，请写明文件名`);
  if (exists && !statSync(file).isFile()) return refused(`“${file}”不是普通文件，请换一个`);
  // Root may write everywhere that permissions speak of: only trying tells.
  const trial = `${file}.${process.pid}.try`;
  try {
    closeSync(openSync(trial, "wx", 0o600));
    rmSync(trial);
  } catch (error) {
    return refused(cannotWrite(file, error) ?? `无法写入“${file}”，请换一个`);
  }
  return { refusal: null, exists };
}

/** What it is that writing failed of; null for what is no matter of the file. */
export function cannotWrite(file: string, error: unknown): string | null {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reason = REASONS[code];
  return reason === undefined ? null : `无法写入“${file}”：${reason}，请处理后再试，或换一个位置`;
}
