// The way to the privacy page, for the settings: beside the glasses, which stay on.

import { h } from "../dom.js";
import { t } from "../i18n.js";
import "./words.js";

export function entry() {
  return h(
    "div",
    { class: "setting" },
    h("a", { class: "quiet", id: "privacy-open", href: "privacy.html", target: "lorgnette-privacy", text: t("p.title") }),
    h("p", { class: "note", text: t("p.open") }),
  );
}
