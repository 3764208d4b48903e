// The conversation on the page: what was asked, what was answered, and how far it was heard.

import { h, icon } from "./dom.js";
import { clockTime, known, polish, quote, t } from "./i18n.js";
import { waterfall } from "./waterfall.js";

const NEAR = 96; // px from the end within which the page follows the conversation

/** `undo(turn)` is asked when its button is pressed. `scroll`: the element that scrolls. */
export class TalkView {
  #items = new Map(); // turn → element
  #open = new Set();

  constructor(root, { scroll, undo, turns }) {
    this.root = root;
    this.scroll = scroll;
    this.undo = undo;
    this.turns = turns;
  }

  /** A turn changed; null: turns went or came. */
  update(turn) {
    const following = this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < NEAR;
    if (!turn) this.#all();
    else this.#one(turn);
    if (following) this.scroll.scrollTop = this.scroll.scrollHeight;
  }

  redraw() {
    this.update(null);
  }

  #all() {
    const turns = this.turns();
    for (const [turn, element] of this.#items) {
      if (turns.includes(turn)) continue;
      element.remove();
      this.#items.delete(turn);
    }
    for (const turn of turns) {
      this.#one(turn);
      this.root.append(this.#items.get(turn)); // in their order
    }
  }

  #one(turn) {
    let item = this.#items.get(turn);
    if (!item) {
      item = h("li", { class: "turn" });
      this.#items.set(turn, item);
      this.root.append(item);
    }
    item.dataset.turn = turn.id;
    const focused = item.contains(document.activeElement) ? document.activeElement.className : "";
    item.replaceChildren(...this.#draw(turn));
    if (focused) item.getElementsByClassName(focused)[0]?.focus();
  }

  #draw(turn) {
    const said = turn.words || turn.partial;
    const when = h("time", { datetime: new Date(turn.at).toISOString(), text: clockTime(turn.at) });
    const parts = [];
    if (said) {
      const words = turn.words ? quote(polish(said), turn.language || undefined) : polish(said);
      parts.push(
        h(
          "div",
          { class: "asked" },
          h("p", {
            class: "words",
            "data-partial": !turn.words,
            lang: turn.language || undefined,
            text: words,
          }),
          when,
        ),
      );
    }
    for (const utterance of turn.utterances) parts.push(...this.#utterance(utterance, said ? null : when));
    parts.push(this.#after(turn));
    const trace = this.#trace(turn);
    if (trace) parts.push(trace.row, trace.steps);
    return parts.filter(Boolean);
  }

  #utterance(utterance, when) {
    const kind = utterance.kind;
    const named = kind !== "answer" && known(`kind.${kind}`);
    const head = named
      ? h(
          "div",
          { class: "asked" },
          h("p", { class: "words kind", "data-kind": kind, text: t(`kind.${kind}`) }),
          when,
        )
      : null;
    if (!utterance.sentences.length) return [head];
    const sentences = utterance.sentences.flatMap((sentence, i) => [
      i && !/[。！？]$/.test(utterance.sentences[i - 1].text) ? " " : "",
      h("span", {
        class: "sentence",
        "data-heard": sentence.heard,
        text: sentence.text.replaceAll(/(\p{L})'(\p{L})/gu, "$1’$2"),
      }),
    ]);
    const answer = h("p", { class: "answer" }, ...sentences);
    return head || !when ? [head, answer] : [h("div", { class: "asked alone" }, answer, when)];
  }

  #after(turn) {
    const cut = turn.utterances.some((u) => u.ended === "stopped");
    if (turn.pending) return h("p", { class: "kind", text: t("turn.pending") });
    const words = turn.undone
      ? t("turn.undone")
      : cut
        ? t("turn.cut")
        : known(`outcome.${turn.outcome}`) && turn.outcome !== "proposed"
          ? t(`outcome.${turn.outcome}`)
          : "";
    return words ? h("p", { class: "kind", text: words }) : null;
  }

  #trace(turn) {
    const undo =
      turn.undo && !turn.undone
        ? h(
            "button",
            { type: "button", class: "undo", onclick: () => this.undo(turn) },
            icon("undo"),
            h("span", { text: t("turn.undo") }),
          )
        : null;
    if (!turn.stages.length) return undo ? { row: h("div", { class: "after" }, undo), steps: null } : null;
    const { strip, steps } = waterfall(turn, {
      open: this.#open.has(turn),
      toggle: () => {
        if (!this.#open.delete(turn)) this.#open.add(turn);
        this.update(turn);
      },
    });
    return { row: h("div", { class: "after" }, strip, undo), steps };
  }
}
