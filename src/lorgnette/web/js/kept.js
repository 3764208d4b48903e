// The last conversation on this device, for when the hub is away; only where the wearer wants it.

const KEY = "lorgnette-kept";
const MOST = 20;
const DAYS = 7;

/** Turns as `Conversation` has them, words only; older ones than a week are not given back. */
export class Kept {
  constructor(storage, wanted, now = Date.now) {
    Object.assign(this, { storage, wanted, now });
  }

  keep(turns) {
    if (!this.wanted()) {
      this.forget();
      return;
    }
    const words = turns
      .filter((turn) => turn.words && !turn.pending)
      .slice(-MOST)
      .map(({ id, at, words, typed, language, utterances, outcome }) => ({
        id,
        at,
        words,
        typed,
        language,
        outcome,
        utterances: utterances.map(({ id, kind, sentences, ended }) => ({ id, kind, sentences, ended: ended || "done" })),
      }));
    try {
      this.storage?.setItem(KEY, JSON.stringify(words));
    } catch {
      // full or refused
    }
  }

  read() {
    if (!this.wanted()) return [];
    try {
      const turns = JSON.parse(this.storage?.getItem(KEY) ?? "[]");
      const oldest = this.now() - DAYS * 86_400_000;
      return turns
        .filter((turn) => turn.at > oldest)
        .map((turn) => ({ partial: "", stages: [], undo: false, undone: false, ...turn }));
    } catch {
      return [];
    }
  }

  forget() {
    try {
      this.storage?.removeItem(KEY);
    } catch {
      // refused anyway
    }
  }
}
