// The settings: on a phone a list and one page at a time, on a desk both beside each other.

import { $, h, icon } from "./dom.js";
import { onLanguage, t } from "./i18n.js";
import { about } from "./settings/about.js";
import { consents, loadConsents } from "./settings/consents.js";
import { device, watchOffer } from "./settings/device.js";
import { devices } from "./settings/devices.js";
import { errands, loadErrands } from "./settings/errands.js";
import { button, note, troubleOf } from "./settings/fields.js";
import { me } from "./settings/me.js";
import { loadMessages, messages } from "./settings/messages.js";
import { loadOutside, outside } from "./settings/outside.js";
import { people } from "./settings/people.js";
import { loadPlaces, places } from "./settings/places.js";
import { reading } from "./settings/reading.js";
import { speech } from "./settings/speech.js";

const SECTIONS = {
  device, speech, reading, me, messages, errands, places, consents, devices, outside, people, about,
};
const wide = matchMedia("(min-width: 720px)");

/** What had the focus, as something that can be found again after a redraw. */
function whereabouts(root) {
  const at = document.activeElement;
  if (!root.contains(at)) return null;
  if (at.id) return `#${CSS.escape(at.id)}`;
  if (at.name) return `[name="${at.name}"][value="${at.value}"]`;
  const all = [...root.querySelectorAll(at.localName)];
  return [at.localName, all.indexOf(at)];
}

/**
 * The desk that every section works at: `glasses`, `prefs`, `hub`, and what the hub said: `me`, `devices`,
 * `people`, `messages`, … `actions`: setLanguage, setForm, look(name), captionSize(factor), forget(), begin(),
 * `share(on)` beside `sharing`, which is how the location is shared now.
 */
export class Settings {
  #section = "";
  #opened = new Map(); // which entries of a list are open
  me = null;
  devices = null;
  people = null;
  outside = null;
  consents = null;
  messages = null;
  errands = null;
  places = null;
  gone = new Map(); // what was ended or removed here and can come back, by its id

  constructor(dialog, { glasses, prefs, hub, ...actions }) {
    Object.assign(this, { dialog, glasses, prefs, hub }, actions);
    $("#settings-open").append(icon("settings"));
    $("#settings-open").addEventListener("click", () => this.open());
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.addEventListener("cancel", (event) => {
      if (wide.matches || !this.#section || event.target !== dialog) return;
      event.preventDefault();
      this.#go("");
    });
    wide.addEventListener("change", () => dialog.open && this.redraw());
    onLanguage(() => dialog.open && this.redraw());
    watchOffer({ redraw: () => dialog.open && this.redraw() });
  }

  open(section = "") {
    this.#section = section;
    this.#opened.clear();
    this.gone.clear();
    this.#draw();
    if (!this.dialog.open) this.dialog.showModal();
    this.#rest();
    this.refresh();
  }

  /** This device, as the hub has it. */
  get mine() {
    return this.devices?.find((one) => one.id === this.prefs.get("device"));
  }

  /** Ask the hub for what it knows; what is open is drawn again when it came. */
  async refresh(words) {
    const loading = [loadOutside, loadMessages, loadErrands, loadPlaces].map((load) => load(this.hub));
    const [outside, messages, errands, places] = await Promise.all([...loading, this.load()]);
    this.outside = outside ?? this.outside;
    this.messages = messages ?? this.messages;
    this.errands = errands ?? this.errands;
    this.places = places ?? this.places;
    if (!this.dialog.open) return;
    this.redraw();
    if (words) this.say(words);
  }

  async load() {
    const quietly = (path) => this.hub.get(path).catch(() => null);
    const [me, devices] = await Promise.all([quietly("/v1/me"), quietly("/v1/devices")]);
    this.me = me ?? this.me;
    this.devices = devices ?? this.devices;
    this.consents = (await loadConsents(this.hub)) ?? this.consents;
    if (this.me?.role === "owner") this.people = (await quietly("/v1/people")) ?? this.people;
    return this.me;
  }

  /** Do it and say what went wrong; null then. */
  async ask(work) {
    try {
      this.say("");
      return (await work()) ?? true;
    } catch (error) {
      this.say(troubleOf(error));
      return null;
    }
  }

  /** Change the wearer's own settings on the hub. */
  async change(values) {
    const me = await this.ask(() => this.hub.patch("/v1/me", values));
    if (me) this.me = me;
    return me;
  }

  /** How the location is shared has changed. */
  located() {
    if (this.dialog.open && this.#section === "places") this.redraw();
  }

  say(words) {
    const line = $("dialog[open] .settings-say");
    if (line) line.textContent = words;
  }

  /** Instead of what the hub hasn't told. */
  waiting() {
    return h("div", { class: "setting" }, note(t("hub.waiting")), button(t("hub.again"), () => this.refresh()));
  }

  redraw(focus) {
    const was = focus ? `#${focus}` : whereabouts(this.dialog);
    const body = $(".settings-panel", this.dialog);
    const top = body?.scrollTop ?? 0;
    for (const details of this.dialog.querySelectorAll(".entry details")) {
      this.#opened.set($(".entry-name", details).textContent, details.open);
    }
    this.#draw();
    for (const details of this.dialog.querySelectorAll(".entry details")) {
      details.open = this.#opened.get($(".entry-name", details).textContent) ?? false;
    }
    $(".settings-panel", this.dialog).scrollTop = top;
    if (was === null) return;
    const found = typeof was === "string" ? $(was, this.dialog) : this.dialog.querySelectorAll(was[0])[was[1]];
    found?.focus({ preventScroll: true });
  }

  get #sections() {
    return Object.keys(SECTIONS).filter((name) => name !== "people" || this.me?.role === "owner");
  }

  #go(section) {
    const left = this.#section;
    this.#section = section;
    this.#draw();
    if (section || !left) this.#rest();
    else $(`.settings-nav [data-section="${left}"]`, this.dialog)?.focus();
  }

