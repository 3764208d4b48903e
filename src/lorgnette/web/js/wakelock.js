// The screen stays on while the glasses are worn on this device: in AR form, or while the microphone is open.

/** `wanted()`: whether it should stay on now. Call `see()` when that may have changed. */
export class WakeLock {
  #lock = null;
  #asking = null;

  constructor(wanted) {
    this.wanted = wanted;
    // the system takes the lock away from a page that isn't seen
    document.addEventListener("visibilitychange", () => this.see());
  }

  static get able() {
    return "wakeLock" in navigator;
  }

  get held() {
    return Boolean(this.#lock) && !this.#lock.released;
  }

  async see() {
    if (!WakeLock.able) return;
    await this.#asking;
    const yes = this.wanted() && document.visibilityState === "visible";
    if (yes === this.held) return;
    if (!yes) {
      const lock = this.#lock;
      this.#lock = null;
      await lock?.release().catch(() => {});
      return;
    }
    this.#asking = navigator.wakeLock
      .request("screen")
      .then((lock) => {
        this.#lock = lock;
        lock.addEventListener("release", () => lock === this.#lock && (this.#lock = null));
      })
      .catch(() => {}) // a low battery, or a policy: the screen goes dark as usual
      .finally(() => {
        this.#asking = null;
      });
    await this.#asking;
    if (this.held && !this.wanted()) await this.see(); // it changed meanwhile
  }
}
