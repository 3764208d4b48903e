// A button that acts when it was held long enough: by finger, mouse, Space or Enter.

import { h } from "../dom.js";

const HOLD_MS = 1200;

export function hold(words, act) {
  const button = h("button", { type: "button", class: "hold" }, h("span", { text: words }));
  let timer = 0;
  const begin = () => {
    if (timer || button.disabled) return;
    button.dataset.held = "";
    timer = setTimeout(() => {
      end();
      act();
    }, HOLD_MS);
  };
  const end = () => {
    clearTimeout(timer);
    timer = 0;
    delete button.dataset.held;
  };
  button.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    button.setPointerCapture(event.pointerId);
    begin();
  });
  for (const over of ["pointerup", "pointercancel", "blur"]) button.addEventListener(over, end);
  button.addEventListener("contextmenu", (event) => event.preventDefault());
  button.addEventListener("keydown", (event) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    if (!event.repeat) begin();
  });
  button.addEventListener("keyup", end);
  return button;
}
