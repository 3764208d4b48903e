// Where a scene stands in the room; pure but for the state of what follows the head.

import { add, between, degrees, gaze, length, looking, radians, scaled, sub, turned } from "./math.js";

export const NEAR = 1.5; // metres at which the head's own scenes float
const FAR = 5; // and those in a compass direction
const FIELD = radians(30); // the display that a scene is drawn for: 640 pixels across
const PIXELS = 640;
const DEAD = radians(6); // the head may turn so far before anything follows
const CLOSE = radians(0.4);
const PACE = 7; // per second

const HIGH = radians(9); // from the middle of the field to its upper and lower edge, a little inside
const WIDE = radians(14); // and to the sides

/** Away from where one looks, [to the left, up], for a panel of this half width and height: the middle stays free. */
const ZONES = {
  top: (_, h) => [0, HIGH - h],
  side: (w) => [w - WIDE, radians(1)],
  bottom: (_, h) => [0, h - HIGH],
  mark: (w) => [WIDE - w, radians(4)],
};

/** Metres a pixel of the display is wide at a distance; what stands far is drawn larger, not smaller to read. */
export const pixelAt = (distance) => (2 * Math.max(0.6, Math.min(9, distance)) * Math.tan(FIELD / 2)) / PIXELS;

/** The HUD's own direction: it stays where it is until the head has turned away, then comes along without haste. */
export class Follow {
  #moving = false;
  yaw = 0;
  pitch = 0;
  known = false;

  /** `seconds` since the last time. */
  step(orientation, seconds) {
    const target = gaze(orientation);
    if (!this.known) return this.center(orientation);
    const [left, up] = [between(this.yaw, target.yaw), target.pitch - this.pitch];
    const off = Math.hypot(left, up);
    if (off > DEAD) this.#moving = true;
    if (off < CLOSE) this.#moving = false;
    if (!this.#moving) return;
    const part = 1 - Math.exp(-PACE * Math.min(0.1, seconds));
    this.yaw += left * part;
    this.pitch += up * part;
  }

  center(orientation) {
    Object.assign(this, gaze(orientation), { known: true });
    this.#moving = false;
  }

  /** A zone's place and orientation before a head that is at `position`; `width`, `height`: the panel's, in metres. */
  place(position, zone, width, height) {
    const half = (size) => Math.atan(size / 2 / NEAR);
    const [left, up] = (ZONES[zone] ?? ZONES.side)(half(width), half(height));
    const orientation = looking(this.yaw + left, this.pitch + up);
    return { position: add(position, turned(orientation, [0, 0, -NEAR])), orientation, distance: NEAR };
  }
}

/** North as it is known: at `yaw` of the room one looks to `heading` degrees. */
export class North {
  yaw = 0;
  heading = 0;

  set(heading, yaw) {
    this.heading = heading;
    this.yaw = yaw;
  }

  yawOf(bearing) {
    return this.yaw - radians(bearing - this.heading);
  }

  headingOf(yaw) {
    return (((this.heading - degrees(yaw - this.yaw)) % 360) + 360) % 360;
  }
}

/** Something in a compass direction, as seen from `position`. */
export function toward(position, yaw, elevation) {
  const orientation = looking(yaw, radians(Math.max(-60, Math.min(60, elevation))));
  return { position: add(position, turned(orientation, [0, 0, -FAR])), orientation, distance: FAR };
}

/** Something at a fixed place, turned to whoever looks; `lift`: metres it floats above it. */
export function standing(at, viewer, lift = 0) {
  const place = [at[0], at[1] + lift, at[2]];
  const away = sub(place, viewer);
  return {
    position: place,
    orientation: looking(Math.atan2(-away[0], -away[2]), 0),
    distance: length(away),
  };
}

/** Where a plane is thought to be until one is seen, ahead of the head. `floor`: whether y 0 is the floor. */
export function guessed(kind, position, yaw, floor) {
  const ahead = turned(looking(yaw, 0), [0, 0, -1]);
  const ground = floor ? 0 : position[1] - 1.6;
  const [distance, y] = { floor: [1.8, ground], table: [1.2, ground + 0.75] }[kind] ?? [2.2, position[1]];
  return [...scaled(ahead, distance).map((one, axis) => one + position[axis])].map((one, axis) => (axis === 1 ? y : one));
}

/** Whether a surface with this normal at this height is of a kind. `ground`: the floor's y. */
export function isPlane(kind, normal, y, ground) {
  const level = Math.abs(normal[1]) > 0.85;
  if (kind === "wall") return Math.abs(normal[1]) < 0.35;
  if (kind === "floor") return level && y < ground + 0.3;
  return level && y >= ground + 0.3 && y < ground + 1.4;
}
