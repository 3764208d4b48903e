// Whether the hub is told where the wearer is: not at all, as the device knows it, or as a hand chose it.

import { apart } from "./geometry.js";

const EVERY_MS = 15_000;
const MOVED_M = 25;
const OLDEST_MS = 10_000; // a position that the device may still have from before
const DENIED = 1;

/**
 * `mode`: off, device, hand. `state`: the same, or asking: no position has come yet. `changed()` is told of
 * both and of each position that was told; `moved(latitude, longitude)` of the device's own;
 * `refused()` when the browser doesn't allow it. At most one is told in 15 s, and one after 25 m.
 *
 * A hidden page keeps its watch: the browser decides whether anything comes of it. Seen again, it asks afresh.
 */
export class Sharing {
  #watch = null;
  #last = null; // what was told last: {latitude, longitude, at}
  #next = null; // came too soon after it
  #timer = 0;

  constructor({ glasses, prefs, changed, moved, refused, geolocation = navigator.geolocation }) {
    Object.assign(this, { glasses, prefs, changed, moved, refused, geolocation });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible" && this.#watch !== null) this.#look();
    });
  }

  get mode() {
    return this.prefs.get("sharing");
  }

  get state() {
    return this.#watch !== null && !this.#last ? "asking" : this.mode;
  }

  /** When the hub was told last (ms); 0: not yet. */
  get told() {
    return this.#last?.at ?? 0;
  }

  /** What was on when the page was left goes on. */
  start() {
    if (this.mode === "device" && this.#watch === null) this.#look();
  }

  /** Another window is the glasses now. */
  pause() {
    this.#stop();
  }

  on() {
    if (!this.geolocation) return this.refused();
    this.#last = null;
    this.#look();
    this.changed();
  }

  off() {
    this.#stop();
    this.#last = null;
    this.#become("off");
  }

  /** A hand chose where to be. */
  chosen(latitude, longitude) {
    this.#stop();
    this.#tell({ latitude, longitude, accuracy: 5 });
    this.#become("hand");
  }

  /** A hub that began anew knows nothing of before. */
  again() {
    if (this.mode === "hand") this.#tell({ ...this.#hand, accuracy: 5 });
    else if (this.mode === "device" && this.#last) this.#tell(this.#last);
  }

  get #hand() {
    return { latitude: this.prefs.get("latitude"), longitude: this.prefs.get("longitude") };
  }

  #look() {
    this.#stop();
    this.#watch = this.geolocation.watchPosition(
      ({ coords }) => this.#came(coords),
      ({ code }) => {
        if (code !== DENIED) return; // no satellites just now, say: it goes on looking
        this.off();
        this.refused();
      },
      { enableHighAccuracy: true, maximumAge: OLDEST_MS },
    );
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#next = null;
    if (this.#watch !== null) this.geolocation.clearWatch(this.#watch);
    this.#watch = null;
  }

  #came({ latitude, longitude, accuracy, speed }) {
    const here = { latitude, longitude, accuracy, speed: Number.isFinite(speed) ? speed : null };
    this.moved(latitude, longitude);
    const wait = this.#last ? this.#last.at + EVERY_MS - Date.now() : 0;
    if (wait <= 0 || apart(this.#last, here) >= MOVED_M) {
      this.#tell(here);
      this.#become("device");
    } else {
      this.#next = here;
      this.#timer ||= setTimeout(() => this.#next && this.#tell(this.#next), wait);
    }
  }

  #tell(here) {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#next = null;
    this.#last = { ...here, at: Date.now() };
    this.glasses.location(here);
    this.changed();
  }

  #become(mode) {
    if (mode === this.mode) return this.changed();
    this.prefs.set("sharing", mode);
    this.glasses.located();
    this.changed();
  }
}
