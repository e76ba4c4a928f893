/**
 * The page's behaviour: who one is, what is said, what arrives. Messages come from the server as finished HTML, so
 * that they are escaped in one place only; everything that is put together here is put together as text.
 */
const state = JSON.parse(document.getElementById("state").textContent);
const { bot, words } = state;
const columns = new Map([...document.querySelectorAll(".group")].map((column) => [column.dataset.chat, column]));
const tabs = new Map([...document.querySelectorAll(".tabs button")].map((tab) => [tab.dataset.chat, tab]));
const troubleLine = document.getElementById("trouble");

/* ---- what this browser remembers: who one is, and which mentions one has seen ---- */

const memory = {
  get: (key) => {
    try {
      return localStorage.getItem(`sandbox ${key}`);
    } catch {
      return null; // storage is forbidden here: the page works without a memory
    }
  },
  set: (key, value) => {
    try {
      localStorage.setItem(`sandbox ${key}`, value);
    } catch {
      // as above
    }
  },
};

const me = (column) => column.querySelector(".me select").value;
const messagesOf = (column) => [...column.querySelectorAll(".message")];
const mentionsOf = (message) => message.dataset.mentions.split(" ").filter(Boolean);
const seenKey = (column) => `seen ${column.dataset.chat} ${me(column)}`;
const nameOf = (account) =>
  document.querySelector(`.me option[value="${CSS.escape(account)}"]`)?.textContent.replace(/（.*/, "") ?? account;
const firstLine = (message) => {
  const text = message.querySelector(".text")?.textContent ?? message.querySelector("img")?.alt ?? "";
  return text.trim().split("\n")[0];
};

/* ---- what each column shows of its messages to whom one is ---- */

function refresh(column) {
  const who = me(column);
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
    if (mentioned && message.dataset.id > seen) unseen += 1;
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
  badge.hidden = unseen === 0;
  badge.querySelector("b").textContent = unseen;
  tabs.get(column.dataset.chat).classList.toggle("ringing", unseen > 0);
  showPhones(column);
}

function showPhones(column) {
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
  const summary = [...rang].map(([account, times]) => `${nameOf(account)} ${times} 次`).join(words.mentionTo);
  column.querySelector(".rang").textContent = summary;
}

function lookAt(message) {
  message.scrollIntoView({ block: "center" });
  message.classList.remove("looked-at");
  requestAnimationFrame(() => message.classList.add("looked-at"));
}

