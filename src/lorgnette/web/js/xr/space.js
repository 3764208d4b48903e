// AR on the page: a button where the browser can, and while it lasts the room instead of the stage.

import { h, icon } from "../dom.js";
import { Hud } from "../hud.js";
import { onLanguage, t } from "../i18n.js";
import { Mark } from "../capture/mark.js";
import { gaze } from "./math.js";
import { Room } from "./room.js";
import { Immersion } from "./session.js";

const CAPTION = "\u0000caption"; // no id of the hub's
const TOLD_MS = 250;
const TURNED = 2; // degrees

/** Gives `scene`, `caption`, `heading`, `light`, and for tests `immersion` and `room`. */
export function space({ glasses, stage, messages, mark }) {
  const room = new Room({ wallTime: () => glasses.wallTime, forget: (panel) => immersion?.forget(panel) });
  let immersion = null;
  let compass = 0; // degrees, as the page knows it
  let told = { at: 0, degrees: NaN };
  let holding = false;

  // what lies over the view where the browser can: the same HUD, and what a finger needs
  const field = h("div", { class: "field" });
  const lost = h("p", { class: "xr-lost", role: "status", hidden: true });
  const leave = h("button", { type: "button", class: "quiet", onclick: () => immersion?.end() });
  const center = h("button", { type: "button", class: "quiet", onclick: () => recenter() });
  const overlay = h("div", { class: "xr-overlay" }, field, lost, h("div", { class: "xr-deeds" }, center, leave));
  document.body.append(overlay);
  const hud = new Hud(field, {
    wallTime: () => glasses.wallTime,
    layout: () => ({
      image: stage.camera.size,
      stage: overlay.getBoundingClientRect(),
      field: field.getBoundingClientRect(),
    }),
  });
  const light = new Mark(overlay, { wallTime: () => glasses.wallTime, end: mark.end });
  overlay.addEventListener("beforexrselect", (event) => event.target.closest("button") && event.preventDefault());

  const enter = h(
    "button",
    { type: "button", class: "quiet xr-enter", id: "xr-enter", hidden: true, onclick: () => begin() },
    icon("glasses"),
    h("span"),
  );
  stage.root.append(enter);

  const name = () => {
    enter.lastChild.textContent = t(immersion ? "xr.leave" : "xr.enter");
    leave.replaceChildren(icon("close"), t("xr.leave"));
    center.replaceChildren(icon("center"), t("xr.center"));
    lost.textContent = t("xr.lost");
  };

  const recenter = () => {
    room.center();
    if (room.head) room.north.set(compass, gaze(room.head.orientation).yaw);
  };

  const turned = (yaw) => {
    if (!told.at) room.north.set(compass, yaw); // the first look of the visit is where the compass pointed
    const degrees = room.north.headingOf(yaw);
    const now = performance.now();
    const off = Math.abs(((degrees - told.degrees + 540) % 360) - 180);
    if (now - told.at < TOLD_MS || off < TURNED) return;
    told = { at: now, degrees };
    glasses.heading(Math.round(degrees) % 360);
    hud.heading(degrees);
  };

  const begin = async () => {
    if (immersion) return immersion.end();
    told = { at: 0, degrees: NaN };
    try {
      immersion = await Immersion.enter({
        room,
        overlay,
        on: {
          pose: (position, orientation) => glasses.say({ type: "pose", position, orientation }),
          yaw: turned,
          tap: () => glasses.tap(),
          hold: (yes) => {
            if (yes === holding) return;
            holding = yes;
            if (yes) glasses.hold();
            else glasses.release();
          },
          lost: (yes) => (lost.hidden = !yes),
          ended,
        },
      });
      overlay.toggleAttribute("data-on", immersion.overlaid);
    } catch {
      messages.show("xr.failed");
    }
    name();
  };

  const ended = () => {
    immersion = null;
    overlay.removeAttribute("data-on");
    name();
  };

  const look = async () => {
    const can = await navigator.xr?.isSessionSupported?.("immersive-ar").catch(() => false);
    enter.hidden = !can;
  };
  navigator.xr?.addEventListener?.("devicechange", look);
  look();
  onLanguage(name);
  name();
  setInterval(() => immersion && hud.tick(), 200);

  return {
    room,
    get immersion() {
      return immersion;
    },
    scene(id, entry) {
      room.scene(id, entry);
      hud.scene(id, entry);
    },
    caption(caption) {
      hud.caption(caption);
      const text = caption?.text ?? "";
      const scene = { kind: "caption", text, tone: "calm", anchor: { at: "head", zone: "bottom" } };
      room.scene(CAPTION, text ? { id: CAPTION, scene, since: Date.now() } : null);
    },
    heading(degrees) {
      compass = degrees;
      if (immersion && room.head) room.north.set(degrees, gaze(room.head.orientation).yaw);
    },
    light: (mode) => light.show(mode),
    recenter,
  };
}
