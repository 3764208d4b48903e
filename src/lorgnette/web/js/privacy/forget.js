// Forgetting: choose what and from when on, see how much it is, hold or type, done.

import { h } from "../dom.js";
import { number, t } from "../i18n.js";
import { hold } from "./hold.js";
import { listed, thing, together } from "./words.js";

const WHEN = {
  hour: () => Date.now() / 1000 - 3600,
  today: () => new Date().setHours(0, 0, 0, 0) / 1000,
  week: () => Date.now() / 1000 - 7 * 86_400,
  ever: () => 0,
};
const UNNAMED = new Set(["timings"]); // part of something else: forgotten with it, not counted

const counted = (kept) => kept.filter((one) => one.count && !UNNAMED.has(one.name));
const sum = (kept) => counted(kept).reduce((all, one) => all + one.count, 0);
const amounts = (kept) => counted(kept).map((one) => `${thing(one.name)} (${number(one.count)})`);

/** `preview(what, since)` and `forget(what, since)` ask the hub; `again()` loads the page anew. */
export class Forget {
  #what;
  #when = "ever";
  #seen = [];
  #turn = 0;

  constructor(root, dialog, { preview, forget, again, failed }) {
    Object.assign(this, { root, dialog, preview, forget, again, failed });
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  }

  draw({ kept }, words = "") {
    const kinds = kept.filter((one) => !one.account && !UNNAMED.has(one.name) && one.count);
    const names = kinds.map((one) => one.name);
    this.#what = new Set(this.#what ? names.filter((name) => this.#what.has(name)) : []);
    this.button = h("button", { type: "button", class: "quiet", disabled: true, onclick: () => this.#ask() });
    this.button.textContent = t("p.forget.choose");
    this.said = h("p", { class: "said", role: "status", tabindex: -1, text: words });
    this.root.replaceChildren(
      h("p", { class: kinds.length ? "soft" : "empty", text: t(kinds.length ? "p.forget.lead" : "p.forget.nothing") }),
      kinds.length ? this.#choices(kinds) : "",
      kinds.length ? this.#times() : "",
      kinds.length ? this.button : "",
      this.said,
    );
    if (kinds.length) this.#count();
  }

  #choices(kinds) {
    const box = ({ name }) =>
      h(
        "label",
        { class: "tick" },
        h("input", {
          type: "checkbox",
          value: name,
          checked: this.#what.has(name),
          onchange: ({ target }) => {
            if (target.checked) this.#what.add(name);
            else this.#what.delete(name);
            this.#count();
          },
        }),
        h("span", { text: thing(name) }),
        h("span", { class: "figure soft", "data-count": name }),
      );
    return h("fieldset", null, h("legend", { text: t("p.forget.what") }), ...kinds.map(box));
  }

  #times() {
    const choice = (name) =>
      h(
        "label",
        null,
        h("input", {
          type: "radio",
          name: "when",
          value: name,
          checked: name === this.#when,
          onchange: () => {
            this.#when = name;
            this.#count();
          },
        }),
        h("span", { text: t(`p.when.${name}`) }),
      );
    return h(
      "fieldset",
      null,
      h("legend", { text: t("p.forget.when") }),
      h("div", { class: "switch" }, ...Object.keys(WHEN).map(choice)),
    );
  }

  /** How much there is of every kind in that time, and how much of it was chosen. */
  async #count() {
    const turn = ++this.#turn;
    const since = WHEN[this.#when]();
    let kept;
    try {
      kept = await this.preview(["all"], since);
    } catch (error) {
      this.said.textContent = this.failed(error);
      return;
    }
    if (turn !== this.#turn) return; // chosen anew meanwhile
    for (const one of kept) {
      const place = this.root.querySelector(`[data-count="${one.name}"]`);
      if (place) place.textContent = number(one.count);
    }
    this.#seen = kept.filter((one) => this.#what.has(one.name));
    const count = sum(this.#seen);
    this.button.disabled = !count;
    this.button.textContent = count
      ? t(count === 1 ? "p.forget.one" : "p.forget.many", { count: number(count) })
      : t(this.#what.size ? "p.forget.nothing" : "p.forget.choose");
  }

  #ask() {
    const count = sum(this.#seen);
    const act = () => this.#act();
    const typed = h("input", { id: "sure-count", inputmode: "numeric", autocomplete: "off" });
    typed.addEventListener("input", () => typed.value.trim() === String(count) && act());
    this.dialog.replaceChildren(
      h("h2", {
        id: "sure-title",
        text: t(count === 1 ? "p.sure.one" : "p.sure.many", { count: number(count) }),
      }),
      h("ul", null, ...amounts(this.#seen).map((text) => h("li", { text }))),
      hold(t("p.sure.hold"), act),
      h("label", { for: "sure-count", class: "soft", text: t("p.sure.type", { count }) }),
      typed,
      h("button", { type: "button", class: "quiet", text: t("p.sure.keep"), onclick: () => this.dialog.close() }),
    );
    this.dialog.showModal();
  }

  async #act() {
    if (this.acting) return;
    this.acting = true;
    const since = WHEN[this.#when]();
    const what = [...this.#what];
    if (this.#what.has("conversations")) what.push("timings");
    let words;
    try {
      const { forgotten, copies } = await this.forget(what, since);
      words = t("p.forgotten", { list: listed(amounts(forgotten)) });
      if (copies) words = together(words, t("p.forgotten.copies"));
      this.#what.clear();
    } catch (error) {
      words = this.failed(error);
    }
    this.acting = false;
    this.dialog.close();
    await this.again(words);
    this.said.focus();
  }
}
