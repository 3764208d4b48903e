// Where the wearer is: a patch of ground to walk on, or the device's own position; and whether it is shared.

import { h, s } from "./dom.js";
import { known, number, onLanguage, t } from "./i18n.js";
import { Sharing } from "./sharing.js";

const METRES_PER_DEGREE = 111_320;
const STEP = 5; // metres a key
const HALF = 48; // pad units from its middle to its edge
const SCALE = 2; // metres a pad unit
const TRAIL = 40;
const TOLD_MS = 250;
const PLACE = /^\s*(-?\d+(?:[.,]\d+)?)\s*[,;\s]\s*(-?\d+(?:[.,]\d+)?)\s*$/;

/** `changed()`: whether it is shared, or when it was told last; `refused()`: the browser doesn't allow it. */
export function position(root, glasses, prefs, { changed, refused }) {
  let latitude = prefs.get("latitude");
  let longitude = prefs.get("longitude");
  let trail = []; // metres east and north of the start
  let east = 0;
  let north = 0;
  let timer = 0;
  const reading = h("input", { class: "reading", id: "place", autocomplete: "off", spellcheck: "false" });
  const name = h("span", { class: "name" });
  const line = s("polyline", { class: "trail" });
  const grid = [-24, 0, 24].flatMap((at) => [
    s("line", { class: "grid", x1: at, x2: at, y1: -HALF, y2: HALF }),
    s("line", { class: "grid", y1: at, y2: at, x1: -HALF, x2: HALF }),
  ]);
  const view = s("path", { class: "view", d: "M0 0-13-30Q0-36 13-30Z" });
  const pad = s(
    "svg",
    { class: "pad", viewBox: "-48 -48 96 96", tabindex: 0, role: "application" },
    s("rect", { class: "ground", x: -47.5, y: -47.5, width: 95, height: 95, rx: 12 }),
    ...grid,
    line,
    view,
    s("circle", { class: "me", r: 4.5 }),
  );
  const box = h("input", { type: "checkbox", role: "switch", id: "share" });
  const share = h("span");
  const about = h("span", { class: "sharing-state", id: "share-state" });
  box.setAttribute("aria-describedby", about.id);

  const place = (digits) => {
    const figures = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return `${number(latitude, figures)} ${number(longitude, figures)}`;
  };
  const show = () => {
    name.textContent = t("position.label");
    share.textContent = t("sharing.label");
    const more = `sharing.state.${sharing.state}`; // beyond on and off
    about.textContent = known(more) ? t(more) : "";
    box.checked = sharing.state !== "off";
    pad.setAttribute("aria-label", t("position.pad"));
    reading.setAttribute("aria-label", t("position.place"));
    if (document.activeElement !== reading) reading.value = place(3);
    // the ground moves under the wearer, who stays in the middle
    line.setAttribute(
      "points",
      [...trail, [east, north]].map(([x, y]) => `${(x - east) / SCALE},${(north - y) / SCALE}`).join(" "),
    );
    grid.forEach((stroke, i) => {
      const at = [-24, 0, 24][i >> 1];
      const along = i % 2 ? north / SCALE : -east / SCALE;
      const moved = ((((at + along + 36) % 72) + 72) % 72) - 36;
      for (const end of i % 2 ? ["y1", "y2"] : ["x1", "x2"]) stroke.setAttribute(end, moved);
    });
  };
  const tell = () => {
    timer ||= setTimeout(() => {
      timer = 0;
      prefs.set("latitude", latitude);
      prefs.set("longitude", longitude);
      sharing.chosen(latitude, longitude);
    }, TOLD_MS);
  };
  const walk = (metresEast, metresNorth) => {
    trail.push([east, north]);
    if (trail.length > TRAIL) trail.shift();
    east += metresEast;
    north += metresNorth;
    latitude = Math.max(-85, Math.min(85, latitude + metresNorth / METRES_PER_DEGREE));
    longitude += metresEast / (METRES_PER_DEGREE * Math.cos((latitude * Math.PI) / 180));
    longitude = ((((longitude + 180) % 360) + 360) % 360) - 180;
    show();
    tell();
  };
  const be = (lat, lon) => {
    [latitude, longitude] = [lat, lon];
    trail = [];
    show();
  };
  const jump = (lat, lon) => {
    be(lat, lon);
    tell();
  };
  const sharing = new Sharing({
    glasses,
    prefs,
    moved: be,
    refused,
    changed: () => {
      show();
      changed();
    },
  });

  reading.addEventListener("focus", () => {
    reading.value = place(5);
    reading.select();
  });
  reading.addEventListener("change", () => {
    const [lat, lon] = (PLACE.exec(reading.value) ?? [])
      .slice(1)
      .map((part) => Number(part.replace(",", ".")));
    if (Math.abs(lat) <= 85 && Math.abs(lon) <= 180) jump(lat, lon);
  });
  reading.addEventListener("blur", () => setTimeout(show));

  let from = null;
  pad.addEventListener("pointerdown", (event) => {
    pad.setPointerCapture(event.pointerId);
    from = [event.clientX, event.clientY];
  });
  pad.addEventListener("pointermove", (event) => {
    if (!from || !event.buttons) return;
    const dx = event.clientX - from[0];
    const dy = event.clientY - from[1];
    if (Math.hypot(dx, dy) < 4) return;
    from = [event.clientX, event.clientY];
    walk(dx * SCALE, -dy * SCALE); // the wearer goes where the finger goes
  });
  pad.addEventListener("keydown", (event) => {
    const step = { ArrowRight: [STEP, 0], ArrowLeft: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] }[
      event.key
    ];
    if (!step) return;
    walk(...step);
    event.preventDefault();
  });
  const turn = (on) => {
    clearTimeout(timer);
    timer = 0;
    if (on) sharing.on();
    else sharing.off();
    show();
  };
  box.addEventListener("change", () => turn(box.checked));

  root.append(h("div", { class: "top" }, name, reading), pad);
  root.after(h("div", { class: "sharing" }, h("label", { class: "check" }, share, box), about));
  onLanguage(show);
  show();
  return {
    jump,
    walk,
    look: (degrees) => view.setAttribute("transform", `rotate(${degrees})`),
    sharing,
    share: turn,
  };
}
