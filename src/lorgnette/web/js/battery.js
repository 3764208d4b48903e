// The glasses' battery: a level and whether it charges.

import { h, icon } from "./dom.js";
import { onLanguage, percent, t } from "./i18n.js";

export function battery(root, glasses, prefs) {
  let level = prefs.get("battery");
  const reading = h("span", { class: "reading" });
  const slider = h("input", { type: "range", min: 0, max: 100, step: 1, id: "battery-level" });
  const charging = h("input", { type: "checkbox" });
  const name = h("label", { class: "name", for: "battery-level" });
  const chargingName = h("span");

  const show = () => {
    name.textContent = t("battery.label");
    chargingName.textContent = t("battery.charging");
    reading.replaceChildren(percent(level));
    slider.value = Math.round(level * 100);
    slider.style.setProperty("--filled", `${level * 100}%`);
    slider.setAttribute("aria-valuetext", percent(level));
  };
  const tell = () => {
    prefs.set("battery", level);
    glasses.battery(level, charging.checked);
    show();
  };
  slider.addEventListener("input", () => {
    level = slider.valueAsNumber / 100;
    show();
  });
  slider.addEventListener("change", tell);
  charging.addEventListener("change", tell);

  root.append(
    h("div", { class: "top" }, name, reading),
    slider,
    h("label", { class: "check" }, chargingName, charging),
  );
  onLanguage(show);
  show();
  return { tell };
}
