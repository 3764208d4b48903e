// What the glasses see with: the camera and its light, the gallery, and the room around the wearer.

import { Capture } from "./capture/capture.js";
import { Mark } from "./capture/mark.js";
import { $, h, icon } from "./dom.js";
import { gallery } from "./gallery/gallery.js";
import { LANGUAGES, onLanguage, t } from "./i18n.js";
import { de } from "./strings/gallery.de.js";
import { en } from "./strings/gallery.en.js";
import { zh } from "./strings/gallery.zh.js";
import { space } from "./xr/space.js";

for (const [code, table] of Object.entries({ de, en, zh })) Object.assign(LANGUAGES[code], table);

/** Gives `event(message)` and `welcome(message)` for what the hub says. */
export function eyes({ glasses, stage, prefs, messages, hub }) {
  const shutter = (mode) => glasses.say({ type: "shutter", mode });
  const mark = new Mark(stage.root, { wallTime: () => glasses.wallTime, end: () => shutter("film") });
  const light = (mode, since) => {
    mark.show(mode, since);
    film.show();
    room.light(mode);
  };
  const film = filmButton(() => shutter("film"), () => mark.mode === "film");
  const room = space({ glasses, stage, messages, mark });
  const capture = new Capture({ wire: glasses.wire, send: (event) => glasses.say(event), light });
  const album = gallery({
    hub,
    token: () => prefs.get("token"),
    ask: (words) => glasses.type(words),
  });
  $("#gestures").append(film.element);
  $("#settings-open").before(album.button);
  return {
    capture,
    album,
    room,
    shutter,
    event(message) {
      capture.event(message);
      if (message.type === "gallery") album.changed(message);
    },
    welcome: (message) => capture.welcome(message),
    scene: (id, entry) => room.scene(id, entry),
    caption: (caption) => room.caption(caption),
    heading: (degrees) => room.heading(degrees),
  };
}

/** Begins and ends a film by hand. */
function filmButton(press, runs) {
  const label = h("span");
  const element = h("button", { type: "button", class: "quiet", id: "film", onclick: press }, icon("film"), label);
  const show = () => {
    label.textContent = t(runs() ? "film.stop" : "film.start");
    element.setAttribute("aria-pressed", String(runs()));
    element.setAttribute("aria-label", t(runs() ? "rec.stop" : "film.start"));
  };
  onLanguage(show);
  show();
  return { element, show };
}
