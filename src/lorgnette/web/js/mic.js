// The microphone: opened by a person or by the hub's question, in 20 ms frames with the time of capture.

import { ArrivalClock } from "./clock.js";
import { OpusEncoder } from "./opus.js";
import { toPcm16 } from "./pcm.js";

const PREROLL = 15; // frames from before the press, so that an eager first word isn't cut
const FRAME_US = 20_000;
const REST_MS = 30_000; // a microphone that nobody opens is given back, and the browser's mark goes out
const REASONS = { NotAllowedError: "denied", NotFoundError: "absent", NotReadableError: "taken" };
const FADE = 0.8; // the level meter falls this much a frame

/**
 * `frame(time, payload)` gets encoded frames while the microphone is open; `level(0…1)` while it runs.
 * `raw`: browser echo cancelling and gain off, for tests and for the hub's own canceller.
 */
export class Microphone {
  #stream = null;
  #node = null;
  #source = null;
  #starting = null;
  #clock = new ArrivalClock();
  #encoder = null;
  #codec = "pcm16";
  #preroll = [];
  #rest = 0;
  rate = 16_000;
  open = false;
  denied = false;
  /** Why there is none: denied, absent, taken, insecure, failed. */
  reason = "";

  constructor({ context, frame, gap, level }) {
    this.context = context;
    this.emit = frame;
    this.gap = gap;
    this.level = level;
    this.meter = 0;
  }

  /** What the hub chose. */
  choose({ codec, rate }) {
    if (rate !== this.rate) this.release();
    this.rate = rate;
    this.#codec = codec;
    this.#encoder?.close();
    this.#encoder = null;
  }

  /** Hear without sending, for a level; a while later the device is given back. False as for `start`. */
  async warm({ raw = false } = {}) {
    if (!this.#stream) {
      this.#starting ??= this.#acquire(raw).finally(() => {
        this.#starting = null;
      });
      if (!(await this.#starting)) return false;
    }
    if (!this.open) this.stop();
    return true;
  }

  /** Start sending. Resolves to false when the person or the machine gives no microphone. */
  async start({ raw = false } = {}) {
    clearTimeout(this.#rest);
    this.open = true;
    if (!this.#stream) {
      this.#starting ??= this.#acquire(raw).finally(() => {
        this.#starting = null;
      });
      const got = await this.#starting;
      if (!got) {
        this.open = false;
        return false;
      }
    }
    if (!this.open) return true; // closed again while the browser asked
    this.gap();
    for (const { time, samples } of this.#preroll) this.#send(time, samples);
    this.#preroll = [];
    return true;
  }

  /** Stop sending; the device stays warm for a while. */
  stop() {
    this.open = false;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.release(), REST_MS);
  }

  /** Give the device back to the system. */
  release() {
    this.open = false;
    clearTimeout(this.#rest);
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#source?.disconnect();
    this.#node?.disconnect();
    this.#stream = this.#source = this.#node = null;
    this.#preroll = [];
    this.#show(0);
  }

  async #acquire(raw) {
    const wanted = !raw;
    if (!navigator.mediaDevices) {
      this.reason = "insecure";
      this.denied = true;
      return false;
    }
    try {
      await this.context.ready();
      this.#stream = await navigator.mediaDevices.getUserMedia({
        audio: {
          channelCount: 1,
          echoCancellation: wanted,
          noiseSuppression: wanted,
          autoGainControl: wanted,
        },
      });
    } catch (error) {
      this.reason = REASONS[error.name] ?? "failed";
      this.denied = true;
      return false;
    }
    this.denied = false;
    this.reason = "";
    const { audio } = this.context;
    this.#clock = new ArrivalClock();
    this.#source = audio.createMediaStreamSource(this.#stream);
    this.#node = new AudioWorkletNode(audio, "lorgnette-mic", {
      numberOfOutputs: 0,
      processorOptions: { rate: this.rate },
    });
    this.#node.port.onmessage = ({ data }) => this.#heard(data);
    this.#source.connect(this.#node);
    this.#stream.getAudioTracks()[0]?.addEventListener("ended", () => this.release());
    return true;
  }

  #heard({ samples, end, level }) {
    const time = this.#clock.stamp(end) - FRAME_US;
    this.#show(Math.max(level, this.meter * FADE));
    if (this.open) {
      this.#send(time, samples);
      return;
    }
    this.#preroll.push({ time, samples });
    if (this.#preroll.length > PREROLL) this.#preroll.shift();
  }

  #send(time, samples) {
    if (this.#codec !== "opus") {
      this.emit(time, toPcm16(samples));
      return;
    }
    this.#encoder ??= new OpusEncoder(
      this.rate,
      (bytes, at) => this.emit(at, bytes),
      () => {
        this.#encoder = null;
      },
    );
    this.#encoder.encode(samples, time);
  }

  #show(level) {
    this.meter = level;
    this.level?.(level);
  }
}
