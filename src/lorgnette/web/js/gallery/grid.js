// The grid: days, newest first, thumbnails when they come into view.

import { h, icon } from "../dom.js";
import { locale, t, timeLeft } from "../i18n.js";

const DAY = { weekday: "long", day: "numeric", month: "long" };

/** What an item is called: "Picture, 24 November 2026, 13:05". */
export function nameOf(item) {
  const at = new Date(item.taken * 1000).toLocaleString(locale(), { dateStyle: "long", timeStyle: "short" });
  return t(item.kind === "film" ? "gallery.film" : "gallery.picture", { at });
}

function dayOf(item, now = new Date()) {
  const at = new Date(item.taken * 1000);
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  if (days === 0) return t("gallery.today");
  if (days === 1) return t("gallery.yesterday");
  const year = at.getFullYear() === now.getFullYear() ? {} : { year: "numeric" };
  return at.toLocaleDateString(locale(), { ...DAY, ...year });
}

const midnight = (at) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();

/** `open(item)`: it was chosen; `end()`: the end came into view. */
export class Grid {
  #tiles = new Map(); // id → {element, item}
  #day = "";
  #list = null;

  constructor({ source, open, end }) {
    this.source = source;
    this.open = open;
    this.foot = h("div", { class: "gallery-end", "aria-hidden": "true" });
    this.body = h("div", { class: "gallery-days" });
    this.element = h("div", { class: "gallery-grid" }, this.body, this.foot);
    this.seen = new IntersectionObserver((entries) => this.#come(entries), { rootMargin: "200px" });
    new IntersectionObserver((entries) => entries.some((e) => e.isIntersecting) && end(), {
      rootMargin: "400px",
    }).observe(this.foot);
  }

  clear() {
    this.seen.disconnect();
    this.#tiles.clear();
    this.#day = "";
    this.body.replaceChildren();
  }

  add(items) {
    for (const item of items) {
      const day = dayOf(item);
      if (day !== this.#day) {
        this.#day = day;
        this.#list = h("ul");
        this.body.append(h("section", null, h("h3", { text: day }), this.#list));
      }
      const element = this.#tile(item);
      this.#list.append(element);
      this.#tiles.set(item.id, { element, item });
      this.seen.observe(element);
    }
  }

  /** It was deleted: its day goes with it when it was the last. */
  remove(id) {
    const tile = this.#tiles.get(id);
    if (!tile) return;
    this.#tiles.delete(id);
    const section = tile.element.closest("section");
    tile.element.remove();
    if (!section.querySelector("li")) section.remove();
  }

  focus(id) {
    (this.#tiles.get(id)?.element ?? this.body).querySelector("button")?.focus();
  }

  #tile(item) {
    const film = item.kind === "film";
    return h(
      "li",
      { "data-id": item.id },
      h(
        "button",
        { type: "button", "aria-label": nameOf(item), onclick: () => this.open(item) },
        h("span", { class: "gallery-blank" }, icon(film ? "film" : "pictures")),
        film ? h("span", { class: "gallery-length" }, icon("film"), timeLeft(item.seconds)) : null,
      ),
    );
  }

  #come(entries) {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      this.seen.unobserve(target);
      const { item } = this.#tiles.get(target.dataset.id) ?? {};
      if (!item) continue;
      this.source.thumb(item).then((url) => {
        if (url) target.querySelector(".gallery-blank")?.replaceWith(h("img", { src: url, alt: "", draggable: "false" }));
      });
    }
  }
}
