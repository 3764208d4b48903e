// The settings of this page, in a dialog.

import { $, h, icon } from "./dom.js";
import { number, onLanguage, percent, t, took } from "./i18n.js";

const LANGUAGES = { en: "English", de: "Deutsch", zh: "中文" };

function choice(name, options, current, change) {
  return h(
    "fieldset",
    { class: "setting" },
    h("legend", { text: t(`settings.${name}`) }),
    h(
      "div",
      { class: "switch" },
      ...Object.entries(options).map(([value, label]) =>
        h(
          "label",
          null,
          h("input", {
            type: "radio",
            name: `set-${name}`,
            value,
            checked: value === String(current),
            onchange: () => change(value),
          }),
          h("span", { text: label, lang: name === "language" ? value : undefined }),
        ),
      ),
    ),
  );
}

function slider(name, { min, max, step, value, shown, input, change }) {
  const output = h("output", { text: shown(value) });
  const range = h("input", { type: "range", min, max, step, value, id: `set-${name}` });
  const fill = () => {
    const part = (range.valueAsNumber - min) / (max - min);
    range.style.setProperty("--filled", `${part * 100}%`);
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
    h("label", { class: "label", for: `set-${name}` }, h("span", { text: t(`settings.${name}`) }), output),
    range,
  );
}

function check(name, checked, change) {
  return h(
    "label",
    { class: "check" },
    h("span", { text: t(`settings.${name}`) }),
    h("input", {
      type: "checkbox",
      role: "switch",
      checked,
      id: `set-${name}`,
      onchange: (event) => change(event.target.checked),
    }),
  );
}

/** `look(name, value)`: theme, size and camera are the page's own business; `forget()` unpairs. */
export function settings(dialog, { glasses, prefs, language, setLanguage, look, forget }) {
  const own = (name) => (value) => {
    prefs.set(name, value);
    look(name, value);
  };

  const draw = () => {
    const note = h("p", { class: "note", text: t("echo.note") });
    const trip = glasses.wire.clock.trip;
    dialog.replaceChildren(
      h(
        "div",
        { class: "settings-head" },
        h("h2", { id: "settings-title", text: t("settings.title") }),
        h(
          "button",
          {
            type: "button",
            class: "round",
            "aria-label": t("settings.close"),
            onclick: () => dialog.close(),
          },
          icon("close"),
        ),
      ),
      h(
        "div",
        { class: "settings-body" },
        choice("language", LANGUAGES, language(), setLanguage),
        choice(
          "theme",
          { auto: t("theme.auto"), light: t("theme.light"), dark: t("theme.dark") },
          prefs.get("theme"),
          own("theme"),
        ),
        choice(
          "size",
          { 1: t("size.1"), 1.15: t("size.1.15"), 1.3: t("size.1.3") },
          prefs.get("size"),
          own("size"),
        ),
        h("hr"),
        slider("volume", {
          min: 0,
          max: 1,
          step: 0.05,
          value: glasses.volume,
          shown: percent,
          input: (v) => (glasses.speaker.volume = v),
          change: (v) => glasses.setVolume(v),
        }),
        slider("rate", {
          min: 0.5,
          max: 2,
          step: 0.1,
          value: glasses.profile?.rate ?? prefs.get("rate"),
          shown: (v) => t("settings.rate.value", { value: number(v, { maximumFractionDigits: 1 }) }),
          change: (v) => glasses.setRate(v),
        }),
        check("captions", prefs.get("captionsOnly"), (yes) => glasses.setCaptionsOnly(yes)),
        h("hr"),
        choice("mic", { push: t("mic.mode.push"), gate: t("mic.mode.gate") }, prefs.get("mic"), (v) =>
          glasses.setMicMode(v),
        ),
        h(
          "div",
          { class: "setting" },
          choice(
            "echo",
            { device: t("echo.device"), hub: t("echo.hub"), none: t("echo.none") },
            prefs.get("echo"),
            (v) => glasses.setEcho(v),
          ),
          note,
        ),
        check("camera", prefs.get("camera"), own("camera")),
        h("hr"),
        h(
          "div",
          { class: "foot-note" },
          h("span", { text: Number.isFinite(trip) ? t("settings.delay", { ms: took(trip / 1000) }) : "" }),
          h("button", { type: "button", class: "quiet", onclick: forget }, t("settings.forget")),
        ),
      ),
    );
  };

  $("#settings-open").append(icon("settings"));
  $("#settings-open").addEventListener("click", () => {
    draw();
    dialog.showModal();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  onLanguage(() => {
    if (!dialog.open) return;
    const id = document.activeElement?.value;
    draw();
    dialog.querySelector(`input[name=set-language][value="${id}"]`)?.focus();
  });
}
