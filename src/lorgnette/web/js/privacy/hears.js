// Who hears the wearer: from the configuration, nobody is asked.

import { h } from "../dom.js";
import { t } from "../i18n.js";
import { listed, sentence } from "./words.js";

const outside = (one) => one.contents === null || (one.contents.length > 0 && one.reach !== "machine");

/** The page's first sentence: whether anything leaves, and to whom. */
export function lead(listeners) {
  const out = listeners.filter(outside);
  const unknown = out.find((one) => one.contents === null);
  if (unknown) return t("p.lead.unknown", { engine: unknown.engine });
  const beyond = out.filter((one) => one.reach === "beyond");
  const hosts = listed([...new Set((beyond.length ? beyond : out).map((one) => one.host))]);
  if (beyond.length) return t("p.lead.beyond", { hosts });
  return out.length ? t("p.lead.network", { hosts }) : t("p.lead.none");
}

function row({ host, engine, reach, contents, encrypted, settings }) {
  const sends = contents === null ? [t("p.sends.unknown")] : contents.map((one) => t(`p.sends.${one}`));
  return h(
    "li",
    { class: "host" },
    h("p", { class: "name", text: host || engine }),
    h("span", { class: "reach", "data-reach": reach, text: t(`p.reach.${reach}`) }),
    h("p", { class: "soft", text: sentence(sends) }),
    !encrypted && contents !== null && reach !== "machine"
      ? h("p", { class: "warn", text: t("p.open.way") })
      : null,
    settings.length
      ? h("p", { class: "soft small" }, `${t("p.hears.set")} `, h("code", { text: settings.join(", ") }))
      : null,
  );
}

/** One row a host, whatever it is asked for. */
function hosts(listeners) {
  const found = new Map();
  for (const one of listeners.filter(outside)) {
    const key = one.contents === null ? `engine ${one.engine}` : one.host;
    const row = found.get(key) ?? { ...one, contents: one.contents && [], settings: [] };
    row.contents?.push(...(one.contents ?? []).filter((what) => !row.contents.includes(what)));
    row.encrypted &&= one.encrypted;
    if (one.setting) row.settings.push(`[${one.setting}]`);
    found.set(key, row);
  }
  return [...found.values()];
}

export function hears(root, { listeners }) {
  const out = hosts(listeners);
  const here = listeners.filter((one) => !outside(one)).map((one) => t("p.hears.one", { kind: t(`p.kind.${one.kind}`), engine: one.engine }));
  root.replaceChildren(
    out.length ? h("ul", { class: "rows" }, ...out.map(row)) : h("p", { class: "empty", text: t("p.hears.none") }),
    here.length ? h("p", { class: "soft", text: t("p.hears.here", { list: listed(here) }) }) : "",
  );
}
