// Vectors [x, y, z], unit quaternions [x, y, z, w], angles in radians; metres, right-handed, y up, −z ahead. Pure.

export const add = (a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const sub = (a, b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const scaled = (a, by) => [a[0] * by, a[1] * by, a[2] * by];
export const length = (a) => Math.hypot(...a);
export const radians = (degrees) => (degrees * Math.PI) / 180;
export const degrees = (angle) => (angle * 180) / Math.PI;

/** The shortest way round, −π…π. */
export const between = (from, to) => Math.atan2(Math.sin(to - from), Math.cos(to - from));

export function turned([x, y, z, w], [a, b, c]) {
  const [i, j, k] = [y * c - z * b, z * a - x * c, x * b - y * a].map((one) => 2 * one);
  return [a + w * i + y * k - z * j, b + w * j + z * i - x * k, c + w * k + x * j - y * i];
}

/** First a pitch (up is positive), then a yaw (to the left is positive). */
export function looking(yaw, pitch) {
  const [sy, cy, sp, cp] = [Math.sin(yaw / 2), Math.cos(yaw / 2), Math.sin(pitch / 2), Math.cos(pitch / 2)];
  return [cy * sp, sy * cp, -sy * sp, cy * cp];
}

/** Yaw and pitch of where something with this orientation looks; roll doesn't count. */
export function gaze(orientation) {
  const [x, y, z] = turned(orientation, [0, 0, -1]);
  return { yaw: Math.atan2(-x, -z), pitch: Math.asin(Math.max(-1, Math.min(1, y))) };
}

/** The angle between two orientations. */
export const apart = (a, b) =>
  2 * Math.acos(Math.min(1, Math.abs(a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3])));

/** A column-major matrix: place, orientation, and width and height of a unit square. */
export function matrix([px, py, pz], q, width = 1, height = 1) {
  const x = scaled(turned(q, [1, 0, 0]), width);
  const y = scaled(turned(q, [0, 1, 0]), height);
  const z = turned(q, [0, 0, 1]);
  return new Float32Array([...x, 0, ...y, 0, ...z, 0, px, py, pz, 1]);
}
