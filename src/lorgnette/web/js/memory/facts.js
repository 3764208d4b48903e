// What is remembered: corrected in place, deleted with a way back; whose words it is can be seen.

import { h, icon } from "../dom.js";
import { t } from "../i18n.js";
import { begun, day, listed } from "./words.js";

function round(name, words, onclick) {
  const button = h("button", { type: "button", class: "round", "aria-label": words, title: words, onclick });
  button.append(icon(name));
  return button;
}

function marks(fact) {
  const others = fact.others.length ? t("m.others", { who: listed(fact.others) }) : "";
  return [
    others ? h("span", { class: "mark others", text: others }) : null,
    fact.private ? h("span", { class: "mark", title: t("m.private.note"), text: t("m.private") }) : null,
    day(fact.created),
  ];
}

/** `facts`: as the hub gives them; `acts`: correct(id, text) → the new id, forget(id), restore(id), more(). */
export class Facts {
  #editing = "";
  #gone = new Set();

  constructor(root, acts) {
    Object.assign(this, { root, acts });
  }

  draw(facts, { searched = false, more = false } = {}) {
    Object.assign(this, { facts, searched, more });
    const rows = facts.map((fact) => this.#row(fact));
    if (more) rows.push(h("li", {}, h("button", { type: "button", class: "quiet", text: t("m.more"), onclick: this.acts.more })));
    this.root.replaceChildren(
      facts.length ? h("ul", { class: "rows" }, ...rows) : h("p", { class: "empty", text: t(searched ? "m.none.found" : "m.none") }),
    );
  }

  #again(focus) {
    this.draw(this.facts, this);
    if (focus) this.root.querySelector(focus)?.focus();
  }

  #row(fact) {
    const id = CSS.escape(fact.id);
    if (this.#editing === fact.id) return this.#form(fact, id);
    const text = fact.text || t("m.parked");
    if (this.#gone.has(fact.id)) {
      const back = async () => {
        if (!(await this.acts.restore(fact.id))) return;
        this.#gone.delete(fact.id);
        this.#again(`#change-${id}`);
      };
      return h(
        "li",
        { class: "fact", "data-gone": true },
        h("span", { class: "text", text: begun(text) }),
        h("span", { class: "acts" }, h("button", { type: "button", class: "quiet", id: `back-${fact.id}`, text: t("m.undo"), onclick: back })),
      );
    }
    const change = round("pencil", t("m.change", { what: text }), () => {
      this.#editing = fact.id;
      this.#again(`#text-${id}`);
    });
    change.id = `change-${fact.id}`;
    const drop = round("bin", t("m.forget", { what: text }), async () => {
      if (!(await this.acts.forget(fact.id))) return;
      this.#gone.add(fact.id);
      this.#again(`#back-${id}`);
    });
    return h(
      "li",
      { class: "fact" },
      h("span", { class: "text", text: begun(text) }),
      h("span", { class: "small" }, ...marks(fact)),
      h("span", { class: "acts" }, change, drop),
    );
  }

  #form(fact, id) {
    const field = h("input", { id: `text-${fact.id}`, maxlength: 500, value: fact.text, "aria-label": t("m.text") });
    const over = (now = fact.id) => {
      this.#editing = "";
      this.#again(`#change-${CSS.escape(now)}`);
    };
    const submit = async (event) => {
      event.preventDefault();
      const text = field.value.trim();
      if (text === fact.text) return over();
      const now = text && (await this.acts.correct(fact.id, text));
      if (now) over(now);
    };
    field.addEventListener("keydown", (event) => event.key === "Escape" && over());
    return h(
      "li",
      { class: "fact" },
      h("form", { class: "line", onsubmit: submit }, field, h("button", { class: "quiet", text: t("m.save") })),
      fact.others.length ? h("span", { class: "small wide", text: t("m.yours") }) : null,
    );
  }
}
