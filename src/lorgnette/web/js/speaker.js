// Playback: frames of the hub become sound, and the page learns which sentences really sounded.

import { deviceMicros } from "./clock.js";
import { OpusDecoder } from "./opus.js";
import { fromPcm16 } from "./pcm.js";

const AUDIBLE = 0.001; // RMS above which something is heard (−60 dBFS)
const VOLUME_S = 0.03; // time constant, so that a change of volume doesn't click
const WAITING = 600; // frames that may wait for the browser's permission to sound; older ones are lost

/** `played(mark)`: everything up to that mark has sounded. `level(rms)`: about 25 times a second. */
export class Speaker {
  #node = null;
  #gain = null;
  #decoder = null;
  #codec = "pcm16";
  #rate = 16_000;
  #epoch = 0;
  #fed = 0; // packets given to the decoder
  #out = 0; // packets that came out of it
  #pending = []; // messages behind packets that are still being decoded
  #early = []; // messages from before the worklet was there
  #volume = 0.7;
  #muted = false;
  /** For tests and the drawing: what sounds now. Times in device microseconds. */
  meter = { rms: 0, lastSoundAt: 0, firstSoundAt: 0, sounded: 0, held: 0, underruns: 0, overruns: 0 };

  constructor({ context, played, level }) {
    this.context = context;
    this.played = played;
    this.level = level;
  }

  async start() {
    const audio = await this.context.ready();
    if (this.#node) return;
    this.#gain = new GainNode(audio, { gain: this.#loudness });
    this.#node = new AudioWorkletNode(audio, "lorgnette-speaker", {
      numberOfInputs: 0,
      outputChannelCount: [1],
    });
    this.#node.port.onmessage = ({ data }) => this.#report(data);
    this.#node.connect(this.#gain).connect(audio.destination);
    for (const message of this.#early.splice(0)) this.#node.port.postMessage(message);
  }

  choose({ codec, rate }) {
    this.#codec = codec;
    this.#rate = rate;
    this.#decoder?.close();
    this.#decoder = null;
    this.#settle();
  }

  /** One payload of the speaker channel. */
  frame(payload) {
    if (this.#codec !== "opus") {
      this.#post({ samples: fromPcm16(payload), rate: this.#rate });
      return;
    }
    this.#decoder ??= this.#decode();
    this.#fed += 1;
    this.#decoder.decode(payload.slice());
  }

  /** `mark` ({what: "begin" | "end", …}) is told to `played` when everything before it has sounded. */
  mark(mark) {
    this.#behind({ mark });
  }

  end() {
    this.#behind({ end: true });
    const epoch = this.#epoch;
    const fed = this.#fed;
    this.#decoder?.flush().then(
      () => epoch === this.#epoch && this.#settle(fed),
      () => {},
    );
  }

  /** Silence at once; what was held is dropped and never counts as played. */
  stop() {
    this.#epoch += 1;
    this.#pending = [];
    this.#early = [];
    this.#fed = this.#out = 0;
    this.#decoder?.close();
    this.#decoder = null;
    this.#post({ stop: true });
  }

  set volume(level) {
    this.#volume = level;
    this.#apply();
  }

  /** Captions only: everything runs, nothing is heard. */
  set muted(yes) {
    this.#muted = yes;
    this.#apply();
  }

  get #loudness() {
    return this.#muted ? 0 : this.#volume ** 2; // the ear is closer to a square than to a line
  }

  #apply() {
    this.#gain?.gain.setTargetAtTime(this.#loudness, this.context.audio.currentTime, VOLUME_S);
  }

  #decode() {
    const epoch = this.#epoch;
    return new OpusDecoder(
      this.#rate,
      (samples, rate) => {
        if (epoch !== this.#epoch) return;
        this.#post({ samples, rate });
        this.#out += 1;
        this.#flush();
      },
      () => {
        this.#decoder = null;
        this.#settle();
      },
    );
  }

  #behind(message) {
    if (this.#out >= this.#fed) this.#post(message);
    else this.#pending.push({ after: this.#fed, message });
  }

  #flush() {
    while (this.#pending.length && this.#pending[0].after <= this.#out)
      this.#post(this.#pending.shift().message);
  }

  /** Of the first `fed` packets nothing more comes out: what waited behind them goes. */
  #settle(fed = this.#fed) {
    this.#out = Math.max(this.#out, fed);
    this.#flush();
  }

  #post(message) {
    if (this.#node) {
      this.#node.port.postMessage(message, message.samples ? [message.samples.buffer] : []);
      return;
    }
    this.#early.push(message);
    if (this.#early.length > WAITING) this.#early.shift();
  }

  #report({ passed, rms, held, underruns, overruns }) {
    const now = deviceMicros();
    const loud = rms * (this.#gain?.gain.value ?? 0);
    const meter = this.meter;
    Object.assign(meter, { rms: loud, held, underruns, overruns });
    if (loud > AUDIBLE) {
      meter.firstSoundAt ||= now;
      meter.lastSoundAt = now;
      meter.sounded += 1;
    }
    this.level?.(loud);
    const epoch = this.#epoch;
    for (const id of passed) {
      // it left the worklet; the ear gets it a little later
      setTimeout(() => epoch === this.#epoch && this.played(id), Math.min(0.4, this.context.latency) * 1000);
    }
  }
}
