// What this is, where it runs, and under which terms.

import { h } from "../dom.js";
import { t, took } from "../i18n.js";
import { note, rule } from "./fields.js";

export function about(desk) {
  const trip = desk.glasses.wire.clock.trip;
  const facts = [
    [t("about.hub"), location.origin],
    [t("about.version"), desk.me?.version ?? "–"],
    [t("about.delay"), Number.isFinite(trip) ? took(trip / 1000) : "–"],
    [t("about.device"), desk.prefs.get("device") || "–"],
  ];
  return [
    h("dl", { class: "facts" }, ...facts.flatMap(([name, value]) => [h("dt", { text: name }), h("dd", { text: value })])),
    rule(),
    note(t("about.words")),
    note(t("about.licence")),
    note(t("about.others")),
  ];
}