function scrollDown(column) {
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

/* ---- what arrives ---- */

function show({ chat, html }) {
  const column = columns.get(chat);
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const message = holder.content.firstElementChild;
  if (column === undefined || document.getElementById(message.id) !== null) return;
  const list = column.querySelector(".messages");
  list.append(message);
  refresh(column);
  if (message.dataset.from === me(column)) scrollDown(column);
  else followers.get(chat)();
  if (!column.classList.contains("chosen")) tabs.get(chat).classList.add("news");
  state.lastId = message.dataset.id;
}

function listen() {
  const events = new EventSource(`/sandbox/events?after=${encodeURIComponent(state.lastId)}`);
  events.addEventListener("open", () => tell(""));
  events.addEventListener("message", (event) => show(JSON.parse(event.data)));
  events.addEventListener("time", (event) => setTime(Number(event.data)));
  events.addEventListener("error", () => {
    tell(words.broken);
    // The browser reconnects by itself after a cut, but gives up for good after an error page of a restarting server.
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
  });
}

function tell(text) {
  troubleLine.textContent = text;
  troubleLine.hidden = text === "";
}

/* ---- the clock ---- */

let deskTime = state.now;
let readAt = performance.now();

function setTime(now) {
  deskTime = now;
  readAt = performance.now();
  showTime();
}

function showTime() {
  // Shanghai keeps +08:00 all year.
  const at = new Date(deskTime + performance.now() - readAt + 8 * 3600_000);
  const two = (number) => String(number).padStart(2, "0");
  const date = `${at.getUTCFullYear()}年${at.getUTCMonth() + 1}月${at.getUTCDate()}日（周${"日一二三四五六"[at.getUTCDay()]}）`;
  document.getElementById("clock").textContent = `${date}${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
}

async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

for (const button of document.querySelectorAll(".advances button")) {
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      setTime((await post("/sandbox/advance", { by: button.dataset.by })).now);
      tell("");
    } catch {
      tell(words.notMoved);
    } finally {
      button.disabled = false;
    }
  });
}

/* ---- speaking ---- */

function setUpColumn(column) {
  const form = column.querySelector(".composer");
  const input = form.querySelector("textarea");
  const atBot = form.querySelector(".at-bot");
  const quoting = form.querySelector(".quoting");
  const hint = form.querySelector(".hint");
  const select = column.querySelector(".me select");
  const suggestions = column.querySelector(".suggestions");
  const { chat } = column.dataset;
  let quoted = null;

  const setQuote = (message) => {
    quoted = message;
    quoting.hidden = message === null;
    if (message === null) return;
    const who = message.querySelector(".name").textContent;
    quoting.querySelector(".words").textContent = `${who}${words.quoteOf}${firstLine(message)}`;
    input.focus();
  };

  const say = async () => {
    const typed = input.value.trim();
    if (typed === "" || me(column) === "") return;
    const at = `@${bot}`;
    const text = atBot.ariaPressed === "true" && !typed.includes(at) ? `${at} ${typed}` : typed;
    const body = { chat, by: me(column), text, quote: quoted?.dataset.id ?? null };
    const before = quoted;
    input.value = "";
    setQuote(null);
    hint.textContent = atBot.ariaPressed === "true" ? "" : words.atOff;
    try {
      const { reason } = await post("/sandbox/say", body);
      if (suggestions !== null) suggestions.open = false;
      if (reason === "no-answer" || reason === "closed") hint.textContent = words.noAnswer;
      else if (reason === "refused") hint.textContent = words.refused;
    } catch {
      hint.textContent = words.notSent;
      if (input.value === "") {
        input.value = typed;
        setQuote(before);
      }
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    say();
  });
  input.addEventListener("keydown", (event) => {
    // While Chinese is being composed, Enter chooses a word; 229 is how Safari says so.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    say();
  });
  atBot.addEventListener("click", () => {
    atBot.ariaPressed = atBot.ariaPressed === "true" ? "false" : "true";
    hint.textContent = atBot.ariaPressed === "true" ? "" : words.atOff;
    input.focus();
  });
  form.querySelector(".drop-quote").addEventListener("click", () => setQuote(null));
  column.querySelector(".messages").addEventListener("click", (event) => {
    const button = event.target.closest(".quote-it");
    if (button !== null) setQuote(button.closest(".message"));
    const link = event.target.closest("a.quoted");
    if (link !== null) {
      event.preventDefault();
      const original = document.getElementById(link.hash.slice(1));
      if (original !== null) lookAt(original);
    }
  });
  column.querySelector(".mentioned").addEventListener("click", () => {
    const seen = memory.get(seenKey(column)) ?? "";
    const mine = messagesOf(column).filter((message) => message.classList.contains("for-me"));
    const first = mine.find((message) => message.dataset.id > seen);
    memory.set(seenKey(column), mine.at(-1)?.dataset.id ?? seen);
    refresh(column);
    if (first !== undefined) lookAt(first);
  });
  for (const button of column.querySelectorAll(".suggestions button")) {
    button.addEventListener("click", () => {
      input.value = button.textContent;
      input.focus();
    });
  }

  const before = memory.get(`me ${chat}`);
  if ([...select.options].some(({ value }) => value === before)) select.value = before;
  input.disabled = select.value === "";
  select.addEventListener("change", () => {
    memory.set(`me ${chat}`, select.value);
    refresh(column);
  });
  refresh(column);
}

/* ---- one group at a time, on a telephone ---- */

function choose(chat) {
  for (const [id, column] of columns) column.classList.toggle("chosen", id === chat);
  for (const [id, tab] of tabs) tab.ariaPressed = String(id === chat);
  tabs.get(chat).classList.remove("news");
  tabs.get(chat).scrollIntoView({ inline: "nearest", block: "nearest" });
  scrollDown(columns.get(chat));
}

const followers = new Map([...columns].map(([chat, column]) => [chat, keepAtEnd(column)]));
for (const column of columns.values()) setUpColumn(column);
for (const [chat, tab] of tabs) tab.addEventListener("click", () => choose(chat));
const [first] = columns.keys();
if (first !== undefined) choose(first);
for (const column of columns.values()) scrollDown(column);
showTime();
setInterval(showTime, 1000);
listen();
