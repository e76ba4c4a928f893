/** What anybody may ask that is about no ticket: the menu, what one can say, and the ids an administrator needs. */
import type { Group } from "../../station/station.ts";
import type { CommandId } from "../../understanding/understanding.ts";
import * as called from "../../words/names.ts";
import * as toAnybody from "../../words/replies.ts";
import type { Draft } from "../draft.ts";
import type { Order } from "../orders/entitlement.ts";
import type { Scene } from "../scene.ts";

const GENERAL = ["menu", "help", "whoami"] as const satisfies readonly CommandId[];
export type General = (typeof GENERAL)[number];

export function isGeneral(command: Order): command is General {
  return (GENERAL as readonly Order[]).includes(command);
}

export function answerGeneral(draft: Draft, scene: Scene, command: General): void {
  const { station, intents, prompts, person, group, message, enterprise } = scene;
  switch (command) {
    case "menu": {
      const categories = intents.categories.map(({ name, items }) => ({
        name,
        items: items.map((item) => ({ name: item.name, small: item.size === "small" })),
      }));
      draft.answer(toAnybody.menu(station.name, categories, prompts));
      return;
    }
    case "help":
      draft.answer(helpFor(person, prompts));
      return;
    case "whoami":
      draft.answer(
        toAnybody.whoami({
          account: message.by,
          person: person?.name ?? null,
          enterprise: person ? null : enterprise,
          chat: message.chat,
          group: group && groupName(scene, group),
        }),
      );
  }
}

function helpFor(person: Scene["person"], prompts: Scene["prompts"]): string {
  if (person === null) return toAnybody.helpForAsker(prompts);
  return person.role === "leader" ? toAnybody.helpForLeader(prompts) : toAnybody.helpForHelper(prompts);
}

function groupName({ station }: Scene, { kind, enterprise, point }: Group): string {
  if (kind !== "service") return called.GROUP_WORDS[kind];
  return enterprise ?? (point === null ? null : station.point(point)?.name) ?? called.GROUP_WORDS.service;
}
