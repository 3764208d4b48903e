// The camera's picture, live, as the world behind the HUD; a painted street where the browser gives none.

export class Camera {
  #stream = null;
  #asked = null;

  constructor(video, canvas) {
    this.video = video;
    this.canvas = canvas;
  }

  get live() {
    return this.#stream !== null;
  }

  /** Size of the image that boxes refer to. */
  get size() {
    return this.live
      ? { width: this.video.videoWidth || 640, height: this.video.videoHeight || 480 }
      : { width: this.canvas.width || 640, height: this.canvas.height || 480 };
  }

  /** Resolves to whether there is a live picture. */
  async start() {
    if (this.#stream) return true;
    this.#asked ??= navigator.mediaDevices
      ?.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 960 } } })
      .catch(() => null)
      .finally(() => {
        this.#asked = null;
      });
    const stream = await this.#asked;
    if (!stream) return false;
    this.#stream = stream;
    this.video.srcObject = stream;
    this.video.hidden = false;
    await this.video.play().catch(() => {});
    return true;
  }

  stop() {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    this.video.srcObject = null;
    this.video.hidden = true;
  }
}
