// Opus through WebCodecs, where the browser has it.

const FRAME_US = 20_000;
const BITRATE = 24_000;

const shape = (rate) => ({ codec: "opus", sampleRate: rate, numberOfChannels: 1 });
const encoding = (rate) => ({
  ...shape(rate),
  bitrate: BITRATE,
  opus: { frameDuration: FRAME_US, format: "opus", application: "voip" },
});

/** The codecs that this browser can speak at `rate`, best first. */
export async function codecs(rate) {
  const able = { encode: ["pcm16"], decode: ["pcm16"] };
  try {
    if ((await AudioEncoder.isConfigSupported(encoding(rate))).supported) able.encode.unshift("opus");
    if ((await AudioDecoder.isConfigSupported(shape(rate))).supported) able.decode.unshift("opus");
  } catch {
    // no WebCodecs here: PCM it is
  }
  return able;
}

/** 20 ms frames in, packets out in order; `emit(bytes, time)` gets the time that the frame came with. */
export class OpusEncoder {
  #times = [];
  #clock = 0;

  constructor(rate, emit, fail) {
    this.rate = rate;
    this.encoder = new AudioEncoder({
      output: (chunk) => {
        const bytes = new Uint8Array(chunk.byteLength);
        chunk.copyTo(bytes);
        emit(bytes, this.#times.shift());
      },
      error: fail,
    });
    this.encoder.configure(encoding(rate));
  }

  encode(samples, time) {
    this.#times.push(time);
    const data = new AudioData({
      format: "f32-planar",
      sampleRate: this.rate,
      numberOfFrames: samples.length,
      numberOfChannels: 1,
      timestamp: this.#clock,
      data: samples,
    });
    this.#clock += FRAME_US;
    this.encoder.encode(data);
    data.close();
  }

  close() {
    if (this.encoder.state !== "closed") this.encoder.close();
  }
}

/** Packets in, `emit(samples, rate)` out. */
export class OpusDecoder {
  #clock = 0;

  constructor(rate, emit, fail) {
    this.decoder = new AudioDecoder({
      output: (data) => {
        const samples = new Float32Array(data.numberOfFrames);
        data.copyTo(samples, { planeIndex: 0, format: "f32-planar" });
        const { sampleRate } = data;
        data.close();
        emit(samples, sampleRate);
      },
      error: fail,
    });
    this.decoder.configure(shape(rate));
  }

  decode(bytes) {
    this.decoder.decode(new EncodedAudioChunk({ type: "key", timestamp: this.#clock, data: bytes }));
    this.#clock += FRAME_US;
  }

  flush() {
    return this.decoder.flush();
  }

  close() {
    if (this.decoder.state !== "closed") this.decoder.close();
  }
}
