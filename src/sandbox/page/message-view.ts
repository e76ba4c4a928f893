/** One message as it stands in a group: rendered here alone, for the first page and for what arrives later. */
import { clockText, shanghaiDate, weekday } from "../../pledge/hours.ts";
import type { Shown } from "../history.ts";
import type { WecomServer } from "../wecom-server.ts";
import { words } from "../words.ts";
import { type Html, html, richText } from "./html.ts";

const WEEKDAYS = "日一二三四五六";

export function messageView(message: Shown, server: WecomServer): Html {
  const { id, from, at } = message;
  const name = senderName(from, server);
  const robot = from === "bot" || from === "webhook";
  return html`<article class="message ${robot ? `from-${from}` : ""} ${message.heard ? "" : "unheard"}" id="m-${id}"
    data-id="${id}" data-from="${from}" data-day="${dayText(at)}" data-mentions="${message.mentions.join(" ")}">
    <span class="avatar" aria-hidden="true">${avatar(from, name)}</span>
    <div class="said">
      <header>
        <span class="name">${name}</span>
        <time datetime="${new Date(at).toISOString()}">${clockText(at)}</time>
        <button type="button" class="quote-it" aria-label="${words.quoteThis(name)}">${words.quoteIt}</button>
      </header>
      <div class="bubble">${quoteView(message, server)}${contentView(message, server, name)}${mentionsView(message, server)}</div>
      ${message.heard ? null : html`<p class="note">${words.unheard(server.botName)}</p>`}
    </div>
  </article>`;
}

function avatar(from: string, name: string): string {
  if (from === "bot") return words.avatar.bot;
  return from === "webhook" ? words.avatar.webhook : name.slice(0, 1);
}

function contentView({ chat, kind, text, images, picture }: Shown, server: WecomServer, name: string): Html {
  if (picture !== null) return html`<img src="/sandbox/picture/${picture}" alt="${words.pictureOf(name)}" />`;
  const readable = server.readable(chat, text);
  const body = kind === "markdown" ? richText(readable) : withAt(readable, words.at(server.botName));
  return html`<div class="text">${body}${images > 0 ? html` ${words.pictures(images)}` : null}</div>`;
}

/** Above the answer stands the line that it answers, as WeCom shows it. */
function quoteView({ chat, quoting, quote }: Shown, server: WecomServer): Html | null {
  if (quote === null) return null;
  const found = quoting === null ? undefined : server.find(chat, quoting);
  const whole = found === undefined ? quote : `${senderName(found.from, server)}：${quote}`;
  const line = whole.replaceAll("**", "");
  return found === undefined
    ? html`<p class="quoted">${line}</p>`
    : html`<a class="quoted" href="#m-${found.id}">${line}</a>`;
}

/** WeCom puts the names of `mentioned_list` behind the text by itself. Those written <@id> stand in it already. */
function mentionsView({ text, mentions }: Shown, server: WecomServer): Html[] {
  const outside = mentions.filter((account) => !text.toLowerCase().includes(`<@${account.toLowerCase()}>`));
  return outside.map((account) => html` <span class="at" data-account="${account}">@${server.nameOf(account)}</span>`);
}

function withAt(text: string, at: string): Html[] {
  return text.split(at).map((part, nth) => (nth === 0 ? html`${part}` : html`<span class="at">${at}</span>${part}`));
}

function senderName(from: string, server: WecomServer): string {
  if (from === "bot") return words.from.bot(server.botName);
  return from === "webhook" ? words.from.webhook : server.nameOf(from);
}

function dayText(at: number): string {
  const date = shanghaiDate(at);
  const [, month = "", day = ""] = date.split("-");
  return `${Number(month)}月${Number(day)}日（周${WEEKDAYS.charAt(weekday(date))}）`;
}
