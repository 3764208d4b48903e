// What the wearer was asked to allow, what they answered, and what needs no question any more.

import { h } from "../dom.js";
import { ago, t } from "../i18n.js";
import { note, rule, titled, twice } from "./fields.js";

const SHOWN = 30;

/** What the hub has of this wearer; null where it hasn't told. */
export async function loadConsents(hub) {
  try {
    const [log, rules] = await Promise.all([
      hub.get(`/v1/consents?limit=${SHOWN}`),
      hub.get("/v1/consents/rules"),
    ]);
    return { log, rules };
  } catch {
    return null;
  }
}

function standing(desk, one) {
  const name = one.who || one.to;
  const end = async () => {
    if (await desk.ask(() => desk.hub.delete(`/v1/consents/rules/${encodeURIComponent(one.id)}`))) {
      await desk.refresh(t("consents.ended", { name }));
    }
  };
  return h(
    "li",
    { class: "entry consent" },
    h(
      "div",
      { class: "consent-line" },
      h("span", { class: "entry-name", text: name }),
      h("span", { class: "entry-note", text: one.to }),
    ),
    h("div", { class: "row-buttons" }, twice(t("consents.end"), t("consents.end.sure"), end)),
  );
}

function asked(one) {
  const how = one.how ? ` · ${t(`consents.how.${one.how}`)}` : "";
  const sources = one.sources.map((source) => `${t(`consents.source.${source.kind}`)} ${source.name}`.trim());
  return h(
    "li",
    { class: "entry consent" },
    h("p", { class: "consent-question", text: one.question }),
    h("span", {
      class: "entry-note",
      "data-on": one.answer === "yes" || one.answer === "rule",
      text: `${t(`consents.answer.${one.answer}`)}${how} · ${ago(one.at * 1000)}`,
    }),
    sources.length ? h("span", { class: "entry-note", text: t("consents.behind", { names: sources.join(", ") }) }) : null,
  );
}

export function consents(desk) {
  if (!desk.consents) return [desk.waiting()];
  const { log, rules } = desk.consents;
  return [
    titled(
      t("consents.rules"),
      note(t("consents.rules.note")),
      rules.length ? h("ul", { class: "entries" }, ...rules.map((one) => standing(desk, one))) : h("p", { class: "empty", text: t("consents.rules.none") }),
    ),
    rule(),
    titled(
      t("consents.log"),
      log.length ? h("ul", { class: "entries" }, ...log.map(asked)) : h("p", { class: "empty", text: t("consents.log.none") }),
    ),
  ];
}
