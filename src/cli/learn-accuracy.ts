/** How well the phrases teach each other: every phrase understood by machines that were not taught it. */
import { fitCalibration, toProbabilities } from "../understanding/calibrate.ts";
import { type Evaluation, evaluate, type LabelledRow } from "../understanding/evaluate.ts";
import type { Intents } from "../understanding/intents.ts";
import { judge, weigh } from "../understanding/judge.ts";
import { chooseMarks } from "../understanding/marks.ts";
import { prepareLessons, scoreUnseen } from "../understanding/train.ts";
import { COMMAND_IDS, type Understanding } from "../understanding/understanding.ts";

/** A minute of work on an idle machine. `onTrained` is called for every machine that was taught. */
export function crossValidated(intents: Intents, onTrained: () => void): Evaluation {
  const lessons = prepareLessons(intents);
  const { labels, kinds } = lessons;
  const scored = scoreUnseen(lessons, onTrained);
  const calibration = fitCalibration(scored, kinds);
  const marks = chooseMarks(scored, kinds, calibration);
  const probabilities = new Float32Array(labels.length);
  const labelOf = (index: number) => labels[index] ?? "";
  const understood = new Map<string, Understanding>();
  scored.forEach((row, index) => {
    toProbabilities(row, kinds, calibration, probabilities);
    const odds = weigh(probabilities, kinds);
    const { kind, confidence, classes } = judge(odds, marks);
    const said = classes.map(labelOf);
    understood.set(lessons.texts[index] ?? "", {
      kind,
      items: kind === "item" || kind === "unclear" ? said : [],
      command: kind === "command" ? (COMMAND_IDS.find((id) => said[0] === `command:${id}`) ?? null) : null,
      confidence,
      candidates: odds.items.map((item, rank) => ({ item: labelOf(item), confidence: odds.itemOdds[rank] ?? 0 })),
      commands: [],
      because: [],
      closest: null,
    });
  });
  const rows = lessons.texts.map((text, index): LabelledRow => ({ text, label: labelOf(lessons.truth[index] ?? 0) }));
  return evaluate(rows, (text) => {
    const known = understood.get(text);
    if (!known) throw new Error(`not a phrase of the files: ${text}`);
    return known;
  });
}
