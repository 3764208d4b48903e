// A drawing of the frames: acetate, a camera, a light, and the sound at the temples.

import { s } from "./dom.js";

const OUTER = "M76 92C79 56 128 46 190 46C259 46 303 58 306 97C309 160 279 224 196 224C112 224 73 160 76 92Z";
const INNER =
  "M93 99C95 74 134 65 190 65C252 65 287 76 289 104C292 150 267 206 196 206C124 206 90 152 93 99Z";
const LUG = "M90 70C74 66 58 66 47 69Q37 72 38 83L41 104Q42 111 49 113L78 122C74 104 78 84 90 70Z";
const BRIDGE = "M292 74C309 60 331 60 348 74L343 104C338 86 302 86 297 104Z";
const GLINT_WIDE = "M128 60L172 60L112 196L96 172Z";
const GLINT_THIN = "M186 60L197 60L129 208L121 203Z";

function half(mirrored) {
  return s(
    "g",
    mirrored ? { transform: "translate(640 0) scale(-1 1)" } : {},
    s("path", { class: "arm", d: "M60 92C84 104 108 110 132 113" }),
    s("path", { class: "lens", d: INNER }),
    s(
      "g",
      { "clip-path": "url(#inside)" },
      s("path", { class: "glint", d: GLINT_WIDE }),
      s("path", { class: "glint", d: GLINT_THIN }),
    ),
    s("path", { class: "rim", d: LUG }),
    s("path", { class: "rim", d: OUTER + INNER, "fill-rule": "evenodd" }),
    s("path", { class: "inner", d: INNER }),
    s("path", { class: "shine", d: "M83 84C88 60 132 51 188 51C232 51 268 56 288 68" }),
    s("path", { class: "shine", d: "M45 77C54 73 66 72 76 73" }),
    s("circle", { class: "rivet", cx: 53, cy: 86, r: 2 }),
    s("circle", { class: "rivet", cx: 55, cy: 98, r: 2 }),
  );
}

const WAVES = ["M14 74q-9 18 0 36", "M0 66q-13 26 0 52", "M-14 58q-17 34 0 68"];

/** Draws into `root`; `level` is 0…1 of the wearer's voice, `sound` 0…1 of what the glasses play. */
export class EverydayDrawing {
  #waves;

  constructor(root) {
    this.root = root;
    const gradient = (id, a, b, to) =>
      s(
        "linearGradient",
        { id, x1: 0, y1: 0, ...to },
        s("stop", { class: a, offset: 0 }),
        s("stop", { class: b, offset: 1 }),
      );
    const waves = (side) =>
      s(
        "g",
        side < 0 ? {} : { transform: "translate(640 0) scale(-1 1)" },
        ...WAVES.map((d) => s("path", { class: "wave", d })),
      );
    const svg = s(
      "svg",
      { viewBox: "-24 28 688 232", preserveAspectRatio: "xMidYMid meet", "aria-hidden": "true" },
      s(
        "defs",
        null,
        gradient("acetate", "acetate-a", "acetate-b", { x2: 0.15, y2: 1 }),
        gradient("glass", "glass-a", "glass-b", { x2: 0.4, y2: 1 }),
        s("clipPath", { id: "inside" }, s("path", { d: INNER })),
        s(
          "radialGradient",
          { id: "light" },
          s("stop", { offset: 0, class: "glow", "stop-opacity": 0.95 }),
          s("stop", { offset: 0.3, class: "glow", "stop-opacity": 0.35 }),
          s("stop", { offset: 1, class: "glow", "stop-opacity": 0 }),
        ),
      ),
      s("ellipse", { class: "shadow", cx: 320, cy: 244, rx: 236, ry: 9 }),
      half(false),
      half(true),
      s("path", { class: "rim", d: BRIDGE }),
      s("path", { class: "shine", d: "M303 72C313 66 327 66 337 72" }),
      s("circle", { class: "pupil", cx: 586, cy: 92, r: 6.5 }),
      s("circle", { class: "eye", cx: 586, cy: 92, r: 2.6 }),
      s("circle", { class: "halo", cx: 92, cy: 74, r: 44, fill: "url(#light)" }),
      s("circle", { class: "led", cx: 92, cy: 74, r: 3.6 }),
      waves(-1),
      waves(1),
    );
    root.append(svg);
    this.#waves = [...svg.querySelectorAll(".wave")];
  }

  sound(loudness) {
    this.#waves.forEach((wave, i) => {
      const reach = Math.max(0, Math.min(1, loudness * 1.6 - (i % 3) * 0.25));
      wave.style.setProperty("--loud", (reach * 0.6).toFixed(2));
    });
  }
}
