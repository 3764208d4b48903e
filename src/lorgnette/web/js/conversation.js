// The conversation as data: turns, what was said in them, and how far each sentence was heard.

const MOST_TURNS = 60;

/**
 * A turn: {id, at, words, partial, typed, language, utterances, outcome, stages, undo, undone}.
 * An utterance: {id, kind, sentences: [{index, text, heard: "no" | "now" | "yes" | "cut"}], ended}.
 */
export class Conversation {
  turns = [];

  /** `changed(turn)` is called after every change, with null after a removal or a load. */
  constructor(changed, now = Date.now) {
    this.changed = changed;
    this.now = now;
  }

  /** Feed an event of the hub; true when it was about the conversation. */
  take(event) {
    const turn = TAKERS[event.type]?.(this, event);
    if (turn) this.changed(turn);
    return Boolean(turn);
  }

  /** The device's own news: a sentence begins to sound or has sounded to its end. */
  sounded(utteranceId, index, heard) {
    const found = this.#sentence(utteranceId, index);
    if (!found || found.sentence.heard === "yes") return;
    found.sentence.heard = heard;
    this.changed(found.turn);
  }

  /** The hub began anew: what it was saying, it isn't any more. */
  broken() {
    for (const turn of this.turns) {
      for (const utterance of turn.utterances) {
        if (utterance.ended) continue;
        utterance.ended = "broken";
        for (const s of utterance.sentences) if (s.heard === "now") s.heard = "no";
        this.changed(turn);
      }
    }
  }

  /** The turn that was undone shows it. */
  undone(id) {
    const turn = this.turns.find((t) => t.id === id);
    if (!turn) return;
    turn.undone = true;
    this.changed(turn);
  }

  /** Words typed while the hub was away: they wait for it, and are seen meanwhile. */
  waits(words) {
    const turn = this.#add("");
    Object.assign(turn, { partial: words, typed: true, pending: true });
    this.changed(turn);
  }

  /** What waited and was given back to the wearer. */
  dropWaiting(words) {
    const at = this.turns.findIndex((t) => t.pending && t.partial === words);
    if (at < 0) return;
    this.turns.splice(at, 1);
    this.changed(null);
  }

  turn(id, { create = true } = {}) {
    let turn = this.turns.findLast((t) => t.id === id);
    if (!turn && create) {
      const open = this.turns.at(-1);
      if (open && open.id === "" && open.partial && !open.pending && !open.utterances.length) {
        open.id = id; // the words so far had no turn yet
        return open;
      }
      turn = this.#add(id);
    }
    return turn;
  }

  #add(id) {
    const turn = {
      id,
      at: this.now(),
      words: "",
      partial: "",
      typed: false,
      language: "",
      utterances: [],
      outcome: "",
      stages: [],
      undo: false,
      undone: false,
    };
    this.turns.push(turn);
    if (this.turns.length > MOST_TURNS) {
      this.turns.shift();
      this.changed(null);
    }
    return turn;
  }

  /** A typed turn begins: what waited for the hub is this turn now. */
  arrived(id, words) {
    if (this.turns.some((t) => t.id === id)) return;
    const waiting = this.turns.filter((t) => t.pending);
    const turn = waiting.find((t) => t.partial === words) ?? waiting[0]; // a PIN comes back masked
    if (turn) Object.assign(turn, { id, pending: false });
  }

  /** Nothing came of the words so far. */
  unsaid() {
    const open = this.turns.at(-1);
    if (!open || open.id !== "" || open.pending || open.words || open.utterances.length) return null;
    this.turns.pop();
    this.changed(null);
    return null;
  }

  utterance(event) {
    const key = event.turn || `say:${event.utterance}`;
    let found = this.#find(event.utterance);
    if (!found) {
      const turn = this.turn(key);
      const utterance = { id: event.utterance, kind: event.kind ?? "answer", sentences: [], ended: "" };
      turn.utterances.push(utterance);
      found = { turn, utterance };
    } else if (event.kind) found.utterance.kind = event.kind;
    return found;
  }

  #find(id) {
    for (const turn of this.turns.toReversed()) {
      const utterance = turn.utterances.find((u) => u.id === id);
      if (utterance) return { turn, utterance };
    }
    return null;
  }

  #sentence(id, index) {
    const found = this.#find(id);
    const sentence = found?.utterance.sentences.find((s) => s.index === index);
    return sentence ? { ...found, sentence } : null;
  }

  find(id) {
    return this.#find(id);
  }

  /** Turns from before; one that goes on just now keeps what is new of it. */
  recall(turns) {
    for (const past of turns) {
      const turn = this.turns.find((t) => t.id === past.id);
      if (!turn) {
        this.turns.push(past);
        continue;
      }
      if (turn.outcome) continue; // seen to its end here
      const again = new Set(turn.utterances.flatMap((u) => u.sentences.map((s) => s.text)));
      for (const utterance of past.utterances) {
        utterance.sentences = utterance.sentences.filter((s) => !again.has(s.text));
      }
      turn.utterances.unshift(...past.utterances);
      turn.at = past.at;
      turn.words ||= past.words;
      turn.language ||= past.language;
      turn.outcome ||= past.outcome;
      if (!turn.stages.length) turn.stages = past.stages;
    }
    this.turns.sort((a, b) => a.at - b.at);
    this.turns.splice(0, this.turns.length - MOST_TURNS);
    this.changed(null);
  }
}

const TAKERS = {
  forgotten(talk, { since = 0 }) {
    talk.turns = talk.turns.filter((turn) => turn.pending || turn.at < since * 1000);
    talk.changed(null);
    return null;
  },
  partial(talk, { text, turn }) {
    if (!text) return talk.unsaid();
    const target = talk.turn(turn);
    if (target.words) return null;
    target.partial = text;
    return target;
  },
  transcript(talk, { turn, text, language, typed }) {
    if (typed) talk.arrived(turn, text);
    const target = talk.turn(turn);
    Object.assign(target, { words: text, partial: "", language, typed: Boolean(typed) });
    return target;
  },
  "speech.begin": (talk, event) =>
    event.kind === "earcon" || event.kind === "music" ? null : talk.utterance(event).turn,
  sentence(talk, event) {
    if (!event.text) return null; // a sound without words
    const { turn, utterance } = talk.utterance(event);
    const known = utterance.sentences.find((s) => s.index === event.index);
    if (known) known.text = event.text;
    else {
      // a reply that goes on after a break says its unheard sentences again, as a new utterance
      for (const other of turn.utterances) {
        if (other !== utterance)
          other.sentences = other.sentences.filter((s) => s.heard === "yes" || s.text !== event.text);
      }
    }
    if (!known) utterance.sentences.push({ index: event.index, text: event.text, heard: "no" });
    return turn;
  },
  "speech.end"(talk, { utterance: id, reason }) {
    const found = talk.find(id);
    if (!found) return null;
    found.utterance.ended = reason ?? "done";
    if (reason === "stopped") {
      for (const s of found.utterance.sentences) if (s.heard !== "yes") s.heard = "cut";
    }
    return found.turn;
  },
  turn(talk, event) {
    const turn = talk.turn(event.turn);
    turn.partial = "";
    turn.words ||= event.transcript ?? "";
    turn.outcome = event.outcome;
    turn.stages = event.stages ?? [];
    turn.undo = Boolean(event.undo);
    turn.reply = event.reply ?? "";
    return turn;
  },
};
