/** One message as it stands in a chat: rendered here alone, for the first page and for what arrives or changes later. */
import { clockText, shanghaiDate, weekday } from "../../pledge/hours.ts";
import type { Shown, ShownCard } from "../history.ts";
import { words } from "../words.ts";
import { type Html, html, linkedText, richText } from "./html.ts";
import type { Stage } from "./stage.ts";

const WEEKDAYS = "日一二三四五六";
/** Who may speak besides people. */
const ROBOTS = ["bot", "webhook", "app"] as const;
type RobotKind = (typeof ROBOTS)[number];

export function messageView(message: Shown, stage: Stage): Html {
  const { id, chat, from, at } = message;
  const name = senderName(from, stage);
  const quoteIt = html`<button type="button" class="quote-it" aria-label="${words.quoteThis(name)}">${words.quoteIt}</button>`;
  return html`<article class="message ${isRobot(from) ? `from-${from}` : ""} ${message.heard ? "" : "unheard"}" id="m-${id}"
    data-id="${id}" data-from="${from}" data-day="${dayText(at)}" data-mentions="${message.mentions.join(" ")}">
    <span class="avatar" aria-hidden="true">${isRobot(from) ? words.avatar[from] : name.slice(0, 1)}</span>
    <div class="said">
      <header>
        <span class="name">${name}</span>
        <time datetime="${new Date(at).toISOString()}">${clockText(at)}</time>
        ${stage.canQuote(chat) ? quoteIt : null}
      </header>
      <div class="bubble">${quoteView(message, stage)}${contentView(message, stage, name)}${cardView(message.card)}</div>
      ${message.heard ? null : html`<p class="note">${words.unheard(stage.robot)}</p>`}
    </div>
  </article>`;
}

function contentView(message: Shown, stage: Stage, name: string): Html {
  const { chat, kind, text, images, picture } = message;
  if (picture !== null) return html`<img src="/sandbox/picture/${picture}" alt="${words.pictureOf(name)}" />`;
  const written = stage.writtenIn(text);
  const isWritten = (account: string): boolean => written.has(account.toLowerCase());
  const inText = message.mentions.filter(isWritten);
  // Platforms put the names of those who are mentioned in a list behind the text by themselves.
  const behind = message.mentions.filter((account) => !isWritten(account));
  const readable = stage.readable(chat, text);
  const [title = "", ...rest] = kind === "card" ? readable.split(/(?=\n)/) : [];
  const body = withMentions(kind === "card" ? rest.join("") : readable, kind === "markdown", inText, stage);
  return html`<div class="text">${kind === "card" ? html`<strong>${title}</strong>` : null}${body}${
    images > 0 ? html` ${words.pictures(images)}` : null
  }${behind.map((account) => html` ${mentionView(account, stage)}`)}</div>`;
}

/** The robot's name and the names of those whose telephones rang, wherever they stand behind an @. */
function withMentions(text: string, isMarkdown: boolean, accounts: readonly string[], stage: Stage): Html[] {
  const marks = new Map<string, Html>([
    [words.at(stage.robot), html`<span class="at">${words.at(stage.robot)}</span>`],
    ...accounts.map((account) => [words.at(stage.nameOf(account)), mentionView(account, stage)] as const),
  ]);
  // Longer names first: "@王敏" must not begin "@王敏敏".
  const names = [...marks.keys()].sort((a, b) => b.length - a.length);
  const pieces = text.split(new RegExp(`(${names.map(literally).join("|")})`, "u"));
  return pieces.map((piece) => marks.get(piece) ?? (isMarkdown ? richText(piece) : linkedText(piece)));
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&");
}

function mentionView(account: string, stage: Stage): Html {
  return html`<span class="at" data-account="${account}">${words.at(stage.nameOf(account))}</span>`;
}

/** Pressed and not yet replaced, a button shows that it is: the desk may be away. */
function cardView(card: ShownCard | null): Html | null {
  if (card === null) return null;
  const pressed = card.buttons.find(({ key }) => key === card.pressed);
  if (card.replaced !== null) {
    return html`<p class="replaced">${pressed === undefined ? card.replaced : words.pressed(pressed.text, card.replaced)}</p>`;
  }
  const buttons = card.buttons.map(
    ({ text, key }) =>
      html`<button type="button" class="press" data-key="${key}" aria-pressed="${key === card.pressed ? "true" : "false"}">${text}</button>`,
  );
  return html`<p class="buttons">${buttons}</p>`;
}

/** Above the answer stands the line that it answers, as both platforms show it. */
function quoteView({ chat, quoting, quote }: Shown, stage: Stage): Html | null {
  if (quote === null) return null;
  const found = quoting === null ? undefined : stage.find(chat, quoting);
  const whole = found === undefined ? quote : words.quoted(senderName(found.from, stage), quote);
  const line = whole.replaceAll("**", "");
  return found === undefined
    ? html`<p class="quoted">${line}</p>`
    : html`<a class="quoted" href="#m-${found.id}">${line}</a>`;
}

function senderName(from: string, stage: Stage): string {
  return isRobot(from) ? words.from[stage.platform][from](stage.robot) : stage.nameOf(from);
}

function isRobot(from: string): from is RobotKind {
  return (ROBOTS as readonly string[]).includes(from);
}

function dayText(at: number): string {
  const date = shanghaiDate(at);
  const [, month = "", day = ""] = date.split("-");
  return `${Number(month)}月${Number(day)}日（周${WEEKDAYS.charAt(weekday(date))}）`;
}
