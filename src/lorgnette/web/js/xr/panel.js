// A scene as light: drawn on black in a canvas, where black is nothing.

import { partsOf, within } from "../parts.js";

const LINE = 32;
const VALUE = 60;
const LONG = 44;
const GAP = 6;
const BESIDE = 18;
const WIDEST = 420; // pixels of the display's 640
const EDGE = 8;
const TONES = { calm: "#dfe9df", ask: "#ffb552", alert: "#ff6a58" };
const SOFT = { calm: "#a5aca5", ask: "#bd863d", alert: "#bd4e41" };

/** What is drawn; the texture is renewed where `changed` says so. */
export class Panel {
  #said = "";
  #image = null;
  canvas = document.createElement("canvas");
  changed = false;

  /** `lines`: how many lines of text at most. */
  constructor(entry, lines = 4) {
    this.entry = entry;
    this.lines = lines;
    if (document.fonts?.status === "loading") document.fonts.ready.then(() => (this.#said = ""));
  }

  /** As it is at `now`, epoch seconds of the hub. */
  update(now) {
    const parts = partsOf(this.entry, now);
    const kept = within(parts, this.lines);
    const shown = parts.filter((part, index) => !("text" in part) || kept.has(index));
    const said = JSON.stringify(shown);
    if (said === this.#said) return;
    this.#said = said;
    this.#draw(shown);
  }

  #draw(parts) {
    const pen = this.canvas.getContext("2d");
    const rows = parts.map((part) => this.#row(pen, part));
    const beside = this.entry.scene.kind === "arrow"; // an arrow, its distance and its street stand in one line
    const sizes = (side, gap) => rows.reduce((sum, row) => sum + row[side] + gap, -gap);
    const most = (side) => Math.max(1, ...rows.map((row) => row[side]));
    const width = beside ? sizes("width", BESIDE) : most("width");
    const height = beside ? most("height") : sizes("height", GAP);
    this.canvas.width = Math.max(1, Math.ceil(width + 2 * EDGE));
    this.canvas.height = Math.max(1, Math.ceil(height + 2 * EDGE));
    pen.fillStyle = "#000";
    pen.fillRect(0, 0, this.canvas.width, this.canvas.height);
    let [x, y] = [EDGE, EDGE];
    for (const row of rows) {
      pen.save();
      pen.translate(x, beside ? y + (height - row.height) / 2 : y);
      row.draw(pen, beside ? row.width : width);
      pen.restore();
      if (beside) x += row.width + BESIDE;
      else y += row.height + GAP;
    }
    this.changed = true;
  }

  #row(pen, part) {
    const tone = this.entry.scene.tone ?? "calm";
    if (part.role === "bar") return bar(part, TONES[tone], SOFT[tone]);
    if (part.role === "arrow") return arrow(part, TONES[tone]);
    if (part.role === "image") return this.#picture(part);
    const value = part.role === "value";
    const size = value ? (part.long ? LONG : VALUE) : LINE;
    const font = `${value ? 400 : 500} ${size}px ${family()}`;
    pen.font = font;
    const text = fitting(pen, part.text, WIDEST);
    const colour = value || part.selected ? TONES[tone] : SOFT[tone];
    const label = this.entry.scene.kind === "label" || this.entry.scene.kind === "caption";
    return {
      width: pen.measureText(text).width,
      height: size * 1.15,
      draw: (on, width) => {
        on.font = font;
        on.fillStyle = label && part.role !== "line" ? TONES[tone] : colour;
        on.textBaseline = "middle";
        on.textAlign = "center";
        on.fillText(text, width / 2, (size * 1.15) / 2);
        if (!part.done) return;
        const half = on.measureText(text).width / 2;
        on.fillRect(width / 2 - half, (size * 1.15) / 2, 2 * half, 2);
      },
    };
  }

  #picture({ source }) {
    const image = this.#image;
    if (image?.source === source && image.bitmap) {
      const scale = Math.min(1, 240 / image.bitmap.width, 180 / image.bitmap.height);
      const [width, height] = [image.bitmap.width * scale, image.bitmap.height * scale];
      return { width, height, draw: (on, room) => on.drawImage(image.bitmap, (room - width) / 2, 0, width, height) };
    }
    if (image?.source !== source) this.#load(source);
    return { width: 0, height: 0, draw: () => {} };
  }

  async #load(source) {
    this.#image = { source };
    const match = /^data:(image\/(?:png|jpeg|webp));base64,([A-Za-z0-9+/=]+)$/.exec(source);
    if (!match) return;
    const bytes = Uint8Array.from(atob(match[2]), (c) => c.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: match[1] })).catch(() => null);
    if (bitmap && this.#image.source === source) Object.assign(this.#image, { bitmap });
    this.#said = "";
  }
}

function bar({ fraction }, bright, soft) {
  return {
    width: 200,
    height: 6,
    draw: (on, width) => {
      on.globalAlpha = 0.35;
      on.fillStyle = soft;
      on.fillRect(0, 0, width, 5);
      on.globalAlpha = 1;
      on.fillStyle = bright;
      on.fillRect(0, 0, width * fraction, 5);
    },
  };
}

function arrow({ degrees }, colour) {
  return {
    width: 60,
    height: 64,
    draw: (on, width) => {
      on.translate(width / 2, 32);
      on.rotate((degrees * Math.PI) / 180);
      on.strokeStyle = colour;
      on.lineWidth = 7;
      on.lineCap = on.lineJoin = "round";
      on.stroke(new Path2D("M0 25V-25M-19 -6L0 -25L19 -6"));
    },
  };
}

function fitting(pen, text, most) {
  if (pen.measureText(text).width <= most) return text;
  const letters = [...text];
  while (letters.length > 1 && pen.measureText(`${letters.join("")}…`).width > most) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

let known = "";
function family() {
  known ||= getComputedStyle(document.body).fontFamily || "sans-serif";
  return known;
}
