// A streaming windowed-sinc resampler between any two rates (polyphase, Kaiser window, stateful).

const ZEROS = 32; // zero crossings of the sinc on each side, at the lower of the two rates
const BETA = 8.6; // Kaiser: stop band below −85 dB
const PASS = 0.945; // of the lower Nyquist frequency; what is left is the transition
const MOST_PHASES = 1280; // 44.1 kHz to 16 kHz needs 160; odd rates are rounded to this many

function besselI0(x) {
  let sum = 1;
  let term = 1;
  for (let k = 1; k < 40; k += 1) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function gcd(a, b) {
  return b ? gcd(b, a % b) : a;
}

/** Call `process` with blocks as they come; the pieces of output fit together without a seam. */
export class Resampler {
  #tables;
  #taps;
  #up;
  #down;
  #history;
  #phase = 0; // position of the next output between two inputs, in 1/up
  #skip = 0; // inputs to pass before the next output

  constructor(from, to) {
    this.from = from;
    this.to = to;
    const shared = gcd(Math.round(from), Math.round(to));
    this.#up = Math.round(to) / shared;
    this.#down = Math.round(from) / shared;
    if (this.#up > MOST_PHASES) {
      this.#down = Math.round((from / to) * MOST_PHASES);
      this.#up = MOST_PHASES;
    }
    const cut = PASS * Math.min(1, to / from); // 1 = the input's Nyquist frequency
    const half = Math.ceil(ZEROS / Math.min(1, to / from));
    this.#taps = half * 2;
    this.#tables = [];
    for (let phase = 0; phase < this.#up; phase += 1) {
      const table = new Float32Array(this.#taps);
      let sum = 0;
      for (let i = 0; i < this.#taps; i += 1) {
        const x = i - half + 1 - phase / this.#up;
        const edge = x / half;
        const window = edge * edge < 1 ? besselI0(BETA * Math.sqrt(1 - edge * edge)) / besselI0(BETA) : 0;
        const angle = Math.PI * cut * x;
        table[i] = window * cut * (angle === 0 ? 1 : Math.sin(angle) / angle);
        sum += table[i];
      }
      for (let i = 0; i < this.#taps; i += 1) table[i] /= sum; // each phase passes DC alike
      this.#tables.push(table);
    }
    this.#history = new Float32Array(this.#taps - 1);
  }

  /** Delay in input samples that the filter adds. */
  get delay() {
    return this.#taps / 2;
  }

  process(input) {
    if (this.#up === this.#down) return input;
    const keep = this.#taps - 1;
    const buffer = new Float32Array(keep + input.length);
    buffer.set(this.#history);
    buffer.set(input, keep);
    const output = new Float32Array(Math.ceil(((input.length + 1) * this.#up) / this.#down) + 1);
    let count = 0;
    let at = this.#skip;
    let phase = this.#phase;
    while (at + this.#taps <= buffer.length) {
      const table = this.#tables[phase];
      let sum = 0;
      for (let i = 0; i < this.#taps; i += 1) sum += buffer[at + i] * table[i];
      output[count] = sum;
      count += 1;
      phase += this.#down;
      at += Math.floor(phase / this.#up);
      phase %= this.#up;
    }
    this.#skip = at - input.length;
    this.#phase = phase;
    this.#history = buffer.slice(input.length);
    return output.subarray(0, count);
  }
}
