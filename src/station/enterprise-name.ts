/** What of an enterprise's name people say: neither the brackets nor the legal form. */
import { normalise } from "../understanding/normalise.ts";

const BRACKETS = /[（(【[［][^（(【[［）)】\]］]{0,12}[）)】\]］]/gu;
const LEGAL_FORM = /(?:有限责任公司|股份有限公司|有限公司|股份公司|分公司|总公司|公司|集团|总厂|分厂|厂)$/u;
/** A shorter rest would name half the district. */
const CORE_MIN = 2;

/** One spelling: width, case, script, spaces and punctuation no longer matter. */
export function foldName(written: string): string {
  return normalise(written).text.replaceAll(" ", "");
}

/** 恒通（宁波）汽配集团有限公司 → 恒通汽配 */
export function coreOf(written: string): string {
  let core = foldName(written.replace(BRACKETS, ""));
  for (;;) {
    const shorter = core.replace(LEGAL_FORM, "");
    if (shorter === core || shorter.length < CORE_MIN) return core;
    core = shorter;
  }
}
