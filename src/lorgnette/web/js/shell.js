// The page's own versions: a service worker keeps one whole version, and a new one is taken when nobody minds.

const REST_MS = 8000; // nobody touched the page for this long
const LOOK_MS = 3000;
const OFTEN_MS = 6 * 3600_000; // a page that stays open asks this often for a newer one
const ONCE = "lorgnette-reloaded"; // so that a page that can't be renewed doesn't go round in circles

/**
 * `quiet()`: whether nothing would be lost or cut by loading the page again just now.
 * Without a service worker (no secure address, a private window) all of this does nothing.
 */
export class Shell {
  #registration = null;
  #touched = performance.now();
  #taking = false;
  #looked = performance.now();

  constructor({ quiet }) {
    this.quiet = quiet;
  }

  async start() {
    if (!navigator.serviceWorker) return;
    const controlled = Boolean(navigator.serviceWorker.controller);
    navigator.serviceWorker.addEventListener("controllerchange", () => controlled && location.reload());
    for (const name of ["pointerdown", "keydown", "wheel", "touchmove"]) {
      addEventListener(name, () => (this.#touched = performance.now()), { capture: true, passive: true });
    }
    try {
      this.#registration = await navigator.serviceWorker.register("sw.js", { updateViaCache: "none" });
    } catch {
      return; // a certificate that isn't trusted, or a browser that doesn't want to: the page works as it is
    }
    if (!this.#registration) return;
    if (this.#registration.waiting) {
      this.#take(); // nothing has been done here yet
      return;
    }
    setInterval(() => this.#see(), LOOK_MS);
  }

  /** The hub was started again: it may be a newer one. */
  async look() {
    this.#looked = performance.now();
    await this.#registration?.update().catch(() => {}); // no hub, no news
  }

  /** The hub speaks another version of the protocol: only another page can help. Gives whether one comes. */
  async renew() {
    if (sessionStorage.getItem(ONCE)) return false;
    sessionStorage.setItem(ONCE, "1");
    await this.look();
    const coming = this.#registration?.installing;
    if (coming) await new Promise((resolve) => coming.addEventListener("statechange", resolve, { once: true }));
    if (this.#registration?.waiting) this.#take();
    else location.reload();
    return true;
  }

  /** All is well: another version may come another day. */
  settled() {
    sessionStorage.removeItem(ONCE);
  }

  #see() {
    const now = performance.now();
    if (now - this.#looked > OFTEN_MS) this.look();
    if (!this.#registration.waiting || this.#taking) return;
    const resting = document.hidden || now - this.#touched > REST_MS;
    if (resting && this.quiet()) this.#take();
  }

  #take() {
    this.#taking = true;
    this.#registration.waiting.postMessage("take");
  }
}
