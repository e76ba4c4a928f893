/** Where a ticket lives: its group, and whose it is. What is registered for somebody lives in that company's group. */
import { conversationOf, type PlatformName, personalConversation } from "../../chat/message.ts";
import type { Scene } from "../scene.ts";

export interface Home {
  readonly platform: PlatformName;
  readonly conversation: string;
  readonly enterprise: string | null;
  readonly point: string | null;
}

/** Of what somebody asks for here. */
export function homeHere({ station, enterprise, group, message, conversation }: Scene): Home {
  const point = (enterprise === null ? null : station.enterprise(enterprise)?.point) ?? group?.point ?? null;
  return { platform: message.platform, conversation, enterprise, point };
}

/** Of what is registered for a company: its own group if that platform is on, else the recorder alone (desk-practice 6). */
export function homeOf(scene: Scene, name: string | null): Home {
  const { station, group, message, platforms } = scene;
  const enterprise = name === null ? null : station.enterprise(name);
  const point = enterprise?.point ?? null;
  const own = group?.kind === "service" && (name === null || group.enterprise === name);
  if (own) return { ...homeHere(scene), enterprise: name ?? group.enterprise, point: point ?? group.point };
  const theirs = name === null ? undefined : station.groupsOf(name).find(({ platform }) => platforms.has(platform));
  if (theirs) {
    const { platform, chat } = theirs;
    return { platform, conversation: conversationOf({ platform, chat, by: message.by }), enterprise: name, point };
  }
  const conversation = personalConversation(message.platform, message.by);
  return { platform: message.platform, conversation, enterprise: name, point };
}

export function isGroup({ platform, conversation }: Pick<Home, "platform" | "conversation">): boolean {
  return !conversation.startsWith(`${platform}:@`);
}
