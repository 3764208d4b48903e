// The page's one AudioContext, its worklets, and the browser's wish for a gesture before sound.

/** `ready()` may be called from anywhere; `blocked` is true while the browser waits for a gesture. */
export class Sound {
  #ready = null;
  audio = null;
  onblocked = () => {};

  ready() {
    this.#ready ??= this.#open();
    return this.#ready;
  }

  async #open() {
    this.audio = new AudioContext({ latencyHint: "interactive" });
    this.audio.onstatechange = () => this.onblocked(this.blocked);
    await Promise.all(
      ["mic-worklet.js", "speaker-worklet.js"].map((name) =>
        this.audio.audioWorklet.addModule(new URL(name, import.meta.url)),
      ),
    );
    this.onblocked(this.blocked);
    return this.audio;
  }

  get blocked() {
    return !this.audio || this.audio.state !== "running";
  }

  /** To be called inside a gesture. */
  async wake() {
    await this.ready();
    if (this.audio.state !== "running") await this.audio.resume().catch(() => {});
  }

  /** Seconds from a sample's leaving the worklet to the ear, as far as the browser knows. */
  get latency() {
    return this.audio ? this.audio.outputLatency || this.audio.baseLatency || 0 : 0;
  }
}
