// A film while it is taken: the browser's recorder, given out every second.

const EVERY_MS = 1000;
const VIDEO_BITS = 2_000_000; // with sound 265 kB a second, half of what the hub takes
const AUDIO_BITS = 64_000;
const KINDS = ["video/webm;codecs=vp9,opus", "video/webm;codecs=vp8,opus", "video/webm", "video/mp4"];

export const filmKind = () => KINDS.find((kind) => globalThis.MediaRecorder?.isTypeSupported(kind)) ?? "";

/** `data(bytes)` in their order; `ended()` once, behind the last of them. */
export class Film {
  #order = Promise.resolve();
  #timer = 0;

  constructor(lens, { data, ended, seconds }) {
    const mimeType = filmKind();
    this.recorder = new MediaRecorder(lens.stream, {
      ...(mimeType ? { mimeType } : {}),
      videoBitsPerSecond: VIDEO_BITS,
      audioBitsPerSecond: AUDIO_BITS,
    });
    this.recorder.ondataavailable = ({ data: blob }) => {
      if (!blob.size) return;
      this.#order = this.#order.then(async () => data(new Uint8Array(await blob.arrayBuffer())));
    };
    this.recorder.onstop = () => {
      clearTimeout(this.#timer);
      this.#order.then(ended);
    };
    this.recorder.onerror = () => this.stop();
    lens.track.addEventListener("ended", () => this.stop());
    this.recorder.start(EVERY_MS);
    if (seconds > 0) this.#timer = setTimeout(() => this.stop(), seconds * 1000);
  }

  stop() {
    if (this.recorder.state !== "inactive") this.recorder.stop();
  }
}
