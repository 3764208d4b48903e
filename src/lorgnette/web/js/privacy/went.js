// What went out: by host and kind, then one by one.

import { h } from "../dom.js";
import { number, t } from "../i18n.js";
import { moment, size } from "./words.js";

function total({ host, reach, what, count, size: bytes, failed }) {
  return h(
    "tr",
    null,
    h(
      "th",
      { scope: "row" },
      h("span", { class: "name", text: host }),
      h("span", { class: "reach", "data-reach": reach, text: t(`p.reach.${reach}`) }),
    ),
    h("td", { text: t(`p.what.${what}`) }),
    h(
      "td",
      { class: "figure" },
      number(count),
      failed ? h("small", { text: t("p.went.failed", { count: number(failed) }) }) : null,
    ),
    h("td", { class: "figure", text: size(bytes) }),
  );
}

function entry({ at, host, what, size: bytes, how, own }) {
  const remarks = [t(`p.what.${what}`), own ? t("p.went.own") : "", how === "ok" ? "" : t(`p.how.${how}`)];
  return h(
    "li",
    null,
    h("time", { datetime: new Date(at * 1000).toISOString(), text: moment(at) }),
    h("span", { class: "name", text: host }),
    h("span", { class: "soft", text: remarks.filter(Boolean).join(" · ") }),
    h("span", { class: "figure", text: size(bytes) }),
  );
}

export function went(root, { days, totals, entries }) {
  const left = totals.filter((one) => one.reach !== "machine");
  const shownDays = number(days);
  if (!totals.length) {
    root.replaceChildren(h("p", { class: "empty", text: t("p.went.none", { days: shownDays }) }));
    return;
  }
  const here = totals.reduce((sum, one) => sum + (one.reach === "machine" ? one.count : 0), 0);
  root.replaceChildren(
    h("p", {
      class: left.length ? "soft" : "empty",
      text: left.length
        ? t("p.went.note", { days: shownDays })
        : t("p.went.here", { days: shownDays, count: number(here) }),
    }),
    h(
      "table",
      { class: "totals" },
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          h("th", { scope: "col", text: t("p.went.server") }),
          h("th", { scope: "col", text: t("p.went.what") }),
          h("th", { scope: "col", class: "figure", text: t("p.went.times") }),
          h("th", { scope: "col", class: "figure", text: t("p.went.size") }),
        ),
      ),
      h("tbody", null, ...totals.map(total)),
    ),
    h(
      "details",
      null,
      h("summary", { text: t("p.went.last") }),
      h("ol", { class: "requests" }, ...entries.map(entry)),
    ),
  );
}
