/** The self-built application (自建应用): what people say to it and press on its cards, sealed XML to the desk (wecom.md 4.1). */
import { randomInt } from "node:crypto";
import type { Chats } from "../../chats.ts";
import type { Shown } from "../../history.ts";
import { type Delivery, type DeliveryOptions, type Outcome, openDelivery } from "../delivery.ts";
import { appForm } from "../envelopes.ts";
import type { Knock } from "../knock.ts";
import { singleChat } from "../rooms.ts";
import { type AppKind, type AppSource, clickXml, eventXml, messageXml } from "./bodies.ts";
import { type CallParts, openCalls } from "./calls.ts";
import { openCards, pressable } from "./cards.ts";
import { readPassive } from "./passive.ts";
import { openTokens } from "./tokens.ts";

export interface AppOptions {
  readonly corpId: string;
  readonly agentId: number;
  readonly secret: string;
  readonly token: string;
  readonly aesKey: string;
}

export interface AppWords {
  readonly by: string;
  /** Of a place its name, of a link its title; shown in brackets where it is not text. */
  readonly text: string;
  readonly kind?: AppKind;
  /** Decimal. */
  readonly msgId?: string;
}

export interface AppSaid extends Outcome {
  /** Null for events, which have none. */
  readonly msgId: string | null;
  /** Of a click: the card as it stands afterwards. Null for other events. */
  readonly message: Shown | null;
  /** The XML that was sealed, for `deliverToApp` to send a second time. */
  readonly body: string;
}

export interface AppControls {
  sayToApp(words: AppWords): Promise<AppSaid>;
  clickCard(click: { readonly by: string; readonly messageId: string; readonly key: string }): Promise<AppSaid>;
  /** E.g. `enter_agent`, `subscribe`. */
  sayAppEvent(event: { readonly by: string; readonly event: string; readonly eventKey?: string }): Promise<AppSaid>;
  deliverToApp(xml: string): Promise<Outcome>;
  checkAppUrl: Delivery["checkUrl"];
  /** The access token is none any more, before its time. */
  forgetToken(): void;
}

export interface App {
  readonly controls: AppControls;
  knockAt(url: URL): Knock | null;
  close(): void;
}

export interface AppParts
  extends AppOptions,
    Omit<DeliveryOptions, "form">,
    Omit<CallParts, "cards" | "tokens" | keyof AppOptions> {
  readonly chats: Chats;
}

export function openApp(parts: AppParts): App {
  const { corpId, agentId, chats, now } = parts;
  const delivery = openDelivery({ ...parts, form: appForm(parts) });
  const cards = openCards(chats);
  const tokens = openTokens();
  const knockAt = openCalls({ ...parts, cards, tokens });

  const sourceOf = (by: string): AppSource => ({ corpId, agentId, by, createdS: Math.floor(now() / 1000) });

  const carry = async (by: string, body: string, task: string | null): Promise<Outcome> => {
    const outcome = await delivery.post(body);
    const answer = readPassive(outcome.reply, task);
    if (answer?.kind === "text") chats.show(singleChat(by), { from: "app", kind: "text", text: answer.text });
    // Only the card of whoever clicked (wecom.md 4.1).
    if (answer?.kind === "change" && task !== null) cards.change(task, [by], answer.change);
    return outcome;
  };

  return {
    knockAt,
    close: delivery.close,
    controls: {
      async sayToApp({ by, text, kind = "text", msgId = `7${randomDigits(18)}` }) {
        const shown = kind === "text" ? text : `[${kind}]${text}`;
        const images = kind === "image" ? 1 : 0;
        const message = chats.show(singleChat(by), { from: by, kind: "text", text: shown, images });
        const body = messageXml(sourceOf(by), msgId, kind, text);
        return { ...(await carry(by, body, null)), msgId, message, body };
      },
      async clickCard({ by, messageId, key }) {
        const { message, task } = pressable(chats, by, messageId, key);
        cards.clicked(by, message, task, key);
        const body = clickXml(sourceOf(by), { key, task, responseCode: cards.issue(task, now()) });
        const outcome = await carry(by, body, task);
        return { ...outcome, msgId: null, message: chats.find(message.chat, message.id) ?? null, body };
      },
      async sayAppEvent({ by, event, eventKey = "" }) {
        const body = eventXml(sourceOf(by), event, eventKey);
        return { ...(await carry(by, body, null)), msgId: null, message: null, body };
      },
      deliverToApp: delivery.post,
      checkAppUrl: delivery.checkUrl,
      forgetToken: tokens.forget,
    },
  };
}

/** An organisation without an application of its own. */
export function noApp(): App {
  const none = (): never => {
    throw new Error("this imitation was opened without an app");
  };
  const controls = {
    sayToApp: none,
    clickCard: none,
    sayAppEvent: none,
    deliverToApp: none,
    checkAppUrl: none,
    forgetToken: none,
  };
  return { controls, knockAt: () => null, close: () => undefined };
}

function randomDigits(count: number): string {
  return Array.from({ length: count }, () => randomInt(10)).join("");
}
