// Fourth step: the first thing that is really said, to what this hub really has.

import { h, icon } from "../dom.js";
import { language, polish, quote, t } from "../i18n.js";

const MOST = 3;
const EASY = ["timers", "clock", "lists", "notes"]; // what shows most at a first try

export function first(desk) {
  const { glasses, hub } = desk;
  const list = h("ul", { class: "examples" });
  const words = h("p", { class: "words" });
  const answer = h("p", { class: "answer" });
  const live = h("div", { class: "tried", role: "log", "aria-label": t("talk.label") }, words, answer);
  const mic = h(
    "button",
    { type: "button", class: "mic", "aria-pressed": "false", "aria-label": t("mic.talk"), onclick: () => glasses.toggle() },
    icon("mic"),
  );
  const offered = (found) => {
    const rank = ({ skill }) => (EASY.includes(skill) ? EASY.indexOf(skill) : EASY.length);
    const chosen = found.toSorted((a, b) => rank(a) - rank(b)).slice(0, MOST);
    list.replaceChildren(
      ...chosen.map(({ example }) =>
        h("li", null, h("button", { type: "button", class: "say", onclick: () => glasses.type(example) }, quote(example))),
      ),
    );
  };
  offered([{ skill: "", example: t("empty.say") }]);
  hub
    .get(`/v1/examples?language=${language()}`)
    .then((found) => found.length && offered(found))
    .catch(() => {}); // one of our own stays
  const began = Date.now();
  desk.onturn = (turn) => {
    if (!turn || turn.at < began) return;
    if (turn.utterances.some(({ kind }) => kind !== "answer")) return; // what the hub says of its own accord
    const said = turn.words || turn.partial;
    words.textContent = said && turn.words ? quote(polish(said)) : polish(said);
    answer.textContent = turn.utterances.flatMap((u) => u.sentences.map((s) => s.text)).join(" ");
    live.toggleAttribute("data-done", turn.outcome === "done");
  };
  desk.onlistening = () => {
    mic.setAttribute("aria-pressed", String(glasses.listening));
    mic.setAttribute("aria-label", t(glasses.listening ? "mic.listening" : "mic.talk"));
  };
  desk.onlevel = (level) => mic.style.setProperty("--level", Math.min(1, level * 5).toFixed(2));
  desk.onlistening();
  return [list, h("div", { class: "try" }, mic, h("p", { class: "note", text: t("begin.first.how") })), live];
}
