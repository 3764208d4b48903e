// The touch strip along the temple, for fingers and for keys.

import { $ } from "./dom.js";
import { Gestures } from "./gestures.js";
import { t } from "./i18n.js";

const KEYS = {
  ArrowRight: "swipe_forward",
  ArrowLeft: "swipe_back",
  ArrowUp: "swipe_up",
  ArrowDown: "swipe_down",
};
const NUDGE = { swipe_forward: "30%", swipe_back: "-30%" };
const TOLD_MS = 1200;
const HOLD_MS = 350;

/** Wires `element` to the glasses: tap, double tap, hold to talk, four swipes. */
export function temple(element, glasses) {
  const hint = $(".hint", element);
  let timer = 0;

  const tell = (gesture) => {
    hint.textContent = t(`gesture.${gesture}`);
    clearTimeout(timer);
    if (gesture === "hold") return;
    timer = setTimeout(() => (hint.textContent = t("temple.hint")), TOLD_MS);
  };

  const gestures = new Gestures(
    (gesture) => {
      if (gesture === "hold") {
        element.toggleAttribute("data-holding", true);
        glasses.hold();
        tell(glasses.openMic ? "long_press" : "hold");
      } else if (gesture === "release") {
        element.toggleAttribute("data-holding", false);
        glasses.release();
        hint.textContent = t("temple.hint");
      } else {
        if (gesture === "tap") glasses.tap();
        else glasses.touch(gesture);
        element.style.setProperty("--nudge", NUDGE[gesture] ?? "0");
        tell(gesture);
      }
    },
    { eager: () => glasses.busy || glasses.state === "asking" },
  );

  element.addEventListener("pointerdown", (event) => {
    element.setPointerCapture(event.pointerId);
    element.toggleAttribute("data-pressed", true);
    gestures.down(event.clientX, event.clientY);
  });
  element.addEventListener("pointermove", (event) => gestures.move(event.clientX, event.clientY));
  element.addEventListener("pointerup", (event) => {
    element.toggleAttribute("data-pressed", false);
    gestures.up(event.clientX, event.clientY, performance.now());
  });
  element.addEventListener("pointercancel", () => {
    element.toggleAttribute("data-pressed", false);
    gestures.cancel();
  });
  element.addEventListener("contextmenu", (event) => event.preventDefault());
  // a remote has one key for all: short is a tap, long is hold to talk
  let held = 0;
  const letGo = () => {
    clearTimeout(held);
    if (element.hasAttribute("data-holding")) {
      element.toggleAttribute("data-holding", false);
      glasses.release();
      hint.textContent = t("temple.hint");
    } else if (held) gestures.tap(performance.now());
    held = 0;
  };
  element.addEventListener("keyup", (event) => event.key === "Enter" && letGo());
  element.addEventListener("blur", () => {
    clearTimeout(held);
    held = 0;
    if (element.hasAttribute("data-holding")) letGo();
  });
  element.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      if (!event.repeat) {
        held = setTimeout(() => {
          element.toggleAttribute("data-holding", true);
          glasses.hold();
          tell(glasses.openMic ? "long_press" : "hold");
        }, HOLD_MS);
      }
    } else if (event.key in KEYS) {
      glasses.touch(KEYS[event.key]);
      tell(KEYS[event.key]);
    } else return;
    event.preventDefault();
  });
}
