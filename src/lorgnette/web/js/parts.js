// A scene taken apart into what is drawn: a title, one large value, lines, a bar, an arrow, an image.

import { distance, polish, t, timeLeft } from "./i18n.js";
import { turn } from "./geometry.js";

const MOST_ITEMS = 5;

/** Seconds left of a progress scene at `now` (epoch seconds of the hub); null when it has no time. */
export function secondsLeft(scene, now) {
  if (scene.due > 0) return scene.due - now;
  if (scene.left > 0) return scene.left;
  return null;
}

function progress(scene, { now }) {
  const left = secondsLeft(scene, now);
  if (left === null) {
    const fraction = Math.max(0, Math.min(1, scene.fraction));
    return [
      { role: "title", text: polish(scene.title ?? "") },
      ...(scene.fraction >= 0 ? [{ role: "bar", fraction }] : []),
    ];
  }
  const total = scene.total || (scene.start ? scene.due - scene.start : 0);
  const over = left <= 0;
  return [
    { role: "title", text: polish(scene.title ?? "") },
    { role: "value", text: over ? t("scene.over") : timeLeft(left), long: over },
    ...(total > 0 ? [{ role: "bar", fraction: Math.max(0, Math.min(1, left / total)) }] : []),
    ...(scene.due > 0 ? [] : [{ role: "line", text: t("scene.paused") }]),
  ];
}

function way(degrees) {
  const off = Math.abs(turn(0, degrees));
  if (off < 25) return t("arrow.ahead");
  if (off > 155) return t("arrow.back");
  return turn(0, degrees) > 0 ? t("arrow.right") : t("arrow.left");
}

function list(scene) {
  const items = scene.items ?? [];
  // a long list shows the part around the selected item
  const from = Math.max(0, Math.min((scene.selected ?? -1) - 2, items.length - MOST_ITEMS));
  const shown = items.slice(from, from + MOST_ITEMS);
  const more = items.length - shown.length;
  return [
    { role: "title", text: polish(scene.title ?? "") },
    ...shown.map((text, i) => ({
      role: "line",
      text,
      done: (scene.done ?? []).includes(from + i),
      selected: scene.selected === from + i,
    })),
    ...(more > 0 ? [{ role: "line", text: t("scene.more", { count: more }) }] : []),
  ];
}

const KINDS = {
  caption: (scene) => [{ role: "line", text: scene.text }],
  card: (scene) => [
    { role: "title", text: polish(scene.title ?? "") },
    { role: "value", text: scene.value, long: (scene.value ?? "").length > 8 },
    ...(scene.lines ?? []).map((text) => ({ role: "line", text })),
  ],
  list,
  progress,
  arrow: (scene) => [
    { role: "arrow", degrees: scene.turn ?? 0, label: way(scene.turn ?? 0) },
    ...(scene.distance > 0 ? [{ role: "value", text: distance(scene.distance) }] : []),
    { role: "line", text: scene.street },
  ],
  qr: (scene, { image }) => [
    { role: "title", text: polish(scene.title ?? "") },
    image ? { role: "image", source: image, label: t("scene.code") } : { role: "line", text: scene.data },
  ],
  picture: (scene, { image }) => {
    const source = image || (scene.source?.startsWith("data:") ? scene.source : "");
    return source ? [{ role: "image", source, label: scene.alt }] : [{ role: "line", text: scene.alt }];
  },
  label: (scene) => [
    { role: "title", text: scene.text },
    { role: "line", text: scene.detail },
  ],
};

/** What of a scene is drawn now, in reading order; empty texts are left out. `now`: epoch seconds of the hub. */
export function partsOf({ scene, image = "" }, now) {
  const make = KINDS[scene.kind];
  if (!make) return [];
  return make(scene, { now, image }).filter((part) =>
    part.text !== "" && part.text !== undefined ? true : !("text" in part),
  );
}

/** Does this scene change by itself as time goes on? */
export const runs = (scene) => scene.kind === "progress" && scene.due > 0;

/** Indexes of the text parts that stay when only `count` lines fit: value first, then title, then lines. */
export function within(parts, count) {
  const rank = { value: 0, title: 1, line: 2 };
  const texts = parts.map((part, index) => ({ part, index })).filter(({ part }) => part.role in rank);
  texts.sort(
    (a, b) =>
      rank[a.part.role] - rank[b.part.role] ||
      Number(b.part.selected ?? 0) - Number(a.part.selected ?? 0) ||
      a.index - b.index,
  );
  return new Set(texts.slice(0, count).map(({ index }) => index));
}
