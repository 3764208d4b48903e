// The way to the memory page, for the settings.

import { h } from "../dom.js";
import { t } from "../i18n.js";
import "./words.js";

export function entry() {
  return h(
    "div",
    { class: "setting" },
    h("a", { class: "quiet", id: "memory-open", href: "memory.html", target: "lorgnette-memory", text: t("m.title") }),
    h("p", { class: "note", text: t("m.open") }),
  );
}
