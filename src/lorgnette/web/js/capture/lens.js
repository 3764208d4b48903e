// The camera while something is taken: its stream, a still, a small poster. Closed again at once afterwards.

const LONGEST = 2560;
const QUALITY = 0.88;
const POSTER = 480;
const FIRST_FRAME_MS = 4000;

/** Why there is no picture: `denied`, `absent` or `failed`. */
export class NoCamera extends Error {}

function reason(error) {
  if (error?.name === "NotAllowedError" || error?.name === "SecurityError") return "denied";
  if (error?.name === "NotFoundError" || error?.name === "OverconstrainedError") return "absent";
  return "failed";
}

async function stream(sound, film) {
  const media = navigator.mediaDevices;
  if (!media?.getUserMedia) throw new NoCamera("absent");
  const video = {
    facingMode: "environment",
    width: { ideal: film ? 1280 : 2560 },
    height: { ideal: film ? 720 : 1920 },
  };
  try {
    return await media.getUserMedia({ video, audio: sound });
  } catch (error) {
    if (!sound) throw new NoCamera(reason(error));
  }
  return stream(false, film); // a film without sound is better than none
}

export class Lens {
  /** Opens the camera; throws `NoCamera`. `wait()`: called if the wearer may be asked first. */
  static async open({ sound = false, film = false } = {}) {
    const lens = new Lens();
    lens.stream = await stream(sound, film);
    lens.video = document.createElement("video");
    lens.video.muted = true;
    lens.video.playsInline = true;
    lens.video.srcObject = lens.stream;
    try {
      await lens.video.play();
      await lens.#seen();
    } catch {
      lens.close();
      throw new NoCamera("failed");
    }
    return lens;
  }

  /** Until there is a frame to see. */
  #seen() {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new NoCamera("failed")), FIRST_FRAME_MS);
      const look = () => {
        if (!this.video.videoWidth) return requestAnimationFrame(look);
        clearTimeout(timer);
        resolve();
      };
      look();
    });
  }

  get track() {
    return this.stream.getVideoTracks()[0];
  }

  /** A JPEG of what is seen now, its longer side at most `longest`. */
  async still(longest = LONGEST, quality = QUALITY) {
    const { videoWidth: width, videoHeight: height } = this.video;
    const scale = Math.min(1, longest / Math.max(width, height));
    const copy = document.createElement("canvas");
    copy.width = Math.round(width * scale);
    copy.height = Math.round(height * scale);
    copy.getContext("2d").drawImage(this.video, 0, 0, copy.width, copy.height);
    const blob = await new Promise((resolve) => copy.toBlob(resolve, "image/jpeg", quality));
    if (!blob) throw new NoCamera("failed");
    return new Uint8Array(await blob.arrayBuffer());
  }

  poster() {
    return this.still(POSTER, 0.7);
  }

  close() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    if (this.video) this.video.srcObject = null;
  }
}
