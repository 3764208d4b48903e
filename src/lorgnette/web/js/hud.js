// The display in the glasses: which scene stands where, and never more than four lines.

import { h } from "./dom.js";
import { bearingInField, boxInField, lines } from "./geometry.js";
import { SceneView, leave } from "./scene.js";

const URGENCY = { alert: 2, ask: 1, calm: 0 };
const WIDE = 26; // characters of a caption line; a Chinese one counts double

const FREE = new Set(["bearing", "box", "mark"]); // these take nobody's place

function zoneOf({ id, scene }) {
  const at = scene.anchor?.at ?? "head";
  if (id === "recording") return "mark"; // that a camera is on is seen whatever else is shown
  if (at === "bearing" || at === "box") return at;
  return scene.kind === "arrow" ? "top" : (scene.anchor?.zone ?? "side");
}

function width(text) {
  let sum = 0;
  for (const char of text) sum += char > "\u2e7f" ? 2 : 1;
  return sum;
}

/** `layout()` gives {image, stage, field} rectangles for boxes in the camera's image. */
export class Hud {
  #views = new Map();
  #caption = null;
  #heading = 0;
  #above = 12; // percent of the field's height that is free for things of the world
  #under = 88;

  constructor(root, { wallTime, layout }) {
    this.root = root;
    this.wallTime = wallTime;
    this.layout = layout;
    this.zones = Object.fromEntries(
      ["free", "mark", "top", "side", "bottom"].map((name) => [name, h("div", { class: `zone-${name}` })]),
    );
    this.words = h("p", { class: "hud-caption", "aria-live": "polite" });
    this.zones.bottom.append(this.words);
    root.append(...Object.values(this.zones));
  }

  scene(id, entry) {
    const old = this.#views.get(id);
    if (old) {
      this.#views.delete(id);
      if (entry) old.element.remove();
      else leave(old.element);
    }
    if (entry) this.#views.set(id, this.#make(entry));
    this.#arrange();
  }

  caption(caption) {
    this.#caption = caption;
    this.words.textContent = caption?.text ?? "";
    this.words.dataset.who = caption ? (caption.who === "wearer" ? "wearer" : "hub") : "";
    this.#arrange();
  }

  heading(degrees) {
    this.#heading = degrees;
    this.place();
  }

  /** Put the things of the world where they are now. */
  place() {
    for (const view of this.#views.values()) {
      const { anchor } = view.entry.scene;
      if (view.where === "bearing") {
        const { x, y, edge } = bearingInField(anchor.degrees, anchor.elevation ?? 0, this.#heading);
        const clear = Math.max(this.#above, Math.min(this.#under, y)); // not over what stands high or low
        view.element.style.setProperty("--x", x.toFixed(2));
        view.element.style.setProperty("--y", clear.toFixed(2));
        view.element.dataset.edge = edge;
      } else if (view.where === "box") {
        const { image, stage, field } = this.layout();
        const box = boxInField(anchor, image, stage, field);
        for (const key of ["x", "y", "w", "h"])
          view.element.style.setProperty(`--${key}`, box[key].toFixed(2));
        view.element.toggleAttribute("data-below", box.y < this.#above);
      }
    }
  }

  tick() {
    for (const view of this.#views.values()) view.tick();
  }

  /** Scenes that stand in the view now, for tests: [id, zone]. */
  get shown() {
    return [...this.#views].filter(([, v]) => !v.element.hidden).map(([id, v]) => [id, v.where]);
  }

  #make(entry) {
    const where = zoneOf(entry);
    const view = new SceneView(entry, { wallTime: this.wallTime, className: "hud-scene" });
    view.where = where;
    if (where === "box") {
      const label = h(
        "p",
        null,
        ...[...view.element.children].map((part) =>
          h("span", { class: part.className, text: part.textContent }),
        ),
      );
      view.element.className = "hud-box";
      view.element.replaceChildren(h("i"), h("i"), h("i"), h("i"), label);
      view.limit = () => {};
      view.tick = () => {};
    }
    const zone = where === "bearing" || where === "box" ? "free" : where;
    this.zones[zone].append(view.element);
    return view;
  }

  #arrange() {
    const chosen = (zone) =>
      [...this.#views.values()]
        .filter((view) => view.where === zone)
        .sort(
          (a, b) =>
            URGENCY[b.entry.scene.tone ?? "calm"] - URGENCY[a.entry.scene.tone ?? "calm"] ||
            b.entry.since - a.entry.since,
        )[0];
    const top = chosen("top");
    const side = chosen("side");
    const low = chosen("bottom");
    const caption = this.#caption?.text ? (width(this.#caption.text) > WIDE ? 2 : 1) : 0;
    const asks = Boolean(side && side.entry.scene.tone !== "calm");
    const room = lines({ caption: caption || (low ? 1 : 0), top: Boolean(top), side: Boolean(side), asks });
    this.words.dataset.lines = room.caption;
    for (const view of this.#views.values()) {
      if (FREE.has(view.where)) continue;
      view.element.hidden = view !== top && view !== side && (view !== low || caption > 0);
    }
    top?.limit(2); // an arrow's distance and street stand in one line
    side?.limit(room.side);
    low?.limit(2);
    this.#above = top ? 28 : 12;
    this.#under = caption || low ? 66 : 88;
    this.place();
  }
}
