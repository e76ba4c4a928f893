/** The switch "platform in trouble": what is chosen on the page becomes trouble on the wire itself. */
import type { TroubleKind, TroubleOptions, TroubleScope } from "../trouble.ts";
import type { Situation, Stage } from "./stage.ts";

interface Troubled {
  trouble(scope: TroubleScope, kind: TroubleKind, options?: TroubleOptions): void;
  pullPlug(pulled: boolean): Promise<void>;
}

/** Where lines can be refused one by one; `refused` has none of it, since nobody gets as far as a door. */
const KINDS: Readonly<Record<Situation, TroubleKind>> = {
  normal: "none",
  busy: "busy",
  rate: "rate",
  removed: "removed",
  silent: "timeout-after",
  html: "html",
  refused: "none",
};

/** `doors`: every way by which this platform is spoken to. */
export function openSituations(server: Troubled, doors: readonly TroubleScope[]): Pick<Stage, "situation" | "imitate"> {
  let situation: Situation = "normal";
  return {
    situation: () => situation,
    async imitate(next) {
      await server.pullPlug(next === "refused");
      situation = next;
      for (const door of doors) server.trouble(door, "none");
      // It is the group's own robot that was taken out; the application and its answers go on.
      for (const door of next === "removed" ? (["webhook"] as const) : doors) server.trouble(door, KINDS[next]);
    },
  };
}
