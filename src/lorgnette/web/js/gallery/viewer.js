// One picture or film at a time: swipe or arrow keys to the next, save, share, delete.

import { h, icon } from "../dom.js";
import { t } from "../i18n.js";
import { nameOf } from "./grid.js";

const SWIPE = 48; // pixels that a finger moves at least

/** `source`; `deleted(item)`, `closed(item)`; `trouble(key)`: say a sentence. */
export class Viewer {
  #item = null;
  #shown = 0; // counts what was begun: a picture that comes late isn't shown
  #url = "";
  #from = null;

  constructor({ source, deleted, closed, trouble }) {
    Object.assign(this, { source, deleted, closed, trouble });
    const button = (name, label, press) =>
      h("button", { type: "button", class: "round", "data-label": label, onclick: press }, icon(name));
    this.place = h("div", { class: "viewer-place" });
    this.title = h("p", { class: "viewer-title", "aria-live": "polite" });
    this.share = button("share", "gallery.share", () => this.#share());
    this.back = button("back", "gallery.newer", () => this.go(-1));
    this.next = button("next", "gallery.older", () => this.go(1));
    this.element = h(
      "div",
      { class: "viewer", hidden: true, role: "group", tabindex: -1 },
      h("div", { class: "viewer-bar" }, button("close", "gallery.back", () => this.close()), this.title),
      this.place,
      h(
        "div",
        { class: "viewer-bar viewer-deeds" },
        this.back,
        button("save", "gallery.save", () => this.#save()),
        this.share,
        button("bin", "gallery.delete", () => this.#delete()),
        this.next,
      ),
    );
    this.element.addEventListener("keydown", (event) => this.#key(event));
    this.place.addEventListener("pointerdown", (event) => (this.#from = [event.clientX, event.clientY]));
    this.place.addEventListener("pointerup", (event) => this.#swiped(event));
    this.place.addEventListener("pointercancel", () => (this.#from = null));
  }

  get item() {
    return this.#item;
  }

  async show(item) {
    this.#item = item;
    const mine = (this.#shown += 1);
    const items = this.source.items;
    const at = items.indexOf(item);
    this.element.hidden = false;
    this.title.textContent = nameOf(item);
    this.back.disabled = at <= 0;
    this.next.disabled = at === items.length - 1 && !this.source.next;
    for (const one of this.element.querySelectorAll("[data-label]"))
      one.setAttribute("aria-label", t(one.dataset.label));
    this.element.setAttribute("aria-label", nameOf(item));
    this.share.hidden = !navigator.canShare;
    this.place.replaceChildren(h("p", { class: "viewer-wait", text: t("gallery.coming") }));
    if (!this.element.contains(document.activeElement)) this.element.focus();
    try {
      const film = item.kind === "film";
      const url = film ? await this.source.link(item) : await this.source.picture(item);
      if (mine !== this.#shown) return film || URL.revokeObjectURL(url);
      this.#drop();
      if (!film) this.#url = url;
      this.place.replaceChildren(
        film
          ? h("video", { src: url, controls: true, playsinline: true, "aria-label": nameOf(item) })
          : h("img", { src: url, alt: nameOf(item), draggable: "false" }),
      );
    } catch {
      if (mine === this.#shown) this.place.replaceChildren(h("p", { class: "viewer-wait", text: t("gallery.gone") }));
    }
  }

  async go(step) {
    let at = this.source.items.indexOf(this.#item) + step;
    if (at >= this.source.items.length && this.source.next) await this.source.more().catch(() => []);
    at = Math.max(0, Math.min(this.source.items.length - 1, at));
    const item = this.source.items[at];
    if (item && item !== this.#item) await this.show(item);
  }

  close() {
    const item = this.#item;
    if (!item) return;
    this.#item = null;
    this.#shown += 1;
    this.#drop();
    this.place.replaceChildren();
    this.element.hidden = true;
    this.closed(item);
  }

  #drop() {
    if (this.#url) URL.revokeObjectURL(this.#url);
    this.#url = "";
  }

  #key(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step && event.target.localName !== "video") this.go(step);
    else if (event.key === "Delete") this.#delete();
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #swiped(event) {
    if (!this.#from || event.target.localName === "video") return;
    const [x, y] = [event.clientX - this.#from[0], event.clientY - this.#from[1]];
    this.#from = null;
    if (Math.abs(x) > SWIPE && Math.abs(x) > 2 * Math.abs(y)) this.go(x < 0 ? 1 : -1);
    else if (y > 2 * SWIPE && y > 2 * Math.abs(x)) this.close();
  }

  async #save() {
    try {
      h("a", { href: `${await this.source.link(this.#item)}&save=1`, download: "" }).click();
    } catch {
      this.trouble("gallery.trouble");
    }
  }

  async #share() {
    try {
      const files = [await this.source.file(this.#item)];
      if (navigator.canShare?.({ files })) await navigator.share({ files });
      else await this.#save();
    } catch (error) {
      if (error.name !== "AbortError") this.trouble("gallery.trouble");
    }
  }

  async #delete() {
    const item = this.#item;
    if (!item) return;
    const items = this.source.items;
    const at = items.indexOf(item);
    const beside = items[at + 1] ?? items[at - 1];
    try {
      await this.source.delete(item);
    } catch {
      return this.trouble("gallery.trouble");
    }
    if (beside) this.show(beside);
    else this.close();
    this.deleted(item);
  }
}
