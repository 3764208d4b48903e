// How the page looks to these eyes and lies in this hand.

import { number, t } from "../i18n.js";
import { choice, slider } from "./fields.js";

export function reading(desk) {
  const { prefs } = desk;
  const own = (name) => (value) => {
    prefs.set(name, value);
    desk.look(name);
  };
  const pick = (name, values, note) =>
    choice(name, {
      label: t(`settings.${name}`),
      options: Object.fromEntries(values.map((value) => [value, t(`${name}.${value}`)])),
      value: prefs.get(name),
      change: own(name),
      note,
    });
  return [
    pick("theme", ["auto", "light", "dark"]),
    pick("contrast", ["auto", "more"]),
    pick("motion", ["auto", "less"]),
    pick("size", ["1", "1.15", "1.3", "1.5"]),
    desk.me
      ? slider("text-size", {
          label: t("settings.captionSize"),
          min: 0.8,
          max: 2,
          step: 0.1,
          value: desk.me.text_size,
          shown: (value) => number(value, { style: "percent" }),
          input: (value) => desk.captionSize(value),
          change: (value) => desk.change({ text_size: value }),
        })
      : null,
    pick("hand", ["right", "left"], t("hand.note")),
  ];
}
