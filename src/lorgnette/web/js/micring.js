// Microphone frames that the hub hasn't acknowledged: at most ten seconds, resent after a reconnect.

import { GAP, MICROPHONE, RESENT, pack } from "./frames.js";

const LIMIT = 500; // frames of 20 ms
const BURST = 50; // frames that may go at once
const PER_SECOND = 400; // eight times real time: a resend never floods the hub

/** One way out for live audio, backlog and resends, so that order always holds. */
export class MicRing {
  #frames = [];
  #seq = 0;
  #next = 0; // index into #frames of the first one that isn't out
  #gap = false;
  #tokens = BURST;
  #refilled = 0;

  /** `time`: device microseconds at which the frame's first sample was captured. */
  push(time, payload) {
    this.#frames.push({ seq: (this.#seq += 1), time, payload, flags: this.#gap ? GAP : 0 });
    this.#gap = false;
    if (this.#frames.length > LIMIT) {
      this.#frames.shift();
      if (this.#next > 0) this.#next -= 1;
      else if (this.#frames[0]) this.#frames[0].flags |= GAP;
    }
  }

  /** The next frame was not directly after the last one. */
  gap() {
    this.#gap = true;
  }

  ack(seq) {
    while (this.#frames.length && this.#frames[0].seq <= seq) {
      this.#frames.shift();
      if (this.#next > 0) this.#next -= 1;
    }
  }

  /** The connection is new; the hub has frames up to `seq`. */
  resume(seq) {
    this.ack(seq);
    for (let i = 0; i < this.#next; i += 1) this.#frames[i].flags |= RESENT;
    this.#next = 0;
    this.#seq = Math.max(this.#seq, seq);
    this.#tokens = BURST;
  }

  /**
   * The hub begins anew: frames are renumbered from 1, if they are worth saying again, else dropped.
   * Returns what every number fell by.
   */
  restart(keep) {
    const first = keep && this.#frames.length ? this.#frames[0].seq : this.#seq + 1;
    if (!keep) this.#frames = [];
    this.#seq = 0;
    for (const frame of this.#frames) {
      frame.seq = this.#seq += 1;
      frame.flags |= RESENT;
    }
    this.#next = 0;
    this.#tokens = BURST;
    return first - 1;
  }

  /** Frames that may go now, packed: up to number `until`. `now`: seconds; `room`: how many the socket takes. */
  *drain(now, room = Infinity, until = Infinity) {
    this.#tokens = Math.min(BURST, this.#tokens + Math.max(0, now - this.#refilled) * PER_SECOND);
    this.#refilled = now;
    while (this.#next < this.#frames.length && this.#tokens >= 1 && room > 0) {
      const frame = this.#frames[this.#next];
      if (frame.seq > until) return;
      this.#next += 1;
      this.#tokens -= 1;
      room -= 1;
      yield pack(MICROPHONE, frame.seq, frame.time, frame.payload, frame.flags);
    }
  }

  /** Number of the newest frame. */
  get newest() {
    return this.#seq;
  }

  /** Number of the last frame that is out. */
  get out() {
    if (this.#next < this.#frames.length) return this.#frames[this.#next].seq - 1;
    return this.#seq;
  }

  get waiting() {
    return this.#frames.length - this.#next;
  }

  get size() {
    return this.#frames.length;
  }
}
