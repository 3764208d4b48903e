// What is kept, how much, since when and for how long; shorter is the wearer's to choose.

import { h } from "../dom.js";
import { known, number, t } from "../i18n.js";
import { day, size, thing, together } from "./words.js";

const ORDER = ["conversations", "messages", "notes", "lists", "schedule", "gallery"];
const SHORTER = [30, 14, 7, 3, 1, 0];

function named(days) {
  if (days === 0) return t("p.for.hour");
  return days === 1 ? t("p.for.day") : t("p.for.days", { days: number(days) });
}

function chooser({ name, days, chosen }, choose) {
  const options = [...new Set([days, ...SHORTER.filter((one) => one < days), ...(chosen === null ? [] : [chosen])])];
  options.sort((a, b) => b - a);
  const select = h(
    "select",
    { id: `for-${name}`, "aria-label": `${thing(name)}: ${t("p.kept.for")}` },
    ...options.map((one) => h("option", { value: one, selected: one === (chosen ?? days), text: named(one) })),
  );
  select.addEventListener("change", () => choose(name, Number(select.value) === days ? null : Number(select.value)));
  return select;
}

/** When it goes by itself. */
function goes({ name, days }) {
  if (days !== null) return named(days);
  const until = `p.thing.${name}.until`;
  return t(known(until) ? until : "p.kept.until");
}

function row(one, choose) {
  return h(
    "li",
    { class: "holding", "data-name": one.name },
    h("span", { class: "name", text: thing(one.name) }),
    h("span", { class: "figure count", text: number(one.count) }),
    h("span", {
      class: "soft small detail",
      text: one.count
        ? [one.size ? size(one.size) : "", one.oldest ? t("p.kept.since", { date: day(one.oldest) }) : ""].filter(Boolean).join(" · ")
        : "",
    }),
    one.choosable
      ? h("span", { class: "for" }, chooser(one, choose))
      : h("span", { class: "soft small for", text: one.account ? "" : goes(one) }),
  );
}

/** `choose(name, days)`: null for as long as the hub does. */
export function kept(root, { kept: all }, choose) {
  const place = ({ name, account }) => (account ? 99 : (ORDER.indexOf(name) + 1 || 50));
  const shown = all.filter((one) => one.count || one.choosable).sort((a, b) => place(a) - place(b));
  const bytes = all.reduce((sum, one) => sum + one.size, 0);
  root.replaceChildren(
    h("p", { class: "soft", text: together(bytes ? t("p.kept.all", { size: size(bytes) }) : "", t("p.for.note")) }),
    h("ul", { class: "rows" }, ...shown.map((one) => row(one, choose))),
    h("p", { class: "soft", text: t("p.kept.never") }),
    h("p", { class: "said", id: "kept-said", role: "status" }),
  );
}
