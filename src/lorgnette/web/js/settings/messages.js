// What came in lately: others' words, set apart as theirs. Nothing in them is followed, opened or run.

import { h } from "../dom.js";
import { ago, t } from "../i18n.js";
import { button, note, rule, titled, twice } from "./fields.js";

const SHOWN = 30;
const LONG = 700; // characters; more of them scroll

/** Newest first; null where the hub hasn't told. */
export const loadMessages = (hub) => hub.get(`/v1/messages?limit=${SHOWN}`).catch(() => null);

const at = (one) => `/v1/messages/${encodeURIComponent(one.id)}`;

function message(desk, one) {
  const who = one.sender || one.channel;
  const doing = (work, words) => async () => {
    if (await desk.ask(work)) await desk.refresh(words);
  };
  const words = [one.title, one.text].filter(Boolean);
  const scrolls = one.text.length > LONG ? { tabindex: 0, "data-long": true, role: "group", "aria-label": who } : {};
  const came = [one.sender ? one.channel : "", ago(one.at * 1000), one.read ? "" : t("messages.new")];
  return h(
    "li",
    { class: "entry consent" },
    h(
      "div",
      { class: "message-line" },
      h("span", { class: "entry-name", dir: "auto", text: who }),
      h("span", { class: "entry-note", "data-on": !one.read, text: came.filter(Boolean).join(" · ") }),
    ),
    words.length > 0
      ? h("blockquote", { class: "outside-words", dir: "auto", ...scrolls }, ...words.map((text) => h("p", { text })))
      : null,
    h(
      "div",
      { class: "row-buttons" },
      one.read ? null : button(t("messages.read"), doing(() => desk.hub.patch(at(one), { read: true }))),
      twice(t("messages.delete"), t("messages.delete.sure"), doing(() => desk.hub.delete(at(one)), t("messages.deleted"))),
    ),
  );
}

/** How a script tells the wearer something. */
function developers(desk) {
  const example = [
    `curl ${location.origin}/v1/notify \\`,
    '  -H "Authorization: Bearer $LORGNETTE_TOKEN" \\',
    `  -d '${JSON.stringify({ app: t("messages.example.app"), text: t("messages.example.text"), key: "1" })}'`,
  ].join("\n");
  const code = h("code", { text: example });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(example);
      desk.say(t("messages.copied"));
    } catch {
      getSelection().selectAllChildren(code); // not from HTTPS: the browser's own copying remains
    }
  };
  return h(
    "div",
    { class: "entry" },
    h(
      "details",
      null,
      h("summary", null, h("span", { class: "entry-name", text: t("messages.developers") })),
      note(t("messages.developers.note")),
      h("pre", { class: "example", tabindex: 0, role: "group", "aria-label": t("messages.developers") }, code),
      h("div", { class: "row-buttons" }, button(t("messages.copy"), copy)),
    ),
  );
}

export function messages(desk) {
  if (!desk.messages) return [desk.waiting()];
  const fresh = desk.messages.filter((one) => !one.read).length;
  const all = async () => {
    if (await desk.ask(() => desk.hub.post("/v1/messages/read"))) await desk.refresh(t("messages.read.said"));
  };
  return [
    titled(
      t("messages.title"),
      note(t("messages.note")),
      fresh > 1 ? h("div", { class: "row-buttons" }, button(t("messages.read.all"), all)) : null,
      desk.messages.length > 0
        ? h("ul", { class: "entries" }, ...desk.messages.map((one) => message(desk, one)))
        : h("p", { class: "empty", text: t("messages.none") }),
    ),
    rule(),
    developers(desk),
  ];
}
