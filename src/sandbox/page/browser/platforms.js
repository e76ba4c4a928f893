/** How the platforms fare: their switches, their banners, and the lines that are on their way. */
import { post, tell, words } from "./wire.js";

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

export function showStatus({ waiting, failed, saying, situations }) {
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
