// Where the wearer looks: a dial to turn, by finger, by keys, or by the device's own compass.

import { h, s } from "./dom.js";
import { number, onLanguage, t, wind } from "./i18n.js";

const STEP = 5;
const TOLD_MS = 150;

/** `changed(degrees)` on every move; the hub is told a few times a second. */
export function heading(root, glasses, changed) {
  let degrees = 0;
  let timer = 0;
  const reading = h("span", { class: "reading" });
  const name = h("span", { class: "name", id: "heading-name" });
  const needle = s("g", null, s("path", { class: "needle", d: "M0-34 7-14Q0-18-7-14Z" }));
  const ticks = Array.from({ length: 24 }, (_, i) =>
    s("line", { class: "tick", y1: -45, y2: i % 6 ? -42 : -39, transform: `rotate(${i * 15})` }),
  );
  const dial = s(
    "svg",
    {
      class: "dial",
      viewBox: "-48 -48 96 96",
      tabindex: 0,
      role: "slider",
      "aria-labelledby": "heading-name",
      "aria-valuemin": 0,
      "aria-valuemax": 359,
    },
    s("circle", { class: "ring", r: 47 }),
    ...ticks,
    needle,
  );

  const show = () => {
    name.textContent = t("heading.label");
    reading.replaceChildren(`${number(degrees)}° `, h("small", { text: wind(degrees) }));
    needle.setAttribute("transform", `rotate(${degrees})`);
    dial.setAttribute("aria-valuenow", degrees);
    dial.setAttribute("aria-valuetext", t("heading.value", { degrees, wind: wind(degrees) }));
  };
  const turnTo = (value) => {
    const next = ((Math.round(value) % 360) + 360) % 360;
    if (next === degrees) return;
    degrees = next;
    show();
    changed(degrees);
    timer ||= setTimeout(() => {
      timer = 0;
      glasses.heading(degrees);
    }, TOLD_MS);
  };
  const toward = (event) => {
    const box = dial.getBoundingClientRect();
    const x = event.clientX - box.left - box.width / 2;
    const y = event.clientY - box.top - box.height / 2;
    turnTo((Math.atan2(x, -y) * 180) / Math.PI);
  };
  dial.addEventListener("pointerdown", (event) => {
    dial.setPointerCapture(event.pointerId);
    toward(event);
  });
  dial.addEventListener("pointermove", (event) => event.buttons && toward(event));
  dial.addEventListener("keydown", (event) => {
    const step = {
      ArrowRight: STEP,
      ArrowUp: STEP,
      ArrowLeft: -STEP,
      ArrowDown: -STEP,
      PageUp: 45,
      PageDown: -45,
    }[event.key];
    if (event.key === "Home") turnTo(0);
    else if (step) turnTo(degrees + step);
    else return;
    event.preventDefault();
  });
  window.addEventListener("deviceorientationabsolute", (event) => {
    if (event.alpha !== null) turnTo(360 - event.alpha);
  });

  root.append(h("div", { class: "top" }, name, reading), dial);
  onLanguage(show);
  show();
  return {
    turnTo,
    get degrees() {
      return degrees;
    },
  };
}
