// How the hub speaks to this wearer, and how patient it is.

import { h } from "../dom.js";
import { number, percent, t } from "../i18n.js";
import { button, choice, slider } from "./fields.js";

export function speech(desk) {
  const { glasses, hub, me } = desk;
  const times = (value) => t("settings.rate.value", { value: number(value, { maximumFractionDigits: 1 }) });
  const heard = h("span", { class: "note", role: "status" });
  const tryIt = async () => {
    heard.textContent = "";
    const answer = await desk.ask(() => hub.post("/v1/chime"));
    if (answer) heard.textContent = t(answer.sounded ? "sound.sent" : "sound.away");
  };
  return [
    choice("output", {
      label: t("settings.output"),
      options: { both: t("output.both"), captions: t("output.captions"), speech: t("output.speech") },
      value: glasses.output,
      change: (value) => {
        glasses.setOutput(value);
        if (me) desk.change({ output: value });
      },
      note: (value) => t(`output.${value}.note`),
    }),
    slider("volume", {
      label: t("settings.volume"),
      min: 0,
      max: 1,
      step: 0.05,
      value: glasses.volume,
      shown: percent,
      input: (value) => (glasses.speaker.volume = value),
      change: (value) => glasses.setVolume(value),
    }),
    h("div", { class: "row-buttons" }, button(t("sound.try"), tryIt), heard),
    slider("rate", {
      label: t("settings.rate"),
      min: 0.5,
      max: 2,
      step: 0.1,
      value: glasses.profile?.rate ?? glasses.prefs.get("rate"),
      shown: times,
      change: (value) => glasses.setRate(value),
    }),
    me
      ? slider("pause", {
          label: t("settings.pause"),
          min: 0.5,
          max: 3,
          step: 0.25,
          value: me.pause,
          shown: times,
          change: (value) => desk.change({ pause: value }),
          note: t("settings.pause.note"),
        })
      : null,
  ];
}
