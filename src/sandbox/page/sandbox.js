/**
 * The page's behaviour: who one is, what is said and pressed, what arrives, which chats are seen, and how the platforms
 * fare. Messages come from the server as finished HTML, so
 * that they are escaped in one place only; everything that is put together here is put together as text.
 */
const state = JSON.parse(document.getElementById("state").textContent);
const { words } = state;
const columns = new Map([...document.querySelectorAll(".group")].map((column) => [column.dataset.chat, column]));
const tabs = new Map([...document.querySelectorAll(".tab")].map((tab) => [tab.dataset.chat, tab]));
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
const isSingle = (column) => column.classList.contains("single");
const isSeen = (column) => column.checkVisibility();
const isRobot = (message) => ["bot", "webhook", "app"].includes(message.dataset.from);
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

function hintFor(reason) {
  switch (reason) {
    case "no-answer":
    case "no-connection":
    case "closed":
      return words.noAnswer;
    case "refused":
      return words.refused;
    case "robot-removed":
      return words.robotRemoved;
    case "under-way":
      return words.underWay;
    default:
      return "";
  }
}

let { place } = state;

function listen() {
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

/* ---- how the platforms fare ---- */

const lanes = document.querySelector(".lanes");

async function showLines() {
  const response = await fetch("/sandbox/lines");
  if (!response.ok) return;
  const { lines } = await response.json();
  const items = lines.map(({ state: how, text, attempts, reason }) => {
    const item = document.createElement("li");
    const fate = document.createElement("small");
    const tried = attempts === 0 ? "" : `${words.lineTried}${attempts}${words.times}`;
    fate.textContent = `${words.lineState[how]}${tried}${reason === null ? "" : `${words.lineReason}${reason}`}`;
    item.append(text.split("\n")[0], fate);
    return item;
  });
  if (items.length === 0) {
    const none = document.createElement("li");
    none.textContent = words.noLines;
    items.push(none);
  }
  document.getElementById("lines").replaceChildren(...items);
}

lanes.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  lanes.open = false;
  lanes.querySelector("summary").focus();
});
lanes.addEventListener("toggle", () => {
  if (lanes.open) showLines();
});

function showStatus({ waiting, failed, saying, situations }) {
  if (lanes.open) showLines();
  for (const [id, count] of Object.entries({ waiting, failed, saying })) {
    const place = document.getElementById(id);
    place.textContent = count;
    place.parentElement.classList.toggle("some", count > 0);
  }
  if (saying === 0) {
    for (const hint of document.querySelectorAll(".hint")) {
      if (hint.textContent === words.underWay) hint.textContent = "";
    }
  }
  for (const [platform, situation] of Object.entries(situations)) {
    const { label, does } = words.situations[platform][situation];
    const banner = document.querySelector(`.banner[data-platform="${platform}"]`);
    if (banner.dataset.situation !== situation) {
      banner.dataset.situation = situation;
      banner.querySelector(".what").textContent = label;
      banner.querySelector(".does").textContent = does;
      banner.hidden = situation === "normal";
    }
    document.querySelector(`.switch select[data-platform="${platform}"]`).value = situation;
  }
}

async function imitate(platform, situation) {
  try {
    showStatus(await post("/sandbox/trouble", { platform, situation }));
    tell("");
  } catch {
    tell(words.notSwitched);
  }
}

const fold = document.querySelector(".fold");
fold.addEventListener("click", () => {
  fold.ariaExpanded = String(document.querySelector(".platforms").classList.toggle("unfolded"));
});
for (const select of document.querySelectorAll(".switch select")) {
  select.addEventListener("change", () => imitate(select.dataset.platform, select.value));
}
for (const banner of document.querySelectorAll(".banner")) {
  banner.querySelector(".back").addEventListener("click", () => {
    // The button is about to go: whoever works by keyboard is put where it can be switched on again.
    const select = document.querySelector(`.switch select[data-platform="${banner.dataset.platform}"]`);
    (select.checkVisibility() ? select : fold).focus();
    imitate(banner.dataset.platform, "normal");
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
  const { chat, robot } = column.dataset;
  let quoted = null;
  const isCalled = () => atBot === null || atBot.ariaPressed === "true";

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
    const at = `@${robot}`;
    const text = atBot !== null && isCalled() && !typed.includes(at) ? `${at} ${typed}` : typed;
    const body = { chat, by: me(column), text, quote: quoted?.dataset.id ?? null };
    const before = quoted;
    input.value = "";
    setQuote(null);
    hint.textContent = isCalled() ? "" : words.atOff;
    try {
      const { reason } = await post("/sandbox/say", body);
      if (suggestions !== null) suggestions.open = false;
      hint.textContent = hintFor(reason) || hint.textContent;
    } catch {
      hint.textContent = words.notSent;
      if (input.value === "") {
        input.value = typed;
        setQuote(before);
      }
    }
  };

  const pressCard = async (button) => {
    const message = button.closest(".message").dataset.id;
    hint.textContent = "";
    button.disabled = true;
    try {
      hint.textContent = hintFor((await post("/sandbox/press", { chat, message, key: button.dataset.key })).reason);
    } catch {
      hint.textContent = words.notPressed;
    } finally {
      button.disabled = false;
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
  atBot?.addEventListener("click", () => {
    atBot.ariaPressed = String(!isCalled());
    hint.textContent = isCalled() ? "" : words.atOff;
    input.focus();
  });
  form.querySelector(".drop-quote").addEventListener("click", () => setQuote(null));
  column.querySelector(".messages").addEventListener("click", (event) => {
    const button = event.target.closest(".quote-it");
    if (button !== null) setQuote(button.closest(".message"));
    const press = event.target.closest(".press");
    if (press !== null) pressCard(press);
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

/* ---- which chats are seen: several side by side, or one at a time on a telephone ---- */

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
  if (open) closed.delete(chat);
  // The last one stays.
  else if (closed.size < columns.size - 1) closed.add(chat);
  memory.set("closed", JSON.stringify([...closed]));
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

const followers = new Map([...columns].map(([chat, column]) => [chat, keepAtEnd(column)]));
rememberClosed();
for (const column of columns.values()) setUpColumn(column);
for (const [chat, tab] of tabs) tab.addEventListener("click", () => choose(chat));
document.querySelector(".more").addEventListener("change", ({ target }) => {
  if (target.value !== "") choose(target.value, true);
  target.value = "";
});
narrow.addEventListener("change", showChosen);
showChosen();
for (const column of columns.values()) scrollDown(column);
showStatus(state.status);
showTime();
setInterval(showTime, 1000);
listen();
