/** What arrives: messages that are new or changed, and how things stand. */
import { setTime } from "./clock.js";
import { columns, followers, isSeen, me, refresh, scrollDown, tabs } from "./column.js";
import { showStatus } from "./platforms.js";
import { hintFor, state, tell, words } from "./wire.js";

/** What has changed takes the place of what it was; what is new goes to the end. */
function show({ chat, html }) {
  const column = columns.get(chat);
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const message = holder.content.firstElementChild;
  if (column === undefined) return;
  const before = document.getElementById(message.id);
  if (before !== null) {
    const focused = before.contains(document.activeElement);
    before.replaceWith(message);
    refresh(column);
    if (focused) (message.querySelector(".press") ?? column.querySelector(".messages")).focus();
    followers.get(chat)();
    return;
  }
  column.querySelector(".messages").append(message);
  refresh(column);
  if (message.dataset.from === me(column)) scrollDown(column);
  else followers.get(chat)();
  if (!isSeen(column)) tabs.get(chat).classList.add("news");
}

/** Long after somebody has said it: it stands beside the message, since whoever said it may be looking elsewhere. */
function showLost({ message, reason }) {
  const said = document.getElementById(`m-${message}`)?.querySelector(".said");
  if (!said) return;
  const note = document.createElement("p");
  note.className = "note lost";
  note.textContent = hintFor(reason);
  said.append(note);
}

let { place } = state;

export function listen() {
  const events = new EventSource(`/sandbox/events?after=${encodeURIComponent(place)}`);
  events.addEventListener("open", () => tell(""));
  events.addEventListener("message", (event) => {
    place = event.lastEventId;
    show(JSON.parse(event.data));
  });
  events.addEventListener("lost", (event) => showLost(JSON.parse(event.data)));
  events.addEventListener("status", (event) => showStatus(JSON.parse(event.data)));
  events.addEventListener("time", (event) => setTime(Number(event.data)));
  events.addEventListener("error", () => {
    tell(words.broken);
    // The browser reconnects by itself after a cut, but gives up for good after an error page of a restarting server.
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
  });
}
