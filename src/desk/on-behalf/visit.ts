/** 走访: what a visit found is kept, and what was wished for there becomes tickets of that company. */
import { shanghaiDate } from "../../pledge/hours.ts";
import { findEnterprises } from "../../station/enterprise-match.ts";
import { whenShown } from "../../understanding/dates.ts";
import * as words from "../../words/on-behalf.ts";
import type { Draft } from "../draft.ts";
import type { Scene } from "../scene.ts";
import { readOnBehalf } from "./on-behalf-words.ts";
import { recordFor } from "./record-for.ts";

/** As many as one message may well bring. */
const WISHES_MAX = 5;
const CLAUSES = /[；;。！!\n]+/u;
/** 诉求：… says outright that what follows is one. */
const OUTRIGHT = /(?:诉求|需求)(?:是|有|为)?\s*[:：]\s*(.+)$/su;
const WISH = /想|希望|要求|需要|提出|反映|申请|请求|求助|缺|想借|借用|帮忙|协调/u;
const NO_WISH = /(?:无|没有?|暂无|未提)(?:其他|别的|任何|什么|啥)?(?:诉求|需求|困难|问题|要求)|一切正常|^正常$/u;
/** 走访 is read in a moment; shorter says nothing. */
const TEXT_CHARACTERS_MIN = 4;

export function recordVisit(draft: Draft, scene: Scene, text: string): void {
  if ([...text].length < TEXT_CHARACTERS_MIN) {
    draft.answer(words.visitWanted(scene.prompts));
    return;
  }
  const enterprise =
    readOnBehalf(scene.enterprises, text).enterprise ??
    findEnterprises(scene.enterprises, text).exact?.name ??
    scene.group?.enterprise ??
    null;
  const today = shanghaiDate(scene.now);
  draft.visit({ at: scene.now, by: scene.who, enterprise, text });
  draft.answer(words.visited(enterprise, whenShown({ from: today, to: today, time: "" }, today)));
  const wishes = wishesIn(scene, text);
  if (wishes.length === 0) draft.answer(words.noWish(scene.prompts));
  for (const request of wishes) recordFor(draft, scene, { via: "走访", enterprise, typed: "", request });
}

function wishesIn(scene: Scene, text: string): string[] {
  const outright = OUTRIGHT.exec(text)?.[1];
  if (outright !== undefined) return clausesOf(outright).slice(0, WISHES_MAX);
  const wished = clausesOf(text).filter((clause) => WISH.test(clause) && scene.understand(clause).kind === "item");
  return wished.slice(0, WISHES_MAX);
}

function clausesOf(text: string): string[] {
  return text
    .split(CLAUSES)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== "" && !NO_WISH.test(clause));
}
