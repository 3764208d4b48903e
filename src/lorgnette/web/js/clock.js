// Two clocks: this device's, in microseconds, and an estimate of the hub's from ping and pong.

/** Steady microseconds of this page, counted from the epoch as it was when the page opened. */
export function deviceMicros() {
  return Math.round((performance.timeOrigin + performance.now()) * 1000);
}

const WINDOW = 8; // samples of which the one with the shortest round trip is believed
const ANCHORS = 16; // believed samples that the drift is fitted through
const DRIFT_LIMIT = 500e-6; // quartz is within 100 ppm; more is a measuring error
const DRIFT_SPAN = 20e6; // µs of history before a drift is worth fitting

const LAGS = 250; // blocks of which the least late one is believed
const SLEW = 500; // µs a block
const JUMP = 100_000; // µs

/** Offset and drift of the hub's clock; a queue on the way only lengthens a round trip, so the shortest wins. */
export class HubClock {
  #window = [];
  #anchors = [];
  #drift = 0;

  /** `sent` and `received` on this device's clock, `at` on the hub's; all in microseconds. */
  add(sent, at, received) {
    const trip = received - sent;
    if (!(trip >= 0)) return;
    const sample = { when: (sent + received) / 2, offset: at - (sent + received) / 2, trip };
    this.#window.push(sample);
    if (this.#window.length > WINDOW) this.#window.shift();
    const best = this.#window.reduce((a, b) => (b.trip < a.trip ? b : a));
    const last = this.#anchors.at(-1);
    if (last !== best && (!last || best.when > last.when)) {
      this.#anchors.push(best);
      if (this.#anchors.length > ANCHORS) this.#anchors.shift();
      this.#fit();
    }
  }

  #fit() {
    const points = this.#anchors;
    const span = points.at(-1).when - points[0].when;
    if (points.length < 3 || span < DRIFT_SPAN) return;
    const meanX = points.reduce((sum, p) => sum + p.when, 0) / points.length;
    const meanY = points.reduce((sum, p) => sum + p.offset, 0) / points.length;
    let over = 0;
    let under = 0;
    for (const p of points) {
      over += (p.when - meanX) * (p.offset - meanY);
      under += (p.when - meanX) ** 2;
    }
    this.#drift = Math.max(-DRIFT_LIMIT, Math.min(DRIFT_LIMIT, over / under));
  }

  get known() {
    return this.#anchors.length > 0;
  }

  /** Seconds gained per second. */
  get drift() {
    return this.#drift;
  }

  /** Shortest round trip lately, in microseconds. */
  get trip() {
    return this.#window.length ? Math.min(...this.#window.map((s) => s.trip)) : NaN;
  }

  /** What to add to this device's clock at `when` to get the hub's. */
  offset(when) {
    const anchor = this.#anchors.at(-1);
    return anchor ? anchor.offset + this.#drift * (when - anchor.when) : 0;
  }

  /** Forget everything: another hub process has another clock. */
  reset() {
    this.#window = [];
    this.#anchors = [];
    this.#drift = 0;
  }
}

/** Maps audio time (s) to device microseconds: arrivals are late by chance and never early, so the least lag holds. */
export class ArrivalClock {
  #lags = [];
  #last = null;

  /**
   * A block that ended at `audioTime` seconds arrived now; returns its end on the device's clock. The
   * estimate is slewed, so that blocks stay as far apart as they are; only a real gap makes it jump.
   */
  stamp(audioTime, arrival = deviceMicros()) {
    const audio = audioTime * 1e6;
    this.#lags.push(arrival - audio);
    if (this.#lags.length > LAGS) this.#lags.shift();
    let time = audio + Math.min(...this.#lags);
    if (this.#last) {
      const smooth = this.#last.time + audio - this.#last.audio;
      const off = time - smooth;
      if (Math.abs(off) < JUMP) time = smooth + Math.max(-SLEW, Math.min(SLEW, off));
    }
    this.#last = { audio, time };
    return Math.round(time);
  }
}
