// Errands: what the hub does or watches on its own, and what came of it last.

import { h } from "../dom.js";
import { number, quote, t, when } from "../i18n.js";
import { button, note, titled } from "./fields.js";

/** What runs; null where the hub hasn't told. */
export const loadErrands = (hub) => hub.get("/v1/errands").catch(() => null);

const at = (one) => `/v1/errands/${encodeURIComponent(one.id)}`;

function ran(one) {
  if (one.runs === 0) return t("errands.runs.none");
  return t(one.runs === 1 ? "errands.runs.one" : "errands.runs", { count: number(one.runs) });
}

function errand(desk, one) {
  const gone = desk.gone.has(one.id);
  const time = when(one.due * 1000, desk.me?.zone);
  const next = one.status === "running" ? t("errands.running") : t(`errands.next.${one.kind}`, { time });
  const end = async () => {
    if (!(await desk.ask(() => desk.hub.delete(at(one))))) return;
    desk.gone.set(one.id, one);
    desk.say(t("errands.ended"));
    desk.redraw(`errand-${one.id}`);
  };
  const back = async () => {
    if (!(await desk.ask(() => desk.hub.post(`${at(one)}/restore`)))) return;
    desk.gone.delete(one.id);
    await desk.refresh(t("errands.back"));
  };
  return h(
    "li",
    { class: "entry consent", "data-gone": gone },
    h("p", { class: "consent-question", text: quote(one.what, one.language), lang: one.language, dir: "auto" }),
    h("span", { class: "entry-note", text: gone ? t("errands.over") : `${next} · ${ran(one)}` }),
    one.last && !gone
      ? h("blockquote", { class: "outside-words", "aria-label": t("errands.last"), lang: one.language, dir: "auto", text: one.last })
      : null,
    h(
      "div",
      { class: "row-buttons" },
      gone
        ? button(t("undo.label"), back, { id: `errand-${one.id}` })
        : button(t("errands.end"), end, { id: `errand-${one.id}`, "aria-label": t("errands.end.which", { what: one.what }) }),
    ),
  );
}

export function errands(desk) {
  if (!desk.errands) return [desk.waiting()];
  const ended = [...desk.gone.values()].filter((one) => one.what && !desk.errands.some((each) => each.id === one.id));
  const all = [...desk.errands, ...ended].sort((a, b) => a.due - b.due || a.id.localeCompare(b.id));
  return [
    titled(
      t("errands.title"),
      note(t("errands.note")),
      all.length > 0
        ? h("ul", { class: "entries" }, ...all.map((one) => errand(desk, one)))
        : h("p", { class: "empty", text: t("errands.none") }),
    ),
  ];
}
