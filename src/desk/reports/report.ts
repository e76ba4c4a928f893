/** 日报, 周报, 月报, 南社区 本月: leaders ask for figures among themselves or one-to-one, never where a company reads along. */
import { shanghaiDate } from "../../pledge/hours.ts";
import { plain } from "../../words/plain.ts";
import * as words from "../../words/reports.ts";
import type { Draft } from "../draft.ts";
import { explicitCommand } from "../orders/command.ts";
import { mayDoAtDesk } from "../orders/entitlement.ts";
import type { Scene } from "../scene.ts";
import { guessReport, type ReportAsked, type ReportMeant, readReport } from "./report-words.ts";

/** The text of a report, or null where it could not be worked out in time. `now` is the desk's clock. */
export type ReadReport = (asked: ReportAsked, now: number) => Promise<string | null>;

/** Free words may just as well ask for something else. */
const SURELY = 0.6;
const NAME_CHARACTERS = 12;

/** What is to be read for a message; null where nothing is, or it will not be told. */
export function reportWanted(scene: Scene): ReportAsked | null {
  if (!mayDoAtDesk("report", scene.person) || !isTold(scene)) return null;
  const meant = exactly(scene) ?? freely(scene);
  return meant?.kind === "report" ? meant.asked : null;
}

/** The whole message is a report's name: that is meant whatever was asked before. */
export function answersReport(draft: Draft, scene: Scene): boolean {
  const meant = exactly(scene);
  if (meant === null) return false;
  answer(draft, scene, meant);
  return true;
}

/** By the command's own word, or free words that were understood as it. */
export function answerReport(draft: Draft, scene: Scene): void {
  answer(draft, scene, guessReport(scene.message.text, shanghaiDate(scene.now), scene.station));
}

function exactly(scene: Scene): ReportMeant | null {
  const meant = readReport(scene.message.text, shanghaiDate(scene.now), scene.station);
  if (meant === null || (meant.kind === "report" && meant.official)) return meant;
  // 本月 alone, or beside a quote, is a report's name only where leaders speak.
  return mayDoAtDesk("report", scene.person) && isTold(scene) && scene.quoted.length === 0 ? meant : null;
}

function freely(scene: Scene): ReportMeant | null {
  const { text } = scene.message;
  if (text.trim() === "" || scene.quoted.length > 0) return null;
  const { kind, command, confidence } = scene.understand(text);
  const said = explicitCommand(scene, text)?.command ?? (kind === "command" && confidence >= SURELY ? command : null);
  return said === "report" ? guessReport(text, shanghaiDate(scene.now), scene.station) : null;
}

function answer(draft: Draft, scene: Scene, meant: ReportMeant): void {
  draft.answer(textFor(scene, meant));
}

function textFor(scene: Scene, meant: ReportMeant): string {
  if (!mayDoAtDesk("report", scene.person)) return words.forLeaders();
  if (!isTold(scene)) return words.notHere(scene.prompts);
  switch (meant.kind) {
    case "report":
      return scene.known.report ?? words.beingWorkedOut();
    case "ahead":
      return words.ahead();
    case "longer":
      return words.longer();
    case "no-day":
      return words.noSuchDay();
    case "unknown-point":
      return words.unknownPoint(
        plain(meant.typed, NAME_CHARACTERS),
        scene.station.points.map(({ name }) => name),
      );
  }
}

/** Helpers are named in it, one by one: it is for leaders alone. */
function isTold({ message, group }: Scene): boolean {
  return message.chat === null || group?.kind === "leaders";
}
