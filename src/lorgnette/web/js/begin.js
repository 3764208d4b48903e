// The first minutes in four steps; every one may be left out, and all of it can be opened again.

import { $, h } from "./dom.js";
import { number, onLanguage, t } from "./i18n.js";
import { first } from "./begin/first.js";
import { hearing } from "./begin/hearing.js";
import { wearing } from "./begin/wearing.js";
import { who } from "./begin/who.js";

const STEPS = Object.entries({ who, hearing, wearing, first });

/** `desk`: the settings' own, since these are the same settings. */
export class Begin {
  #at = 0;

  constructor(dialog, desk) {
    Object.assign(this, { dialog, desk });
    desk.redrawStep = () => dialog.open && this.#draw();
    dialog.addEventListener("close", () => this.#over());
    onLanguage(() => {
      if (!dialog.open) return;
      const at = document.activeElement;
      this.#draw();
      $(`[name="${at?.name}"][value="${at?.value}"]`, dialog)?.focus();
    });
  }

  async open() {
    this.#at = 0;
    await this.desk.load();
    this.#draw();
    if (!this.dialog.open) this.dialog.showModal();
    this.#rest();
  }

  /** What happens elsewhere on the page, for the step that shows it. */
  level = (value) => this.desk.onlevel?.(value);
  turn = (turn) => this.desk.onturn?.(turn);
  listening = () => this.desk.onlistening?.();

  #over() {
    this.desk.prefs.set("begun", true);
    this.#unhook();
    this.desk.glasses.tryMicrophone(false);
    this.dialog.replaceChildren();
  }

  #unhook() {
    this.desk.onlevel = this.desk.onturn = this.desk.onlistening = undefined;
  }

  #go(step) {
    if (step >= STEPS.length) {
      this.dialog.close();
      return;
    }
    this.#at = step;
    this.#draw();
    this.#rest();
  }

  #rest() {
    $("#begin-title", this.dialog).focus();
  }

  #draw() {
    const [name, draw] = STEPS[this.#at];
    this.#unhook();
    const last = this.#at === STEPS.length - 1;
    const place = t("begin.step", { step: number(this.#at + 1), of: number(STEPS.length) });
    const dots = STEPS.map((_, step) => h("i", { "data-here": step === this.#at, "data-past": step < this.#at }));
    const next = (event) => {
      event.preventDefault();
      document.activeElement?.blur(); // a name that is still being typed counts
      this.#go(this.#at + 1);
    };
    this.dialog.replaceChildren(
      h(
        "div",
        { class: "begin-head" },
        h("p", { class: "place" }, h("span", { class: "dots", "aria-hidden": "true" }, ...dots), h("span", { text: place })),
        h("button", { type: "button", class: "plain", onclick: () => this.dialog.close() }, t("begin.skip")),
      ),
      h(
        "form",
        { class: "begin-body", onsubmit: next },
        h("h2", { id: "begin-title", tabindex: -1, text: t(`begin.${name}.title`) }),
        h("p", { class: "lead", text: t(`begin.${name}.lead`) }),
        ...draw(this.desk).filter(Boolean),
        h("p", { class: "settings-say", role: "status" }),
        h(
          "div",
          { class: "begin-foot" },
          this.#at
            ? h("button", { type: "button", class: "quiet", onclick: () => this.#go(this.#at - 1) }, t("begin.back"))
            : null,
          h("button", { type: "submit", class: "go" }, t(last ? "begin.done" : "begin.next")),
        ),
      ),
    );
  }
}
