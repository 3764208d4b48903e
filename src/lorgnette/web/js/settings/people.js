// The household, for its owner: who lives here, what they may do, and a code for their first device.

import { h } from "../dom.js";
import { t } from "../i18n.js";
import { pairing } from "./devices.js";
import { button, choice, note, rule, titled, twice } from "./fields.js";

const ROLES = ["owner", "wearer", "guest"];

function one(desk, person) {
  const path = `/v1/people/${encodeURIComponent(person.id)}`;
  const own = person.id === desk.me.id;
  const count = t(person.devices === 1 ? "people.device" : "people.devices", { count: person.devices });
  return h(
    "li",
    { class: "entry" },
    h(
      "details",
      null,
      h(
        "summary",
        null,
        h("span", { class: "entry-name", text: person.name || t("people.nameless") }),
        h("span", { class: "entry-note", "data-on": person.online, text: `${t(`role.${person.role}`)} · ${own ? t("people.you") : count}` }),
      ),
      choice(`role-${person.id}`, {
        label: t("people.role"),
        options: Object.fromEntries(ROLES.map((role) => [role, t(`role.${role}`)])),
        value: person.role,
        note: (role) => t(`role.${role}.note`),
        change: async (role) => {
          const done = await desk.ask(() => desk.hub.patch(path, { role }));
          await desk.refresh(done ? "" : undefined);
        },
      }),
      own ? null : h("div", { class: "setting" }, pairing(desk, { wearer: person.id })),
      own
        ? null
        : h(
            "div",
            { class: "row-buttons" },
            twice(t("people.remove"), t("people.remove.sure"), async () => {
              if (await desk.ask(() => desk.hub.delete(path))) await desk.refresh();
            }),
          ),
    ),
  );
}

function adding(desk) {
  let role = "wearer";
  const name = h("input", { type: "text", id: "set-person", maxlength: 80, autocomplete: "off", required: true });
  const add = async (event) => {
    event.preventDefault();
    const words = name.value.trim();
    if (!words) return;
    if (await desk.ask(() => desk.hub.post("/v1/people", { name: words, role }))) {
      desk.say(t("people.added", { name: words }));
      await desk.refresh();
    }
  };
  return h(
    "form",
    { class: "adding", onsubmit: add },
    h("div", { class: "setting" }, h("label", { class: "label", for: "set-person", text: t("people.name") }), name),
    choice("role-new", {
      label: t("people.role"),
      options: Object.fromEntries(["wearer", "guest"].map((one) => [one, t(`role.${one}`)])),
      value: role,
      note: (one) => t(`role.${one}.note`),
      change: (value) => (role = value),
    }),
    h("div", { class: "row-buttons" }, button(t("people.add"), undefined, { type: "submit" })),
  );
}

export function people(desk) {
  if (!desk.people) return [desk.waiting()];
  return [
    h("ul", { class: "entries" }, ...desk.people.map((person) => one(desk, person))),
    rule(),
    titled(t("people.another"), note(t("people.another.note"))),
    adding(desk),
    rule(),
    titled(t("people.shared"), note(t("people.shared.note")), pairing(desk, { shared: true })),
  ];
}
