// The page's own versions: a service worker keeps one whole version, and a new one is taken when nobody minds.

const REST_MS = 30_000; // nobody touched the page for this long; what is half typed outlives the reload
const LOOK_MS = 3000; // not sooner after a load: Chrome leaves a version waiting that is called while the old one works
const OFTEN_MS = 6 * 3600_000; // a page that stays open asks this often for a newer one
const ONCE = "lorgnette-reloaded"; // so that a page that can't be renewed doesn't go round in circles

/**
 * `quiet()`: whether nothing would be lost or cut by loading the page again just now.
 * Without a service worker (no secure address, a private window) all of this does nothing.
 */
export class Shell {
  #registration = null;
  #touched = 0;
  #fresh = false; // it waited already when this page opened
  #taking = false;
  #due = false; // another version serves this window already
  #looked = performance.now();

  constructor({ quiet }) {
    this.quiet = quiet;
  }

  async start() {
    if (!navigator.serviceWorker) return;
    const controlled = Boolean(navigator.serviceWorker.controller);
    navigator.serviceWorker.addEventListener("controllerchange", () => {
      if (!controlled) return; // the first one ever: it is what this page was made of
      this.#due = true;
      if (this.quiet()) location.reload();
    });
    for (const name of ["pointerdown", "keydown", "wheel", "touchmove"]) {
      addEventListener(name, () => (this.#touched = performance.now()), { capture: true, passive: true });
    }
    try {
      // asked first: registering again waits until the browser has looked for a newer one, seconds later
      this.#registration =
        (await navigator.serviceWorker.getRegistration()) ??
        (await navigator.serviceWorker.register("sw.js", { updateViaCache: "none" }));
    } catch {
      return; // a certificate that isn't trusted, or a browser that doesn't want to: the page works as it is
    }
    if (!this.#registration) return;
    setInterval(() => this.#see(), LOOK_MS);
    this.#fresh = Boolean(this.#registration.waiting);
    if (!this.#fresh) this.look(); // a browser would get round to it, some time
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
    if (this.#due && this.quiet()) location.reload();
    if (!this.#registration.waiting) return;
    const resting = document.hidden || now - this.#touched > REST_MS || (this.#fresh && !this.#touched);
    if (this.#taking || (resting && this.quiet())) this.#take();
  }

  #take() {
    this.#taking = true;
    this.#registration.waiting.postMessage("take");
  }
}
