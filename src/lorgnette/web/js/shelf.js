// The scenes that are up now, by id; they leave by `hide`, or by themselves when their time is over.

const DOUBT_MS = 1500; // how long a hub that began anew has to show again what is still up

/** `changed(id, entry | null)`; an entry: {id, scene, image, since} with `since` in ms of this page. */
export class Shelf {
  entries = new Map();
  #timers = new Map();

  constructor(changed, { set = setTimeout, clear = clearTimeout } = {}) {
    this.changed = changed;
    this.set = (work, ms) => set(work, ms);
    this.clear = (id) => clear(id);
  }

  show({ id, scene, image = "" }) {
    this.clear(this.#timers.get(id));
    this.#timers.delete(id);
    const entry = { id, scene, image, since: Date.now() };
    this.entries.set(id, entry);
    if (scene.ttl > 0)
      this.#timers.set(
        id,
        this.set(() => this.hide({ id }), scene.ttl * 1000),
      );
    this.changed(id, entry);
  }

  hide({ id }) {
    this.clear(this.#timers.get(id));
    this.#timers.delete(id);
    if (this.entries.delete(id)) this.changed(id, null);
  }

  /** The hub began anew and shows again what is still up; the rest leaves a moment later, so that nothing jumps. */
  doubt() {
    const doubted = new Map(this.entries);
    if (!doubted.size) return;
    this.set(() => {
      for (const [id, entry] of doubted) if (this.entries.get(id) === entry) this.hide({ id });
    }, DOUBT_MS);
  }
}
