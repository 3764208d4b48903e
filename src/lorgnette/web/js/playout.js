// What is to be heard: a ring of samples with a small jitter buffer, marks that tell what sounded, and a stop.

/** Runs inside the speaker's worklet; pure, so that it is tested without one. Times are in samples. */
export class Playout {
  #ring;
  #write = 0;
  #read = 0;
  #marks = [];
  #playing = false;
  #hurry = false; // no more is coming: what is here may sound at once
  #idle = 0; // samples since something was pushed
  #fade = 0; // samples of fade-out left
  #fadeLength;

  constructor(rate, { jitter = 0.06, seconds = 12, fade = 0.01 } = {}) {
    this.#ring = new Float32Array(Math.ceil(rate * seconds));
    this.jitter = Math.round(rate * jitter);
    this.patience = Math.round(rate * jitter * 1.5);
    this.#fadeLength = Math.max(1, Math.round(rate * fade));
    this.underruns = 0;
    this.overruns = 0;
  }

  /** Samples held. */
  get held() {
    return this.#write - this.#read;
  }

  push(samples) {
    if (this.#fade) this.#drop();
    const size = this.#ring.length;
    const room = size - this.held;
    if (samples.length > room) this.overruns += 1; // the hub paces: it means a lie, and the newest is lost
    const count = Math.min(samples.length, room);
    for (let i = 0; i < count; i += 1) this.#ring[(this.#write + i) % size] = samples[i];
    this.#write += count;
    this.#idle = 0;
    this.#hurry = false;
  }

  /** `id` is reported by `pull` once everything pushed so far has sounded. */
  mark(id) {
    if (this.#fade) this.#drop();
    this.#marks.push({ at: this.#write, id });
  }

  /** The utterance is complete: don't wait for the jitter buffer to fill. */
  end() {
    this.#hurry = true;
  }

  /** Drop what is held after a short fade; its marks never sounded. */
  stop() {
    this.#marks = [];
    if (this.#playing && this.held > 0) this.#fade = Math.min(this.#fadeLength, this.held);
    else this.#drop();
  }

  #drop() {
    this.#read = this.#write;
    this.#fade = 0;
    this.#playing = false;
    this.#hurry = false;
  }

  /** Fill `out`; returns the ids of the marks that were passed. */
  pull(out) {
    const passed = [];
    const size = this.#ring.length;
    if (!this.#playing && this.held > 0) {
      this.#idle += out.length;
      this.#playing = this.#hurry || this.held >= this.jitter || this.#idle >= this.patience;
    }
    let i = 0;
    if (this.#playing) {
      while (i < out.length && this.held > 0) {
        let sample = this.#ring[this.#read % size];
        if (this.#fade) {
          sample *= this.#fade / this.#fadeLength;
          this.#fade -= 1;
          if (this.#fade === 0) this.#drop();
        }
        if (this.held > 0) this.#read += 1;
        out[i] = sample;
        i += 1;
      }
      if (this.held === 0) {
        if (i < out.length && !this.#hurry && this.#marks.length === 0) this.underruns += 1;
        this.#playing = false;
      }
    }
    out.fill(0, i);
    while (this.#marks.length && this.#marks[0].at <= this.#read) passed.push(this.#marks.shift().id);
    return passed;
  }
}
