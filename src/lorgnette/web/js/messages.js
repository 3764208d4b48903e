// The few sentences about the page and the hub themselves, above the composer; each can be put away.

import { h, icon } from "./dom.js";
import { onLanguage, t } from "./i18n.js";

const MOST = 2;
const INFO_MS = 12_000;

export class Messages {
  #shown = new Map(); // key → {element, say}

  constructor(root) {
    this.root = root;
    onLanguage(() => {
      for (const { say } of this.#shown.values()) say();
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
    const close = h("button", { type: "button", class: "round", onclick: away }, icon("close"));
    const press = () => {
      this.hide(key);
      act();
    };
    const words = h("span");
    const deed = act ? h("button", { type: "button", class: "quiet", onclick: press }) : null;
    const say = () => {
      words.textContent = text();
      if (deed) deed.textContent = t(`${key}.do`);
      close.setAttribute("aria-label", t("controls.close"));
    };
    say();
    const element = h("p", null, words, deed, close);
    this.#shown.set(key, { element, say });
    this.root.append(element);
    if (this.#shown.size > MOST) this.hide(this.#shown.keys().next().value);
  }
}
