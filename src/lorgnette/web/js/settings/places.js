// Places that have a name, and whether this device says where the wearer is.

import { h } from "../dom.js";
import { ago, distance, t } from "../i18n.js";
import { button, check, note, rule, titled } from "./fields.js";

/** The wearer's; null where the hub hasn't told. */
export const loadPlaces = (hub) => hub.get("/v1/places").catch(() => null);

const OURS = ["home", "work"]; // called so in every language
const named = (one) => (OURS.includes(one.name) ? t(`places.${one.name}`) : one.name);
const at = (one) => `/v1/places/${encodeURIComponent(one.id)}`;

function place(desk, one) {
  const gone = desk.gone.has(one.id);
  const around = t("places.around", { distance: distance(one.radius) });
  const there = one.inside === true ? ` · ${t("places.there")}` : "";
  const remove = async () => {
    if (!(await desk.ask(() => desk.hub.delete(at(one))))) return;
    desk.gone.set(one.id, one);
    desk.say(t("places.removed", { name: named(one) }));
    desk.redraw(`place-${one.id}`);
  };
  const back = async () => {
    if (!(await desk.ask(() => desk.hub.post(`${at(one)}/restore`)))) return;
    desk.gone.delete(one.id);
    await desk.refresh(t("places.back", { name: named(one) }));
  };
  return h(
    "li",
    { class: "entry consent line", "data-gone": gone },
    h(
      "div",
      { class: "consent-line" },
      h("span", { class: "entry-name", dir: "auto", text: named(one) }),
      h("span", { class: "entry-note", "data-on": one.inside === true && !gone, text: gone ? t("places.gone") : around + there }),
    ),
    gone
      ? button(t("undo.label"), back, { id: `place-${one.id}` })
      : button(t("places.remove"), remove, { id: `place-${one.id}`, "aria-label": t("places.remove.which", { name: named(one) }) }),
  );
}

/** Whether this device shares it: what is so now, in a sentence. */
function sharing(desk) {
  const { state, told } = desk.sharing;
  const last = state !== "off" && told ? t("sharing.told", { time: ago(told) }) : "";
  return check("sharing", {
    label: t("sharing.label"),
    value: state !== "off",
    note: t(`sharing.state.${state}.whole`) + last,
    change: desk.share,
  });
}

export function places(desk) {
  const all = desk.places && [
    ...desk.places,
    ...[...desk.gone.values()].filter((one) => one.radius && !desk.places.some((each) => each.id === one.id)),
  ];
  all?.sort((a, b) => named(a).localeCompare(named(b)) || a.id.localeCompare(b.id));
  return [
    sharing(desk),
    note(t("places.kept")),
    rule(),
    all
      ? titled(
          t("places.title"),
          all.length > 0
            ? h("ul", { class: "entries" }, ...all.map((one) => place(desk, one)))
            : h("p", { class: "empty", text: t("places.none") }),
        )
      : desk.waiting(),
  ];
}
