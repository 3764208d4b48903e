// The few kinds of fields that settings are made of; every one has its label, and says what it is to a screen reader.

import { h } from "../dom.js";
import { t } from "../i18n.js";

let count = 0;
const newId = (name) => `${name}-${(count += 1)}`;

/** One of a few: `options` is {value: label}; `note` may be a string or a function of the chosen value. */
export function choice(name, { label, options, value, change, note, lang }) {
  const words = h("p", { class: "note", text: noteOf(note, value) });
  return h(
    "fieldset",
    { class: "setting", "data-setting": name },
    h("legend", { text: label }),
    h(
      "div",
      { class: "switch", "data-many": Object.keys(options).length > 3 },
      ...Object.entries(options).map(([key, text]) =>
        h(
          "label",
          null,
          h("input", {
            type: "radio",
            name: `set-${name}`,
            value: key,
            checked: key === String(value),
            onchange: () => {
              words.textContent = noteOf(note, key);
              change(key);
            },
          }),
          h("span", { text, lang: lang ? key : undefined }),
        ),
      ),
    ),
    note ? words : null,
  );
}

const noteOf = (note, value) => (typeof note === "function" ? note(value) : (note ?? ""));

export function slider(name, { label, min, max, step, value, shown, input, change, note: words }) {
  const id = `set-${name}`;
  const described = words ? newId("note") : undefined;
  const output = h("output", { for: id, text: shown(value) });
  const range = h("input", { type: "range", min, max, step, value, id, "aria-describedby": described });
  const fill = () => {
    range.style.setProperty("--filled", `${((range.valueAsNumber - min) / (max - min)) * 100}%`);
    range.setAttribute("aria-valuetext", shown(range.valueAsNumber));
    output.textContent = shown(range.valueAsNumber);
  };
  range.addEventListener("input", () => {
    fill();
    input?.(range.valueAsNumber);
  });
  range.addEventListener("change", () => change(range.valueAsNumber));
  fill();
  return h(
    "div",
    { class: "setting" },
    h("label", { class: "label", for: id }, h("span", { text: label }), output),
    range,
    words ? h("p", { class: "note", id: described, text: words }) : null,
  );
}

export function check(name, { label, value, change, note, disabled = false }) {
  const described = note ? newId("note") : undefined;
  return h(
    "div",
    { class: "setting" },
    h(
      "label",
      { class: "check" },
      h("span", { text: label }),
      h("input", {
        type: "checkbox",
        role: "switch",
        checked: value,
        disabled,
        id: `set-${name}`,
        "aria-describedby": described,
        onchange: (event) => change(event.target.checked),
      }),
    ),
    note ? h("p", { class: "note", id: described, text: note }) : null,
  );
}

/** Text that is taken when the field is left or Enter is pressed. `change` may be async; it says whether it worked. */
export function text(name, { label, value, change, max = 80, note, ...more }) {
  const id = `set-${name}`;
  const described = note ? newId("note") : undefined;
  let kept = value;
  const field = h("input", {
    type: "text",
    id,
    value,
    maxlength: max,
    autocomplete: "off",
    enterkeyhint: "done",
    "aria-describedby": described,
    ...more,
  });
  const take = async () => {
    const wanted = field.value.trim();
    if (wanted === kept) return;
    if (await change(wanted)) kept = wanted;
    else field.value = kept;
  };
  field.addEventListener("change", take);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    take();
    field.form?.requestSubmit();
  });
  return h(
    "div",
    { class: "setting" },
    h("label", { class: "label", for: id, text: label }),
    field,
    note ? h("p", { class: "note", id: described, text: note }) : null,
  );
}

/** One of many. `options`: [value, label] pairs. */
export function select(name, { label, options, value, change, note }) {
  const id = `set-${name}`;
  const box = h(
    "select",
    { id, onchange: () => change(box.value) },
    ...options.map(([key, words]) => h("option", { value: key, selected: key === value, text: words })),
  );
  return h(
    "div",
    { class: "setting" },
    h("label", { class: "label", for: id, text: label }),
    h("div", { class: "select" }, box),
    note ? h("p", { class: "note", text: note }) : null,
  );
}

const COMMAND = /(lorgnette [a-z]+ --[a-z]+)/; // isn't broken at its dashes

export const note = (words) =>
  h("p", { class: "note" }, ...words.split(COMMAND).map((part, i) => (i % 2 ? h("code", { text: part }) : part)));
export const heading = (words) => h("h3", { text: words });
export const titled = (words, ...more) => h("div", { class: "setting titled" }, heading(words), ...more);
export const rule = () => h("hr");

export function button(words, press, { kind = "quiet", ...more } = {}) {
  return h("button", { type: "button", class: kind, onclick: press, ...more }, words);
}

/** Asks before something that can't be taken back: the first press asks, the second does. */
export function twice(words, sure, act) {
  const press = () => {
    if (one.dataset.sure) {
      act();
      return;
    }
    one.dataset.sure = "1";
    one.textContent = sure;
  };
  const calm = () => {
    delete one.dataset.sure;
    one.textContent = words;
  };
  const one = h("button", { type: "button", class: "quiet", onclick: press, onblur: calm }, words);
  return one;
}

/** What the hub said when it refused, or that it isn't there. */
export const troubleOf = (error) =>
  error.message === "refused" && error.detail ? error.detail : t(`hub.${error.message}`);
