// The words that stand low in view while they are spoken.

const AFTER_SPEECH_MS = 2500;
const AFTER_WORDS_MS = 6000;

/**
 * `changed({text, who, final} | null)`. A hub that sends caption scenes has the say; until then the
 * captions follow the words themselves.
 */
export class Captions {
  #timer = 0;
  #scenes = new Map();
  #fromHub = false;
  now = null;

  constructor(changed) {
    this.changed = changed;
  }

  take(event) {
    if (this.#fromHub) return;
    if (event.type === "partial") this.#partial(event.text);
    else if (event.text === "") return;
    else if (event.type === "transcript") {
      this.#set({ text: event.text, who: "wearer", final: true }, AFTER_WORDS_MS);
    } else if (event.type === "sentence") this.#set({ text: event.text, who: "hub", final: true });
    else if (event.type === "speech.end") this.#leave(event.reason === "stopped" ? 0 : AFTER_SPEECH_MS);
  }

  /** A scene came, changed or left; true when it was a caption and is dealt with here. */
  scene(id, entry) {
    if (entry?.scene.kind === "caption") {
      this.#fromHub = true;
      this.#scenes.delete(id);
      this.#scenes.set(id, entry.scene);
    } else if (!this.#scenes.delete(id)) return false;
    this.#set([...this.#scenes.values()].at(-1) ?? null);
    return true;
  }

  reset() {
    this.#fromHub = false;
    this.#scenes.clear();
    this.#set(null);
  }

  /** The words so far; without any, nothing came of them. They leave with whoever stops in mid-sentence. */
  #partial(text) {
    if (text) this.#set({ text, who: "wearer", final: false }, AFTER_WORDS_MS);
    else if (this.now && !this.now.final) this.#set(null);
  }

  #set(caption, ms = 0) {
    clearTimeout(this.#timer);
    this.now = caption;
    this.changed(caption);
    if (ms) this.#leave(ms);
  }

  #leave(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#set(null), ms);
  }
}
