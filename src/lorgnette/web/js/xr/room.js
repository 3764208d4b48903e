// The scenes in the room: which are shown, where each stands, and what holds it there.

import { gaze, matrix, turned } from "./math.js";
import { Panel } from "./panel.js";
import { Follow, NEAR, North, guessed, isPlane, pixelAt, standing, toward } from "./placing.js";

const URGENCY = { alert: 2, ask: 1, calm: 0 };
const LIFT = 0.12; // metres above a plane or a point
const LINES = { top: 2, side: 3, bottom: 2, mark: 1, free: 3 };

function zoneOf(id, { kind, anchor }) {
  const at = anchor?.at ?? "head";
  if (id === "recording") return "mark";
  if (at === "world" || at === "plane" || at === "bearing") return "free";
  return kind === "arrow" ? "top" : (anchor?.zone ?? "side");
}

/** `wallTime()`: epoch seconds of the hub; `forget(panel)`: its texture may go. */
export class Room {
  #items = new Map(); // id → {entry, zone, panel, at, anchor, asked}
  follow = new Follow();
  north = new North();
  head = null; // {position, orientation} of the last frame
  floor = true;

  constructor({ wallTime, forget }) {
    this.wallTime = wallTime;
    this.forget = forget;
  }

  scene(id, entry) {
    const old = this.#items.get(id);
    const same = old && entry && JSON.stringify(old.entry.scene.anchor) === JSON.stringify(entry.scene.anchor);
    if (old) {
      this.forget(old.panel);
      if (!same) old.anchor?.delete?.();
      this.#items.delete(id);
    }
    if (!entry) return;
    const zone = zoneOf(id, entry.scene);
    const kept = same ? { at: old.at, anchor: old.anchor, asked: old.asked } : { at: null, anchor: null, asked: false };
    this.#items.set(id, { entry, zone, panel: new Panel(entry, LINES[zone]), ...kept });
  }

  /** Everything that was held by the session is held no more. */
  release() {
    for (const item of this.#items.values()) {
      this.forget(item.panel);
      Object.assign(item, { at: null, anchor: null, asked: false, panel: new Panel(item.entry, LINES[item.zone]) });
    }
    this.follow = new Follow();
    this.head = null;
  }

  /** Whether something waits for a plane to be seen. */
  get seeking() {
    return [...this.#items.values()].some((item) => item.entry.scene.anchor?.at === "plane" && !item.asked);
  }

  center() {
    if (this.head) this.follow.center(this.head.orientation);
  }

  /** A frame with this head; `seconds` since the last one. */
  look(head, seconds) {
    this.head = head;
    this.follow.step(head.orientation, seconds);
  }

  /** Hold things where they stand: `frame` and `space` are the session's, `hits` what the gaze meets. */
  hold(frame, space, hits) {
    for (const item of this.#items.values()) {
      const { anchor } = item.entry.scene;
      if (anchor?.at === "world") {
        item.at ??= [anchor.x, anchor.y, anchor.z];
        if (!item.asked) this.#pin(item, frame, space);
      } else if (anchor?.at === "plane") {
        item.at ??= guessed(anchor.kind, this.head.position, gaze(this.head.orientation).yaw, this.floor);
        if (!item.asked) this.#meet(item, anchor.kind, space, hits);
      }
      const pose = item.anchor && frame.getPose(item.anchor.anchorSpace, space);
      if (pose) item.at = triple(pose.transform.position);
    }
  }

  /** What is drawn now: [{panel, model}]. `head`: whether the head's own scenes are among it. */
  panels({ head }) {
    const now = this.wallTime();
    const chosen = new Map(); // zone → item
    const shown = [];
    for (const item of this.#items.values()) {
      if (item.zone === "free") shown.push(item);
      else if (head && before(item, chosen.get(item.zone))) chosen.set(item.zone, item);
    }
    return [...shown, ...chosen.values()].flatMap((item) => {
      item.panel.update(now);
      const { width, height } = item.panel.canvas;
      const place = this.#place(item, width * pixelAt(NEAR), height * pixelAt(NEAR));
      if (!place) return [];
      const pixel = pixelAt(place.distance);
      const model = matrix(place.position, place.orientation, width * pixel, height * pixel);
      return [{ id: item.entry.id, panel: item.panel, model, ...place }];
    });
  }

  #place(item, width, height) {
    const { position } = this.head;
    const { anchor } = item.entry.scene;
    if (item.zone !== "free") return this.follow.place(position, item.zone, width, height);
    if (anchor.at === "bearing") return toward(position, this.north.yawOf(anchor.degrees), anchor.elevation ?? 0);
    return item.at && standing(item.at, position, anchor.at === "plane" ? LIFT : 0);
  }

  /** Ask the browser to hold a point; where it can't, the point itself has to do. */
  #pin(item, frame, space) {
    item.asked = true;
    const [x, y, z] = item.at;
    this.#held(item, () => frame.createAnchor?.(new XRRigidTransform({ x, y, z }), space));
  }

  #meet(item, kind, space, hits) {
    for (const hit of hits) {
      const pose = hit.getPose(space);
      if (!pose) continue;
      const at = triple(pose.transform.position);
      const { x, y, z, w } = pose.transform.orientation;
      const ground = this.floor ? 0 : this.head.position[1] - 1.6;
      if (!isPlane(kind, turned([x, y, z, w], [0, 1, 0]), at[1], ground)) continue;
      item.at = at;
      item.asked = true;
      this.#held(item, () => hit.createAnchor?.());
      return;
    }
  }

  async #held(item, ask) {
    try {
      item.anchor = (await ask()) ?? null;
    } catch {
      item.anchor = null;
    }
  }
}

function before(item, other) {
  if (!other) return true;
  const [a, b] = [item, other].map((one) => URGENCY[one.entry.scene.tone ?? "calm"]);
  return a > b || (a === b && item.entry.since >= other.entry.since);
}

const triple = ({ x, y, z }) => [x, y, z];
