// Where something in the world stands in the glasses' view; pure.

export const FOV = 30; // degrees across the field
const EARTH_M = 6_371_009;
const radians = (degrees) => (degrees * Math.PI) / 180;

/** The shortest way round from `from` to `to`: −180…180, clockwise positive. */
export function turn(from, to) {
  return ((((to - from) % 360) + 540) % 360) - 180;
}

/** Metres between two places on the ground (haversine). */
export function apart(one, other) {
  const [a, b] = [radians(one.latitude), radians(other.latitude)];
  const across = radians(other.longitude - one.longitude);
  const h = Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(across / 2) ** 2;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/**
 * A compass direction in the field: `x`, `y` in percent of it; `edge` is left or right when it lies
 * outside, and then it waits at that edge.
 */
export function bearingInField(degrees, elevation, heading, aspect = 1.6) {
  const away = turn(heading, degrees);
  const half = Math.tan(radians(FOV / 2));
  const y = 50 - (50 * aspect * Math.tan(radians(Math.max(-60, Math.min(60, elevation))))) / half;
  const inside = Math.abs(away) < FOV / 2;
  const x = inside ? 50 + (50 * Math.tan(radians(away))) / half : away < 0 ? 3 : 97;
  return { x, y: Math.max(8, Math.min(92, y)), edge: inside ? "" : away < 0 ? "left" : "right" };
}

/**
 * A box in the camera's image (0–1) in percent of the field. `image`: its size; `stage` and `field`:
 * rectangles {left, top, width, height} on the page; the image covers the stage.
 */
export function boxInField(box, image, stage, field) {
  const scale = Math.max(stage.width / image.width, stage.height / image.height);
  const left = stage.left + (stage.width - image.width * scale) / 2;
  const top = stage.top + (stage.height - image.height * scale) / 2;
  return {
    x: ((left + box.x * image.width * scale - field.left) / field.width) * 100,
    y: ((top + box.y * image.height * scale - field.top) / field.height) * 100,
    w: ((box.width * image.width * scale) / field.width) * 100,
    h: ((box.height * image.height * scale) / field.height) * 100,
  };
}

/** How many lines each zone gets: four in all, the words first, then what lies ahead, then the card. */
export function lines({ caption = 0, top = false, asks = false, side = false }) {
  let free = 4;
  const words = Math.min(caption, asks && side && top ? 1 : 2);
  free -= words;
  if (top) free -= 1;
  return { caption: words, top: top ? 1 : 0, side: side ? Math.max(1, free) : 0 };
}
