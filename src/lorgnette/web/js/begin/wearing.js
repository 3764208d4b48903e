// Third step: as what these glasses show themselves, and when they listen.

import { t } from "../i18n.js";
import { choice } from "../settings/fields.js";
import { MODES } from "../settings/device.js";

export function wearing(desk) {
  const { glasses, prefs } = desk;
  const modes = MODES.filter((mode) => mode !== "wake" || glasses.wakes);
  return [
    choice("form", {
      label: t("form.label"),
      options: { everyday: t("form.everyday"), ar: t("form.ar") },
      value: glasses.form,
      change: desk.setForm,
      note: (form) => t(`form.${form}.note`),
    }),
    choice("mic", {
      label: t("settings.mic"),
      options: Object.fromEntries(modes.map((mode) => [mode, t(`mic.mode.${mode}`)])),
      value: prefs.get("mic"),
      change: (mode) => glasses.setMicMode(mode),
      note: (mode) => t(`mic.mode.${mode}.note`),
    }),
  ];
}
