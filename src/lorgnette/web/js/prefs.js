// What this browser remembers: the token and the choices made here.

const KEY = "lorgnette";

const DEFAULTS = {
  token: "",
  device: "",
  language: "",
  theme: "auto", // auto, light, dark
  size: "1", // factor of the type
  form: "everyday",
  mic: "push", // push, gate, wake
  echo: "device", // device, hub, none
  output: "both", // both, captions, speech
  camera: true,
  awake: true, // the screen stays on while the glasses are worn here
  haptics: true,
  keep: false, // the last conversation stays on this device
  contrast: "auto", // auto, more
  motion: "auto", // auto, less
  hand: "right", // right, left
  worn: false, // only the display, on black: glasses that run the page themselves
  begun: true, // the first steps were seen; pairing anew sets it back
  rate: 1,
  battery: 0.82,
  latitude: 60.1699,
  longitude: 24.9384,
  sharing: "off", // off, device, hand: whether the hub is told where the wearer is
};

/** A plain object in `localStorage`; a browser that refuses storage gets one that lasts as long as the page. */
export class Prefs {
  #values = { ...DEFAULTS };

  constructor(storage = safeStorage()) {
    this.storage = storage;
    try {
      Object.assign(this.#values, JSON.parse(storage?.getItem(KEY) ?? "{}"));
    } catch {
      // unreadable: start afresh
    }
  }

  get(name) {
    return this.#values[name];
  }

  set(name, value) {
    this.#values[name] = value;
    try {
      this.storage?.setItem(KEY, JSON.stringify(this.#values));
    } catch {
      // full or refused: it holds until the page closes
    }
  }
}

function safeStorage() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
