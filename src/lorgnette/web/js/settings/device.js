// This device: its name, its form, how it listens, and what it does with screen, camera and hand.

import * as haptic from "../haptics.js";
import { install, onOffer, way } from "../install.js";
import { WakeLock } from "../wakelock.js";
import { h } from "../dom.js";
import { t } from "../i18n.js";
import { button, check, choice, heading, note, rule, text, twice } from "./fields.js";

export const MODES = ["push", "gate", "wake"];

/** What is said about installing, and a button where one press is enough. */
export function installing(desk) {
  const how = way();
  if (how === "installed") return h("div", { class: "setting" }, note(t("install.installed")));
  const press =
    how === "prompt"
      ? button(t("install.do"), async () => {
          await install();
          desk.redraw();
        })
      : null;
  return h(
    "div",
    { class: "setting", "data-setting": "install" },
    heading(t("install.title")),
    note(t(`install.${how}`)),
    press,
  );
}

export function device(desk) {
  const { glasses, prefs, hub } = desk;
  const own = (name) => (value) => {
    prefs.set(name, value);
    desk.look(name);
  };
  const rename = async (name) => {
    if (!name) return false;
    const done = await desk.ask(() => hub.patch(`/v1/devices/${encodeURIComponent(prefs.get("device"))}`, { name }));
    if (done) prefs.set("name", name);
    return Boolean(done);
  };
  const modes = Object.fromEntries(
    MODES.filter((mode) => mode !== "wake" || glasses.wakes).map((mode) => [mode, t(`mic.mode.${mode}`)]),
  );
  return [
    text("device-name", { label: t("device.name"), value: desk.mine?.name ?? prefs.get("name") ?? "", change: rename }),
    choice("form", {
      label: t("form.label"),
      options: { everyday: t("form.everyday"), ar: t("form.ar") },
      value: glasses.form,
      change: (form) => {
        desk.setForm(form);
        desk.redraw();
      },
      note: (form) => t(`form.${form}.note`),
    }),
    choice("mic", {
      label: t("settings.mic"),
      options: modes,
      value: prefs.get("mic"),
      change: (mode) => glasses.setMicMode(mode),
      note: (mode) => t(`mic.mode.${mode}.note`),
    }),
    choice("echo", {
      label: t("settings.echo"),
      options: { device: t("echo.device"), hub: t("echo.hub"), none: t("echo.none") },
      value: prefs.get("echo"),
      change: (mode) => glasses.setEcho(mode),
      note: t("echo.note"),
    }),
    rule(),
    WakeLock.able
      ? check("awake", {
          label: t("device.awake"),
          value: prefs.get("awake"),
          change: own("awake"),
          note: t("device.awake.note"),
        })
      : null,
    haptic.able()
      ? check("haptics", { label: t("device.haptics"), value: prefs.get("haptics"), change: own("haptics") })
      : null,
    check("camera", { label: t("settings.camera"), value: prefs.get("camera"), change: own("camera") }),
    glasses.form === "ar"
      ? check("worn", { label: t("device.worn"), value: prefs.get("worn"), change: own("worn"), note: t("device.worn.note") })
      : null,
    check("keep", {
      label: t("device.keep"),
      value: prefs.get("keep"),
      change: own("keep"),
      note: t("device.keep.note"),
    }),
    rule(),
    installing(desk),
    h("div", { class: "row-buttons" }, button(t("begin.again"), desk.begin)),
    h("div", { class: "row-buttons" }, twice(t("settings.forget"), t("settings.forget.sure"), desk.forget)),
  ];
}

/** The browser's offer may come while the settings are open. */
export const watchOffer = (desk) => onOffer(() => desk.redraw());
