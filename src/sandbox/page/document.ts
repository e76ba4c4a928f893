/** The page of the demo: a bar with the clock, and the groups side by side. */
import type { WecomServer } from "../wecom-server.ts";
import { words } from "../words.ts";
import { type Html, html, jsonHtml } from "./html.ts";
import { messageView } from "./message-view.ts";

export interface PageGroup {
  readonly chat: string;
  readonly name: string;
  readonly kind: "service" | "helpers" | "leaders";
}

export interface PagePerson {
  readonly account: string;
  readonly name: string;
  /** What stands in brackets behind the name: 恒通汽配 文员, 帮办员. */
  readonly role: string;
  readonly groups: readonly string[];
}

export interface PageLink {
  readonly label: string;
  readonly href: string;
}

export interface PageParts {
  readonly server: WecomServer;
  readonly station: { readonly name: string };
  readonly groups: readonly PageGroup[];
  readonly people: readonly PagePerson[];
  /** Requests to try, offered in the service groups. */
  readonly suggestions: readonly string[];
  readonly menu?: readonly PageLink[];
}

/** Further back nobody scrolls. */
const MESSAGES_MAX = 500;

export const ADVANCES = [
  ["tenMinutes", words.clock.tenMinutes],
  ["oneHour", words.clock.oneHour],
  ["morning", words.clock.morning],
  ["oneDay", words.clock.oneDay],
] as const;

export function documentView(parts: PageParts, now: number, lastId: string): string {
  const { server, station, groups, menu = [] } = parts;
  const state = { bot: server.botName, now, lastId, words: words.script };
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
<nav class="tabs" aria-label="${words.groups}">${groups.map(tabView)}</nav>
<main class="groups" id="groups">${groups.map((group) => groupView(parts, group))}</main>
<script type="application/json" id="state">${jsonHtml(state)}</script>
<script type="module" src="/sandbox/sandbox.js"></script>
</body>
</html>`.text;
}

function linkView({ label, href }: PageLink): Html {
  return html`<a href="${href}">${label}</a>`;
}

function tabView({ chat, name }: PageGroup, nth: number): Html {
  return html`<button type="button" data-chat="${chat}" aria-pressed="${nth === 0 ? "true" : "false"}">${name}</button>`;
}

function groupView(parts: PageParts, group: PageGroup): Html {
  const { chat, name, kind } = group;
  const messages = parts.server.sent(chat).slice(-MESSAGES_MAX);
  return html`<section class="group ${kind}" data-chat="${chat}" aria-label="${name}">
    <header>
      <div class="line"><h2>${name}</h2><span class="kind">${words.kind[kind]}</span>
        <button type="button" class="mentioned" hidden>${words.mentioned} <b></b></button></div>
      <label class="me">${words.iAm} ${personSelect(parts, group)}</label>
      <details class="phones"><summary>${words.phones} <span class="rang">${words.phonesNone}</span></summary><ol></ol></details>
    </header>
    <div class="messages" role="log" aria-label="${words.messages(name)}" tabindex="0">
      <p class="empty">${words.empty}</p>
      ${messages.map((message) => messageView(message, parts.server))}
    </div>
    ${kind === "service" ? suggestionsView(parts.suggestions, messages.length === 0) : null}
    ${composerView(parts.server.botName, group)}
  </section>`;
}

function personSelect({ people }: PageParts, { chat }: PageGroup): Html {
  const here = people.filter(({ groups }) => groups.includes(chat));
  if (here.length === 0) return html`<select disabled><option value="">${words.nobody}</option></select>`;
  const options = here.map(
    ({ account, name, role }) => html`<option value="${account}">${words.person(name, role)}</option>`,
  );
  return html`<select>${options}</select>`;
}

function suggestionsView(suggestions: readonly string[], open: boolean): Html | null {
  if (suggestions.length === 0) return null;
  const items = suggestions.map((text) => html`<li><button type="button">${text}</button></li>`);
  const summary = html`<summary title="${words.suggestionsHint}">${words.suggestions}</summary>`;
  return open
    ? html`<details class="suggestions" open>${summary}<ul>${items}</ul></details>`
    : html`<details class="suggestions">${summary}<ul>${items}</ul></details>`;
}

function composerView(bot: string, { name }: PageGroup): Html {
  return html`<form class="composer">
    <p class="quoting" hidden><span class="words"></span>
      <button type="button" class="drop-quote">${words.dropQuote}</button></p>
    <div class="row">
      <button type="button" class="at-bot" aria-pressed="true" title="${words.atTitle(bot)}">${words.at(bot)}</button>
      <textarea rows="2" maxlength="1000" aria-label="${words.say(name)}" placeholder="${words.placeholder}"></textarea>
      <button type="submit" class="send">${words.send}</button>
    </div>
    <p class="hint" role="status"></p>
  </form>`;
}
