// First step: which language, and what to call whom.

import { h } from "../dom.js";
import { language, t } from "../i18n.js";
import { choice, note, text } from "../settings/fields.js";
import { LANGUAGES, sameClock, town, zones } from "../settings/me.js";

export function who(desk) {
  const { me } = desk;
  const { here } = zones();
  return [
    choice("language", {
      label: t("settings.language"),
      options: LANGUAGES,
      value: language(),
      change: desk.setLanguage,
      lang: true,
    }),
    me && !me.shared
      ? text("name", {
          label: t("begin.name"),
          value: me.name,
          autocomplete: "given-name",
          change: async (name) => !name || Boolean(await desk.change({ name })),
        })
      : null,
    me && !sameClock(me.zone, here)
      ? h(
          "div",
          { class: "setting" },
          note(t("begin.zone", { there: town(me.zone), here: town(here) })),
          h(
            "button",
            {
              type: "button",
              class: "quiet",
              onclick: () => desk.change({ zone: here }).then(() => desk.redrawStep()),
            },
            t("begin.zone.take", { here: town(here) }),
          ),
        )
      : null,
  ];
}