  /** Where the focus begins: the section's title on a phone, the list on a desk. */
  #rest() {
    if (wide.matches) $(".settings-nav [aria-current]", this.dialog)?.focus();
    else if (this.#section) $("#settings-title", this.dialog).focus();
    else $(".settings-nav button", this.dialog)?.focus();
  }

  #draw() {
    const shown = this.#section || (wide.matches ? "device" : "");
    const inside = !wide.matches && this.#section;
    const close = h(
      "button",
      { type: "button", class: "round", "aria-label": t("settings.close"), onclick: () => this.dialog.close() },
      icon("close"),
    );
    const back = inside
      ? h(
          "button",
          { type: "button", class: "round", "aria-label": t("settings.back"), onclick: () => this.#go("") },
          icon("back"),
        )
      : null;
    const title = t(inside ? `section.${this.#section}` : "settings.title");
    const entry = (name) =>
      h(
        "li",
        null,
        h(
          "button",
          {
            type: "button",
            "data-section": name,
            "aria-current": name === shown ? "page" : undefined,
            onclick: () => this.#go(name),
          },
          h("span", { text: t(`section.${name}`) }),
          h("small", { text: t(`section.${name}.what`) }),
        ),
      );
    const nav = h(
      "nav",
      { class: "settings-nav", "aria-label": t("settings.title"), hidden: Boolean(inside) },
      h("ul", null, ...this.#sections.map(entry)),
    );
    const panel = h(
      "section",
      { class: "settings-panel", "aria-labelledby": wide.matches ? "section-title" : "settings-title", hidden: !shown, tabindex: -1 },
      wide.matches && shown ? h("h3", { id: "section-title", class: "section-title", text: t(`section.${shown}`) }) : null,
      ...(shown ? SECTIONS[shown](this) : []).filter(Boolean),
    );
    this.dialog.replaceChildren(
      h(
        "div",
        { class: "settings-head" },
        back,
        h("h2", { id: "settings-title", tabindex: -1, text: title }),
        close,
      ),
      h("div", { class: "settings-body" }, nav, panel),
      h("p", { class: "settings-say", role: "status" }),
    );
  }
}
