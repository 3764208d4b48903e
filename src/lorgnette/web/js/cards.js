// The shelf of the companion page: what goes on now, as the same scenes drawn larger.

import { h } from "./dom.js";
import { SceneView, leave } from "./scene.js";

const NOT_HERE = new Set(["caption", "label"]);

/** `act(words)`: one of a card's actions was pressed; it counts as said. */
export class Cards {
  #views = new Map();

  constructor(root, { wallTime, act }) {
    this.root = root;
    this.wallTime = wallTime;
    this.act = act;
  }

  scene(id, entry) {
    const old = this.#views.get(id);
    if (entry && !NOT_HERE.has(entry.scene.kind)) {
      const view = this.#make(entry);
      if (old) old.element.replaceWith(view.element);
      else {
        this.root.prepend(view.element);
        this.root.scrollLeft = 0; // the newest is seen
      }
      this.#views.set(id, view);
    } else if (old) {
      this.#views.delete(id);
      leave(old.element);
    }
    if (this.#views.size) this.root.hidden = false;
    else setTimeout(() => (this.root.hidden = this.#views.size === 0), 170);
  }

  tick() {
    for (const view of this.#views.values()) view.tick();
  }

  /** The language changed. */
  redraw() {
    for (const [id, view] of [...this.#views]) this.scene(id, view.entry);
  }

  #make(entry) {
    const view = new SceneView(entry, { wallTime: this.wallTime, className: "card" });
    const actions = entry.scene.actions ?? [];
    if (actions.length) {
      const buttons = actions.map((words) =>
        h("button", { type: "button", class: "quiet", onclick: () => this.act(words) }, words),
      );
      view.element.append(h("div", { class: "actions" }, ...buttons));
    }
    return view;
  }
}
