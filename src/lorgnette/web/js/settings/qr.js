// A QR code as the hub counted it out, drawn with the quiet zone that cameras want.

import { s } from "../dom.js";

const QUIET = 4;

/** `rows`: strings of 0 and 1. Dark on light in any theme, or half of all cameras can't read it. */
export function qr(rows, label) {
  const size = rows.length + 2 * QUIET;
  let d = "";
  rows.forEach((row, y) => {
    for (const { index, 0: run } of row.matchAll(/1+/g)) {
      d += `M${index + QUIET} ${y + QUIET}h${run.length}v1h-${run.length}z`;
    }
  });
  return s(
    "svg",
    { class: "qr", viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": label, "shape-rendering": "crispEdges" },
    s("rect", { width: size, height: size, fill: "#fff" }),
    s("path", { d, fill: "#000" }),
  );
}
