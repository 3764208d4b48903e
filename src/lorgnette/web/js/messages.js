// The few sentences about the page and the hub themselves, above the composer; each can be put away.

import { h, icon } from "./dom.js";
import { onLanguage, t } from "./i18n.js";

const MOST = 2;
const INFO_MS = 12_000;

export class Messages {
  #shown = new Map(); // key → {element, text}

  constructor(root) {
    this.root = root;
    onLanguage(() => {
      for (const { element, text } of this.#shown.values()) element.firstChild.textContent = text();
    });
  }

  /** One of the page's own sentences; it stays until `hide(key)` or a press. `act`: what its button does.
   *  `values` are in the sentence; `closed`: told when it is put away instead. */
  show(key, act, { values, closed } = {}) {
    this.#put(key, () => t(key, values), act, closed);
  }

  /** A sentence of the hub, in its words. */
  notice({ text, level }) {
    const key = `hub:${text}`;
    this.#put(key, () => text);
    if (level === "info") setTimeout(() => this.hide(key), INFO_MS);
  }

  hide(key) {
    this.#shown.get(key)?.element.remove();
    this.#shown.delete(key);
  }

  #put(key, text, act, closed) {
    if (this.#shown.has(key)) return;
    const away = () => {
      this.hide(key);
      closed?.();
    };
    const close = h(
      "button",
      { type: "button", class: "round", "aria-label": t("controls.close"), onclick: away },
      icon("close"),
    );
    const press = () => {
      this.hide(key);
      act();
    };
    const deed = act ? h("button", { type: "button", class: "quiet", onclick: press }, t(`${key}.do`)) : null;
    const element = h("p", null, h("span", { text: text() }), deed, close);
    this.#shown.set(key, { element, text });
    this.root.append(element);
    if (this.#shown.size > MOST) this.hide(this.#shown.keys().next().value);
  }
}
