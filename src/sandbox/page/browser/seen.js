/** Which chats are seen: several side by side, or one at a time on a telephone. */
import { columns, isSingle, refresh, scrollDown, tabs } from "./column.js";
import { memory } from "./memory.js";

const narrow = matchMedia("(max-width: 900px)");
const [first] = columns.keys();
let chosen = first;
const closed = new Set([...columns.keys()].filter((chat) => isSingle(columns.get(chat))));

function showChosen() {
  for (const [chat, column] of columns) {
    const on = narrow.matches ? chat === chosen : !closed.has(chat);
    column.classList.toggle("seen", on);
    const tab = tabs.get(chat);
    tab.ariaPressed = String(on);
    if (on) tab.classList.remove("news");
    refresh(column);
  }
}

function choose(chat, open = narrow.matches || closed.has(chat)) {
  const tab = tabs.get(chat);
  tab.classList.remove("quiet");
  chosen = chat;
  if (!narrow.matches) {
    if (open) closed.delete(chat);
    // The last one stays.
    else if (closed.size < columns.size - 1) closed.add(chat);
    memory.set("closed", JSON.stringify([...closed]));
  }
  showChosen();
  if (!open) return;
  tab.scrollIntoView({ inline: "nearest", block: "nearest" });
  columns.get(chat).scrollIntoView({ inline: "nearest", block: "nearest" });
  scrollDown(columns.get(chat));
}

function rememberClosed() {
  let kept = [];
  try {
    kept = JSON.parse(memory.get("closed") ?? "null") ?? [...closed];
  } catch {
    return; // written by something else
  }
  if ([...columns.keys()].every((chat) => kept.includes(chat))) return;
  closed.clear();
  for (const chat of kept) if (columns.has(chat)) closed.add(chat);
}

export function setUpTabs() {
  rememberClosed();
  for (const [chat, tab] of tabs) tab.addEventListener("click", () => choose(chat));
  document.querySelector(".more").addEventListener("change", ({ target }) => {
    if (target.value !== "") choose(target.value, true);
    target.value = "";
  });
  narrow.addEventListener("change", showChosen);
  showChosen();
}
