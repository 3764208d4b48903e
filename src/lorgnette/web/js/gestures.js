// From a finger on the temple to gestures: tap, double tap, hold, and swipes in four directions.

const MOVE = 24; // px after which a touch is a swipe and no tap
const HOLD = 350; // ms
const DOUBLE = 260; // ms between two taps

/**
 * `emit` gets "tap", "double_tap", "hold", "release", "swipe_forward", …
 * `eager()` true: a tap is told at once, because it interrupts; a double tap then follows its first tap.
 * `timers` are `setTimeout` and `clearTimeout`, or a test's own.
 */
export class Gestures {
  #start = null;
  #holding = false;
  #holdTimer = 0;
  #tapTimer = 0;
  #lastTap = -Infinity;

  constructor(emit, { eager = () => false, set = setTimeout, clear = clearTimeout } = {}) {
    this.emit = emit;
    this.eager = eager;
    this.set = (work, ms) => set(work, ms);
    this.clear = (id) => clear(id);
  }

  down(x, y) {
    this.#start = { x, y };
    this.#holding = false;
    this.#holdTimer = this.set(() => {
      this.#holding = true;
      this.emit("hold");
    }, HOLD);
  }

  move(x, y) {
    if (!this.#start || this.#holding) return;
    if (Math.hypot(x - this.#start.x, y - this.#start.y) > MOVE) this.clear(this.#holdTimer);
  }

  up(x, y, now) {
    if (!this.#start) return;
    const { x: fromX, y: fromY } = this.#start;
    this.#start = null;
    this.clear(this.#holdTimer);
    if (this.#holding) {
      this.#holding = false;
      this.emit("release");
      return;
    }
    const dx = x - fromX;
    const dy = y - fromY;
    if (Math.hypot(dx, dy) > MOVE) {
      if (Math.abs(dx) >= Math.abs(dy)) this.emit(dx > 0 ? "swipe_forward" : "swipe_back");
      else this.emit(dy > 0 ? "swipe_down" : "swipe_up");
      return;
    }
    this.tap(now);
  }

  /** A tap without coordinates, from a key. */
  tap(now) {
    if (now - this.#lastTap <= DOUBLE) {
      this.clear(this.#tapTimer);
      this.#lastTap = -Infinity;
      this.emit("double_tap");
      return;
    }
    this.#lastTap = now;
    if (this.eager()) {
      this.emit("tap");
      return;
    }
    this.#tapTimer = this.set(() => this.emit("tap"), DOUBLE);
  }

  cancel() {
    this.clear(this.#holdTimer);
    if (this.#holding) this.emit("release");
    this.#holding = false;
    this.#start = null;
  }
}
