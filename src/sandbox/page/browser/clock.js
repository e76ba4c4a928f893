/** The desk's clock, which may be moved forward. */
import { post, state, tell, words } from "./wire.js";

let deskTime = state.now;
let readAt = performance.now();

export function setTime(now) {
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

showTime();
setInterval(showTime, 1000);
