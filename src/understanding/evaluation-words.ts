/** An evaluation in words, for a terminal. */
import type { Evaluation, Share } from "./evaluate.ts";

/** @param pairsMax how many confusions are listed, the worst first. */
export function describeEvaluation(evaluation: Evaluation, pairsMax = 15): string {
  const lines: [string, Share][] = [
    ["事项：首位正确", evaluation.top1],
    ["事项：前三含有", evaluation.top3],
    ["事项：直接受理正确", evaluation.opened],
    ["事项：受理正确或追问", evaluation.openedOrAsked],
    ["事项：需追问", evaluation.asked],
    ["事项：误作其他事项", evaluation.wrongItem],
    ["事项：转首席（其他诉求）", evaluation.asOther],
    ["事项：误作闲谈", evaluation.silent],
    ["事项：误作口令", evaluation.asCommand],
    ["事项：一事误作两事", evaluation.doubled],
    ["闲谈：误开工单", evaluation.talkOpened],
    ["闲谈：误作口令", evaluation.talkAsCommand],
    ["其他诉求：识别", evaluation.otherReached],
    ["其他诉求：未丢失", evaluation.otherNotLost],
    ["口令：正确", evaluation.commands],
    ["口令：带编号的正确", evaluation.commandsWithNumber],
    ["口令：不带编号的正确", evaluation.commandsWithout],
    ["两件事：都受理", evaluation.bothOfTwo],
    ["两件事：至少受理其一且无误", evaluation.oneOfTwo],
  ];
  const { rejection, calibration, items, voices, confusions } = evaluation;
  return [
    `共 ${evaluation.rows} 条`,
    ...lines.map(([name, value]) => `${name} ${describeShare(value)}`),
    `诉求与闲谈：AUROC ${describePart(rejection.auroc)}，放行 95% 诉求时拦下闲谈 ${describePart(rejection.rejectedAt95)}`,
    "置信度：",
    ...calibration
      .filter(({ kept }) => kept.of > 0)
      .map(({ from, to, promised, kept }) => {
        return `  ${from.toFixed(2)}—${to.toFixed(2)} 预计 ${describePart(promised)}，实际 ${describeShare(kept)}`;
      }),
    ...describeGroups("各事项首位正确，低者在前：", items),
    ...describeGroups("各类说话人全部判对，低者在前：", voices),
    "混淆，多者在前：",
    ...confusions
      .slice(0, pairsMax)
      .map(({ label, taken, texts }) => `  ${label} → ${taken}：${texts.length} 条，如“${texts[0] ?? ""}”`),
  ].join("\n");
}

export function describeShare({ hits, of }: Share): string {
  return of === 0 ? "—" : `${describePart(hits / of)}（${hits}/${of}）`;
}

export function describePart(part: number | null): string {
  return part === null ? "—" : `${(part * 100).toFixed(1)}%`;
}

function describeGroups(title: string, groups: readonly { name: string; share: Share }[]): string[] {
  return groups.length === 0 ? [] : [title, ...groups.map(({ name, share }) => `  ${name} ${describeShare(share)}`)];
}
