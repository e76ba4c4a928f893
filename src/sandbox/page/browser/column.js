/** The chats on the page, and what each shows of its messages to whom one is. Messages come as finished HTML. */
import { memory } from "./memory.js";
import { words } from "./wire.js";

export const columns = new Map([...document.querySelectorAll(".group")].map((column) => [column.dataset.chat, column]));
export const tabs = new Map([...document.querySelectorAll(".tab")].map((tab) => [tab.dataset.chat, tab]));

export const me = (column) => column.querySelector(".me select").value;
export const isSingle = (column) => column.classList.contains("single");
export const isSeen = (column) => column.checkVisibility();
const isRobot = (message) => ["bot", "webhook", "app"].includes(message.dataset.from);
export const messagesOf = (column) => [...column.querySelectorAll(".message")];
const mentionsOf = (message) => message.dataset.mentions.split(" ").filter(Boolean);
export const seenKey = (column) => `seen ${column.dataset.chat} ${me(column)}`;
const nameOf = (account) =>
  document.querySelector(`.me option[value="${CSS.escape(account)}"]`)?.textContent.replace(/（.*/, "") ?? account;
export const firstLine = (message) => {
  const text = message.querySelector(".text")?.textContent ?? message.querySelector("img")?.alt ?? "";
  return text.trim().split("\n")[0];
};

export function refresh(column) {
  const who = me(column);
  const single = isSingle(column);
  // One-to-one whatever arrives is meant for whoever reads it, and read once it is on the screen.
  if (single && isSeen(column)) memory.set(seenKey(column), messagesOf(column).at(-1)?.dataset.id ?? "");
  const seen = memory.get(seenKey(column)) ?? "";
  let day = "";
  let unseen = 0;
  for (const old of column.querySelectorAll(".day")) old.remove();
  for (const message of messagesOf(column)) {
    const mine = message.dataset.from === who;
    const mentioned = mentionsOf(message).includes(who);
    message.classList.toggle("mine", mine);
    message.classList.toggle("for-me", mentioned);
    for (const at of message.querySelectorAll(".at")) at.classList.toggle("is-me", at.dataset.account === who);
    if ((mentioned || (single && isRobot(message))) && message.dataset.id > seen) unseen += 1;
    if (message.dataset.day !== day) {
      day = message.dataset.day;
      const divider = document.createElement("p");
      divider.className = "day";
      divider.textContent = day;
      message.before(divider);
    }
  }
  column.querySelector(".empty").hidden = day !== "";
  const badge = column.querySelector(".mentioned");
  badge.hidden = unseen === 0 || single;
  badge.querySelector("b").textContent = unseen;
  const tab = tabs.get(column.dataset.chat);
  const count = tab.querySelector(".count");
  count.hidden = unseen === 0;
  count.textContent = unseen;
  if (single && day !== "") tab.classList.remove("quiet");
  showPhones(column);
}

function showPhones(column) {
  if (isSingle(column)) return;
  const rang = new Map();
  const list = column.querySelector(".phones ol");
  list.replaceChildren();
  for (const message of messagesOf(column)) {
    for (const account of mentionsOf(message)) {
      rang.set(account, (rang.get(account) ?? 0) + 1);
      const item = document.createElement("li");
      const line = document.createElement("button");
      line.type = "button";
      line.textContent = `${message.querySelector("time").textContent} ${nameOf(account)}：${firstLine(message)}`;
      line.addEventListener("click", () => lookAt(message));
      item.append(line);
      list.prepend(item);
    }
  }
  if (rang.size === 0) return;
  const summary = [...rang]
    .map(([account, times]) => `${nameOf(account)} ${times}${words.times}`)
    .join(words.mentionTo);
  column.querySelector(".rang").textContent = summary;
}

export function lookAt(message) {
  message.scrollIntoView({ block: "center" });
  message.classList.remove("looked-at");
  requestAnimationFrame(() => message.classList.add("looked-at"));
}

export function scrollDown(column) {
  const list = column.querySelector(".messages");
  list.scrollTop = list.scrollHeight;
}

/** Whoever reads the newest message goes on reading it when a quote, a picture or the keyboard takes room. */
function keepAtEnd(column) {
  const list = column.querySelector(".messages");
  let atEnd = true;
  list.addEventListener("scroll", () => {
    atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  });
  const follow = () => {
    if (atEnd) scrollDown(column);
  };
  new ResizeObserver(follow).observe(list);
  list.addEventListener("load", follow, true);
  return follow;
}

/** By chat: goes to the end where one was at the end. */
export const followers = new Map([...columns].map(([chat, column]) => [chat, keepAtEnd(column)]));
