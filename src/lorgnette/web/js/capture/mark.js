// That a camera is on, for everyone to see: the light on the frames, a red mark, and how to end it.

import { h } from "../dom.js";
import { onLanguage, t, timeLeft } from "../i18n.js";

const TICK_MS = 500;

/** `stage`: the glasses' element; `end()`: the film is to end. */
export class Mark {
  #mode = "";
  #since = 0;
  #timer = 0;

  constructor(stage, { wallTime, end }) {
    this.end = end;
    this.stage = stage;
    this.wallTime = wallTime;
    this.word = h("span", { class: "rec-word" });
    this.time = h("span", { class: "rec-time", role: "timer", "aria-live": "off" });
    this.stop = h("button", { type: "button", class: "rec-stop", onclick: end });
    this.element = h(
      "div",
      { class: "rec", hidden: true },
      h("p", { role: "status" }, h("i", { class: "rec-dot", "aria-hidden": "true" }), this.word),
      this.time,
      this.stop,
    );
    stage.append(this.element);
    onLanguage(() => this.#words());
  }

  /** `mode`: photo, film, or "" for a dark camera; `since`: epoch seconds of the hub. */
  show(mode, since = 0) {
    const began = mode && mode !== this.#mode;
    this.#mode = mode;
    if (since) this.#since = since;
    else if (began) this.#since = this.wallTime();
    clearInterval(this.#timer);
    if (mode === "film") this.#timer = setInterval(() => this.#tick(), TICK_MS);
    if (mode) this.stage.dataset.capture = mode;
    else delete this.stage.dataset.capture;
    this.element.hidden = !mode;
    this.#words();
  }

  get mode() {
    return this.#mode;
  }

  #words() {
    const film = this.#mode === "film";
    this.word.textContent = this.#mode ? t(film ? "rec.film" : "rec.photo") : "";
    this.stop.textContent = t("rec.stop");
    this.time.hidden = this.stop.hidden = !film;
    this.#tick();
  }

  #tick() {
    this.time.textContent = timeLeft(Math.floor(Math.max(0, this.wallTime() - this.#since)));
  }
}
