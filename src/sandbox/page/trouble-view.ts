/** The platforms' switches, the banner of each that is in trouble, and how many lines are on their way. */
import { words } from "../words.ts";
import { type Html, html } from "./html.ts";
import { SITUATIONS, type Stage } from "./stage.ts";
import type { Status } from "./status.ts";

/** Everything is there from the start, so that the script shows and hides, and makes no sentence of its own. */
export function troubleView(stages: readonly Stage[], { waiting, failed, saying }: Status): Html {
  return html`<section class="platforms" aria-label="${words.trouble.title}">
  <div class="switches"><span class="label">${words.trouble.title}</span>
    <button type="button" class="fold" aria-expanded="false">${words.trouble.title}</button>${stages.map(switchView)}
    <details class="lanes"><summary title="${words.trouble.countsHint}">
      <span>${words.trouble.waiting} <b id="waiting">${waiting}</b></span>
      <span>${words.trouble.failed} <b id="failed">${failed}</b></span>
      <span>${words.trouble.saying} <b id="saying">${saying}</b></span>
    </summary><ol id="lines"></ol></details></div>
  ${stages.map(bannerView)}
</section>`;
}

function switchView(stage: Stage): Html {
  const { platform } = stage;
  const now = stage.situation();
  const options = SITUATIONS.map((each) => {
    const { label } = words.situations[platform][each];
    return each === now
      ? html`<option value="${each}" selected>${label}</option>`
      : html`<option value="${each}">${label}</option>`;
  });
  return html`<label class="switch">${words.platform[platform]}
    <select data-platform="${platform}">${options}</select></label>`;
}

function bannerView(stage: Stage): Html {
  const { platform } = stage;
  return html`<div class="banner" role="alert" data-platform="${platform}" hidden>
    <p><strong>${words.trouble.imitating(words.platform[platform])}<span class="what"></span></strong> <span class="does"></span></p>
    <button type="button" class="back">${words.trouble.back}</button>
  </div>`;
}
