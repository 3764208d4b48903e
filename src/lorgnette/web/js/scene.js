// One scene as an element: on the HUD or, larger, as a card. It redraws only what time changes.

import { h, s } from "./dom.js";
import { partsOf, runs, within } from "./parts.js";
import { drawData } from "./picture.js";

const ARROW = ["M12 21V4", "M5 11l7-7 7 7"];

function draw(part) {
  if (part.role === "bar")
    return h("div", { class: "part-bar", vars: { "--part": part.fraction.toFixed(4) } }, h("i"));
  if (part.role === "arrow") {
    return s(
      "svg",
      { class: "part-arrow", viewBox: "0 0 24 24", role: "img", "aria-label": part.label },
      s("g", { transform: `rotate(${part.degrees} 12 12)` }, ...ARROW.map((d) => s("path", { d }))),
    );
  }
  if (part.role === "image") {
    const canvas = h("canvas", { class: "part-image", role: "img", "aria-label": part.label });
    drawData(canvas, part.source);
    return canvas;
  }
  const { role, text, long, done, selected } = part;
  return h("p", {
    class: `part-${role}`,
    "data-long": long,
    "data-done": done,
    "data-selected": selected,
    text,
  });
}

/** `element` is its root; `limit(n)` keeps n lines; `tick()` lets time go on. */
export class SceneView {
  #parts = [];
  #limit = Infinity;

  constructor(entry, { wallTime, className, tag = "div" }) {
    this.entry = entry;
    this.wallTime = wallTime;
    const { scene } = entry;
    this.element = h(tag, {
      class: className,
      "data-scene": entry.id,
      "data-kind": scene.kind,
      "data-tone": scene.tone ?? "calm",
      role: scene.kind === "progress" ? "timer" : "group",
      "aria-label": scene.title || scene.text || scene.street || scene.alt,
    });
    this.#render();
  }

  #render() {
    this.#parts = partsOf(this.entry, this.wallTime());
    this.element.replaceChildren(...this.#parts.map(draw));
    this.limit(this.#limit);
  }

  limit(count) {
    this.#limit = count;
    const kept = within(this.#parts, count);
    this.#parts.forEach((part, index) => {
      if ("text" in part) this.element.children[index].hidden = !kept.has(index);
    });
  }

  tick() {
    if (!runs(this.entry.scene)) return;
    const parts = partsOf(this.entry, this.wallTime());
    if (parts.length !== this.#parts.length) {
      this.#render();
      return;
    }
    parts.forEach((part, index) => {
      const element = this.element.children[index];
      if (part.role === "bar") element.style.setProperty("--part", part.fraction.toFixed(4));
      else if (part.text !== this.#parts[index].text) {
        element.textContent = part.text;
        element.toggleAttribute("data-long", Boolean(part.long));
      }
    });
    this.#parts = parts;
  }
}

/** Take an element away as a HUD does: it fades for 150 ms. */
export function leave(element) {
  element.classList.add("leaving");
  setTimeout(() => element.remove(), 160);
}
