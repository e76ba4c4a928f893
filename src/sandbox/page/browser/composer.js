/** Speaking in a chat: as whom, quoting what, calling the robot or not; and pressing what a card offers. */
import { firstLine, lookAt, me, messagesOf, refresh, seenKey } from "./column.js";
import { memory } from "./memory.js";
import { hintFor, post, words } from "./wire.js";

export function setUpColumn(column) {
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
