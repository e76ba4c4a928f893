/** The page of the demo: a bar with the clock, the platforms' switches, and the chats side by side. */
import { words } from "../words.ts";
import type { PageChat, PagePerson } from "./chat.ts";
import { type Html, html, jsonHtml } from "./html.ts";
import { messageView } from "./message-view.ts";
import type { Stage } from "./stage.ts";
import type { Status } from "./status.ts";
import { troubleView } from "./trouble-view.ts";

export interface PageLink {
  readonly label: string;
  readonly href: string;
}

export interface PageParts {
  readonly stages: readonly Stage[];
  readonly station: { readonly name: string };
  readonly chats: readonly PageChat[];
  readonly people: readonly PagePerson[];
  /** Requests to try, offered in the service groups. */
  readonly suggestions: readonly string[];
  readonly menu?: readonly PageLink[];
}

export interface PageMoment {
  /** Desk clock, ms. */
  readonly now: number;
  /** Up to which happening the page is complete. */
  readonly place: string;
  readonly status: Status;
}

/** Further back nobody scrolls. */
const MESSAGES_MAX = 500;

export const ADVANCES = [
  ["tenMinutes", words.clock.tenMinutes],
  ["oneHour", words.clock.oneHour],
  ["morning", words.clock.morning],
  ["oneDay", words.clock.oneDay],
] as const;

export function documentView(parts: PageParts, moment: PageMoment): string {
  const { stages, station, chats, menu = [] } = parts;
  const state = { ...moment, words: { ...words.script, situations: words.situations, platform: words.platform } };
  const groups = chats.filter(({ kind }) => kind !== "single");
  const singles = chats.filter(({ kind }) => kind === "single");
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title(station.name)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/sandbox/sandbox.css">
</head>
<body>
<a class="skip" href="#groups">${words.skip}</a>
<header class="top">
  <div class="titles"><h1>${station.name}</h1><span class="heading">${words.heading}</span></div>
  ${menu.length === 0 ? null : html`<nav class="links" aria-label="${words.pages}">${menu.map(linkView)}</nav>`}
  <div class="clock" role="group" aria-label="${words.clock.group}" title="${words.clock.hint}">
    <span class="label">${words.clock.label}</span><time id="clock"></time>
    <span class="advances">${ADVANCES.map(([by, label]) => html`<button type="button" data-by="${by}">${label}</button>`)}</span>
  </div>
  <p class="trouble" role="status" id="trouble" hidden></p>
</header>
<p class="lead">${words.lead}</p>
${troubleView(stages, moment.status)}
<nav class="tabs" aria-label="${words.groups}">
  <span class="tabs-of">${groups.map((chat) => tabView(parts, chat))}</span>
  <span class="tabs-of singles"><span class="label">${words.singles}</span>${singles.map((chat) => tabView(parts, chat))}
    <select class="more" aria-label="${words.moreSingles}"><option value="">${words.moreSingles}</option>${singles.map(moreView)}</select></span>
</nav>
<main class="groups" id="groups">${chats.map((chat) => chatView(parts, chat))}</main>
<script type="application/json" id="state">${jsonHtml(state)}</script>
<script type="module" src="/sandbox/sandbox.js"></script>
</body>
</html>`.text;
}

function linkView({ label, href }: PageLink): Html {
  return html`<a href="${href}">${label}</a>`;
}

/** Whoever is spoken to one-to-one is known by name; a group by its own. */
function tabView({ chats }: PageParts, { chat, name, kind, stage, listed }: PageChat): Html {
  const isQuiet = kind === "single" && !listed && stage.sent(chat).length === 0;
  // The same person may be known on both platforms: then the tab says which one it is.
  const isTwice = chats.some((other) => other.chat !== chat && other.name === name);
  return html`<button type="button" class="tab ${kind} ${isQuiet ? "quiet" : ""}" data-chat="${chat}" aria-pressed="false">${name}${
    isTwice ? html`<small>${words.platform[stage.platform]}</small>` : null
  }<b class="count" hidden></b></button>`;
}

function moreView({ chat, name, stage }: PageChat): Html {
  return html`<option value="${chat}">${words.single(name, words.platform[stage.platform])}</option>`;
}

function chatView(parts: PageParts, page: PageChat): Html {
  const { chat, name, kind, stage } = page;
  const messages = stage.sent(chat).slice(-MESSAGES_MAX);
  const title = kind === "single" ? words.single(name, words.platform[stage.platform]) : name;
  const isGroup = kind !== "single";
  return html`<section class="group ${kind}" data-chat="${chat}" data-robot="${stage.robot}" aria-label="${title}">
    <header>
      <div class="line"><h2>${name}</h2></div>
      <div class="line marks"><span class="platform ${stage.platform}">${words.platform[stage.platform]}</span><span class="kind">${words.kind[kind]}</span>
        <button type="button" class="mentioned" hidden>${words.mentioned} <b></b></button></div>
      <label class="me">${words.iAm} ${personSelect(parts, page)}</label>
      ${isGroup ? html`<details class="phones"><summary>${words.phones} <span class="rang">${words.phonesNone}</span></summary><ol></ol></details>` : null}
    </header>
    <div class="messages" role="log" aria-label="${words.messages(title)}" tabindex="0">
      <p class="empty">${isGroup ? words.empty : words.emptySingle}</p>
      ${messages.map((message) => messageView(message, stage))}
    </div>
    ${kind === "service" ? suggestionsView(parts.suggestions, messages.length === 0) : null}
    ${composerView(stage.robot, title, isGroup)}
  </section>`;
}

function personSelect({ people }: PageParts, { chat }: PageChat): Html {
  const here = people.filter(({ chats }) => chats.includes(chat));
  if (here.length === 0) return html`<select disabled><option value="">${words.nobody}</option></select>`;
  const options = here.map(
    ({ account, name, role }) => html`<option value="${account}">${words.person(name, role)}</option>`,
  );
  return here.length === 1 ? html`<select disabled>${options}</select>` : html`<select>${options}</select>`;
}

function suggestionsView(suggestions: readonly string[], open: boolean): Html | null {
  if (suggestions.length === 0) return null;
  const items = suggestions.map((text) => html`<li><button type="button">${text}</button></li>`);
  const summary = html`<summary title="${words.suggestionsHint}">${words.suggestions}</summary>`;
  return open
    ? html`<details class="suggestions" open>${summary}<ul>${items}</ul></details>`
    : html`<details class="suggestions">${summary}<ul>${items}</ul></details>`;
}

/** One-to-one nobody has to be called. */
function composerView(robot: string, title: string, isGroup: boolean): Html {
  const atBot = html`<button type="button" class="at-bot" aria-pressed="true" title="${words.atTitle(robot)}">${words.at(robot)}</button>`;
  return html`<form class="composer">
    <p class="quoting" hidden><span class="words"></span>
      <button type="button" class="drop-quote">${words.dropQuote}</button></p>
    <div class="row">
      <textarea rows="2" maxlength="1000" aria-label="${words.say(title)}" placeholder="${isGroup ? words.placeholder : words.placeholderSingle}"></textarea>
      ${isGroup ? atBot : null}
      <button type="submit" class="send">${words.send}</button>
    </div>
    <p class="hint" role="status"></p>
  </form>`;
}
