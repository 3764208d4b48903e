// One visit to AR: the browser's session, its frames, the wearer's hands, and its end, whichever that is.

import { apart, gaze, length, sub } from "./math.js";
import { Light } from "./light.js";

const POSE_MS = 100;
const STILL_MS = 1000; // a head that doesn't move is told this often
const MOVED = 0.005; // metres
const TURNED = 0.005; // radians
const LOST_MS = 1200;
const WANTED = ["local-floor", "hit-test", "anchors", "dom-overlay", "hand-tracking"];

/**
 * `room`: what is drawn; `overlay`: the element that lies over it where the browser can; `on`: `pose(position,
 * orientation)`, `yaw(angle)`, `tap()`, `hold(yes)`, `lost(yes)`, `ended()`.
 */
export class Immersion {
  #space = null;
  #viewer = null;
  #hits = null;
  #asking = false;
  #last = 0;
  #told = null; // {at, position, orientation}
  #seen = 0;
  #lost = false;
  #light = null;

  constructor({ session, room, overlay, on }) {
    Object.assign(this, { session, room, overlay, on });
  }

  /** Throws when the browser can't, or the wearer doesn't want to. To be called from a press. */
  static async enter({ overlay, ...rest }) {
    const session = await navigator.xr.requestSession("immersive-ar", {
      optionalFeatures: WANTED,
      domOverlay: { root: overlay },
    });
    const one = new Immersion({ session, overlay, ...rest });
    try {
      await one.#begin();
    } catch (error) {
      session.end().catch(() => {});
      throw error;
    }
    return one;
  }

  /** Whether the browser lays our elements over the view. */
  get overlaid() {
    return Boolean(this.session.domOverlayState);
  }

  forget(panel) {
    this.#light?.forget(panel);
  }

  end() {
    return this.session.end().catch(() => {});
  }

  async #begin() {
    const { session } = this;
    this.canvas = document.createElement("canvas");
    const gl = this.canvas.getContext("webgl", { xrCompatible: true, alpha: true, antialias: true });
    if (!gl) throw new Error("no WebGL");
    await gl.makeXRCompatible?.();
    this.#light = new Light(gl);
    this.layer = new XRWebGLLayer(session, gl);
    session.updateRenderState({ baseLayer: this.layer, depthNear: 0.05, depthFar: 60 });
    try {
      this.#space = await session.requestReferenceSpace("local-floor");
      this.room.floor = true;
    } catch {
      this.#space = await session.requestReferenceSpace("local");
      this.room.floor = false;
    }
    this.#viewer = await session.requestReferenceSpace("viewer");
    this.#watch(this.#space);
    session.addEventListener("end", () => this.#ended());
    session.addEventListener("select", () => this.on.tap());
    session.addEventListener("squeezestart", () => this.on.hold(true));
    session.addEventListener("squeezeend", () => this.on.hold(false));
    session.addEventListener("visibilitychange", () => session.visibilityState === "hidden" && this.on.hold(false));
    session.requestAnimationFrame((time, frame) => this.#frame(time, frame));
  }

  /** The system moved its origin: ours stays where it was, so that nothing in the room jumps. */
  #watch(space) {
    space.addEventListener?.("reset", ({ transform }) => {
      if (transform) this.#space = this.#space.getOffsetReferenceSpace(transform.inverse);
      this.room.center();
    });
  }

  #frame(time, frame) {
    const { session, room } = this;
    session.requestAnimationFrame((next, following) => this.#frame(next, following));
    const seconds = this.#last ? (time - this.#last) / 1000 : 0;
    this.#last = time;
    const pose = frame.getViewerPose(this.#space);
    this.#track(time, pose);
    this.#light.clear(this.layer.framebuffer);
    if (!pose) return;
    const { position: p, orientation: q } = pose.transform;
    const head = { position: [p.x, p.y, p.z], orientation: [q.x, q.y, q.z, q.w] };
    room.look(head, seconds);
    this.#tell(time, head);
    room.hold(frame, this.#space, this.#seek(frame));
    const panels = room.panels({ head: !this.overlaid });
    this.drawn = panels;
    const dim = session.environmentBlendMode === "additive" ? 0 : 0.6;
    for (const view of pose.views) {
      const port = this.layer.getViewport(view);
      if (port) this.#light.eye(port, view.transform.inverse.matrix, view.projectionMatrix, panels, dim);
    }
  }

  #track(time, pose) {
    if (pose) this.#seen = time;
    const lost = time - this.#seen > LOST_MS;
    if (lost !== this.#lost) this.on.lost((this.#lost = lost));
  }

  /** What the gaze meets, while something waits for a plane. */
  #seek(frame) {
    if (!this.room.seeking) {
      this.#hits?.cancel?.();
      this.#hits = null;
      return [];
    }
    if (!this.#hits && !this.#asking && this.session.requestHitTestSource) {
      this.#asking = true;
      this.session
        .requestHitTestSource({ space: this.#viewer })
        .then((source) => {
          this.#hits = source;
          this.#asking = false;
        })
        .catch(() => {}); // a browser without it isn't asked again
    }
    return this.#hits ? frame.getHitTestResults(this.#hits) : [];
  }

  #tell(time, { position, orientation }) {
    const told = this.#told;
    const since = told ? time - told.at : Infinity;
    if (since < POSE_MS) return;
    const moved =
      !told || length(sub(position, told.position)) > MOVED || apart(orientation, told.orientation) > TURNED;
    if (!moved && since < STILL_MS) return;
    this.#told = { at: time, position, orientation };
    this.on.pose(position, orientation);
    this.on.yaw(gaze(orientation).yaw);
  }

  #ended() {
    this.#hits = null;
    this.on.hold(false);
    this.on.lost(false);
    this.room.release();
    this.canvas.width = this.canvas.height = 0;
    this.on.ended();
  }
}
