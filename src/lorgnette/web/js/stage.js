// What one sees of the glasses: the everyday drawing, or the world with the HUD laid over it.

import { $ } from "./dom.js";
import { Camera } from "./camera.js";
import { EverydayDrawing } from "./everyday.js";
import { FOV } from "./geometry.js";
import { Hud } from "./hud.js";
import { apostrophes, known, onLanguage, polish, t } from "./i18n.js";
import { Street } from "./street.js";

const EARCON_MS = 2500;

export class Stage {
  #earconTimer = 0;
  #heading = 0;
  #state = "idle";
  #form = "everyday";
  #wanted = false;

  /** `problem(code)`: the camera isn't given. */
  constructor({ wallTime, problem }) {
    this.root = $("#stage");
    this.problem = problem;
    this.drawing = new EverydayDrawing($("#drawing"));
    this.street = new Street($("#street"));
    this.camera = new Camera($("#camera"), $("#street"));
    this.hud = new Hud($("#field"), {
      wallTime,
      layout: () => ({
        image: this.camera.size,
        stage: this.root.getBoundingClientRect(),
        field: $("#field").getBoundingClientRect(),
      }),
    });
    new ResizeObserver(() => this.#paint()).observe(this.root);
    onLanguage(() => this.state(this.#state));
    this.state("idle");
  }

  async form(name, useCamera) {
    this.#form = name;
    this.root.dataset.form = name;
    this.#wanted = name === "ar" && useCamera;
    if (!this.#wanted) this.camera.stop();
    this.#paint();
    if (this.#wanted && !(await this.camera.start())) this.problem("camera");
    if (!this.#wanted) this.camera.stop();
    this.#paint();
  }

  state(name) {
    this.#state = name;
    this.root.dataset.state = name;
    $("#state span").textContent = t(`state.${name}`);
  }

  caption(caption) {
    if (caption?.who === "wearer") caption = { ...caption, text: polish(caption.text) };
    else if (caption) caption = { ...caption, text: apostrophes(caption.text) };
    this.hud.caption(caption);
    const line = $("#caption");
    line.textContent = caption?.text ?? "";
    line.dataset.who = caption?.who === "wearer" ? "wearer" : "hub";
  }

  earcon(name) {
    clearTimeout(this.#earconTimer);
    const line = $("#earcon");
    line.textContent = known(`earcon.${name}`) ? t(`earcon.${name}`) : name;
    this.#earconTimer = setTimeout(() => (line.textContent = ""), EARCON_MS);
  }

  heading(degrees) {
    this.#heading = degrees;
    this.hud.heading(degrees);
    this.#paint();
  }

  level(value) {
    this.root.style.setProperty("--level", Math.min(1, value * 5).toFixed(2));
  }

  sound(rms) {
    if (this.#form === "everyday") this.drawing.sound(Math.min(1, Math.sqrt(rms) * 2.4));
  }

  #paint() {
    if (this.#form !== "ar") return;
    const field = $("#field").getBoundingClientRect();
    if (!this.camera.live) this.street.paint(this.#heading, field.width / FOV);
    this.hud.place();
  }
}
