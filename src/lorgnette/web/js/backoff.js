// How long to wait before trying to reach the hub again.

const STEPS = [0.05, 0.25, 0.5, 1, 1.5, 2, 3, 5];

/** Short at first, so that a blip isn't noticed; spread by ±30 %, so that a restarted hub isn't stormed. */
export class Backoff {
  #tries = 0;

  constructor(random = Math.random) {
    this.random = random;
  }

  /** Seconds until the next try. */
  next() {
    const base = STEPS[Math.min(this.#tries, STEPS.length - 1)];
    this.#tries += 1;
    return base * (0.7 + 0.6 * this.random());
  }

  reset() {
    this.#tries = 0;
  }
}
