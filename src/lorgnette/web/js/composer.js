// The foot of the page: type, talk, stop. Space talks from anywhere, Escape stops.

import { $, icon } from "./dom.js";
import { onLanguage, t } from "./i18n.js";

const HOLD_MS = 300; // longer than this on the round button is hold to talk, shorter is a switch

function typing(element) {
  return element?.matches?.(
    "input:not([type=range], [type=checkbox], [type=radio]), textarea, [contenteditable]",
  );
}

/** Buttons and their like take the space bar for themselves. */
function takesSpace(element) {
  return element?.matches?.("button, summary, a, select, input, [role=application], [role=slider]");
}

export function composer(glasses) {
  const say = $("#say");
  const send = $("#send");
  const stop = $("#stop");
  const mic = $("#mic");
  send.append(icon("send"));
  stop.append(icon("stop"));
  mic.append(icon("mic"));

  const show = () => {
    send.hidden = !say.value.trim();
    stop.hidden = !glasses.busy && glasses.state !== "asking";
    mic.setAttribute("aria-pressed", String(glasses.listening));
    mic.toggleAttribute("data-asking", glasses.state === "asking" && glasses.listening);
    const label = glasses.openMic
      ? glasses.listening
        ? "mic.on"
        : "mic.off"
      : glasses.listening
        ? "mic.listening"
        : "mic.talk";
    mic.setAttribute("aria-label", t(label));
    mic.title = t(label);
  };

  $("#composer").addEventListener("submit", (event) => {
    event.preventDefault();
    glasses.type(say.value);
    say.value = "";
    show();
  });
  say.addEventListener("input", show);
  stop.addEventListener("click", () => glasses.stop());

  let pressed = 0;
  mic.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    mic.setPointerCapture(event.pointerId);
    pressed = performance.now();
    if (!glasses.openMic && !glasses.listening) {
      glasses.hold();
      pressed = -pressed; // this press opened it
    }
  });
  mic.addEventListener("pointerup", () => {
    const opened = pressed < 0;
    const long = performance.now() - Math.abs(pressed) > HOLD_MS;
    pressed = 0;
    if (opened && long) glasses.release();
    else if (opened)
      glasses.ears.held = false; // a tap: open until it was heard to the end
    else glasses.toggle();
  });
  mic.addEventListener("pointercancel", () => {
    if (pressed < 0) glasses.release();
    pressed = 0;
  });
  mic.addEventListener("contextmenu", (event) => event.preventDefault());
  mic.addEventListener("click", (event) => event.detail === 0 && glasses.toggle()); // from a key

  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") glasses.stop();
    if (event.key !== " " || event.repeat || typing(event.target) || takesSpace(event.target)) {
      if (event.key === " " && glasses.ears.held) event.preventDefault();
      return;
    }
    event.preventDefault();
    if (glasses.openMic) glasses.toggle();
    else glasses.hold();
  });
  document.addEventListener("keyup", (event) => {
    if (event.key === " " && glasses.ears.held) glasses.release();
  });
  window.addEventListener("blur", () => glasses.release());

  onLanguage(show);
  show();
  return { show, level: (value) => mic.style.setProperty("--level", Math.min(1, value * 5).toFixed(2)) };
}
