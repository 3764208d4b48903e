// A quiet street at dusk, painted all around, that stands in for a camera.

const PER_LAYER = [
  { width: 4, low: 40, high: 74, shade: [84, 86, 102], base: 0.68, lit: 0.04, gaps: 0 },
  { width: 6, low: 56, high: 104, shade: [56, 62, 80], base: 0.71, lit: 0.14, gaps: 0.22 },
  { width: 9, low: 84, high: 150, shade: [30, 35, 49], base: 0.76, lit: 0.26, gaps: 0.42 },
];
const LAMP_EVERY = 30;

/** The same number for the same place, so that the street stands still while one looks around. */
function chance(layer, slot, salt) {
  let x = (layer * 374761393 + slot * 668265263 + salt * 2147483647) | 0;
  x = Math.imul(x ^ (x >>> 13), 1274126177);
  return ((x ^ (x >>> 16)) >>> 0) / 4294967296;
}

const rgb = ([r, g, b], light = 0) =>
  `rgb(${Math.round(r + light * 60)} ${Math.round(g + light * 56)} ${Math.round(b + light * 50)})`;

/** Paints into a canvas; `paint(heading, perDegree)` with pixels of the page per degree. */
export class Street {
  constructor(canvas) {
    this.canvas = canvas;
  }

  paint(heading, perDegree) {
    const { canvas } = this;
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const { clientWidth: width, clientHeight: height } = canvas;
    if (!width || !height) return;
    if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio);
    if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio);
    const pen = canvas.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.#sky(pen, width, height);
    const unit = height / 300;
    PER_LAYER.forEach((layer, i) => this.#houses(pen, i, layer, { heading, perDegree, width, height, unit }));
    this.#ground(pen, { heading, perDegree, width, height });
    this.#lamps(pen, { heading, perDegree, width, height, unit });
  }

  #sky(pen, width, height) {
    const sky = pen.createLinearGradient(0, 0, 0, height * 0.7);
    sky.addColorStop(0, "#1d2a40");
    sky.addColorStop(0.45, "#4c5a74");
    sky.addColorStop(0.78, "#a68d8c");
    sky.addColorStop(1, "#e0b08a");
    pen.fillStyle = sky;
    pen.fillRect(0, 0, width, height);
  }

  #houses(pen, index, layer, { heading, perDegree, width, height, unit }) {
    const count = Math.round(360 / layer.width);
    const foot = height * layer.base;
    const reach = width / perDegree / 2 + layer.width;
    const first = Math.floor((heading - reach) / layer.width);
    const last = Math.ceil((heading + reach) / layer.width);
    for (let slot = first; slot <= last; slot += 1) {
      const place = ((slot % count) + count) % count;
      const at = (salt) => chance(index, place, salt);
      if (at(7) < layer.gaps) continue; // a side street: one sees what lies behind
      const x = width / 2 + (slot * layer.width - heading) * perDegree;
      const w = layer.width * perDegree + 1;
      const h = (layer.low + (layer.high - layer.low) * at(1)) * unit;
      const top = foot - h;
      pen.fillStyle = rgb(layer.shade, (at(2) - 0.4) * 0.35);
      pen.beginPath();
      pen.moveTo(x, height);
      pen.lineTo(x, top);
      const roof = at(3);
      const rise = Math.min(w * 0.42, (18 + 16 * at(4)) * unit * (0.6 + index * 0.25));
      if (roof < 0.45) pen.lineTo(x + w / 2, top - rise);
      else if (roof < 0.75) {
        pen.lineTo(x + w * 0.1, top - rise * 0.6);
        pen.lineTo(x + w * 0.9, top - rise * 0.6);
      } else if (roof < 0.85) {
        pen.lineTo(x + w * 0.4, top);
        pen.lineTo(x + w * 0.4, top - rise * 1.1);
        pen.lineTo(x + w * 0.5, top - rise * 2.1);
        pen.lineTo(x + w * 0.6, top - rise * 1.1);
        pen.lineTo(x + w * 0.6, top);
      }
      pen.lineTo(x + w, top);
      pen.lineTo(x + w, height);
      pen.fill();
      this.#windows(pen, { x, w, top, foot, at, lit: layer.lit, size: (2.6 + index * 2.3) * unit, index });
      if (index === 2) this.#shop(pen, { x, w, foot, at, unit });
    }
  }

  #windows(pen, { x, w, top, foot, at, lit, size, index }) {
    const step = size * 2.3;
    const columns = Math.max(1, Math.floor((w - size * 1.6) / step));
    const inset = (w - (columns - 1) * step - size) / 2;
    const rows = Math.floor((foot - top) / (size * 2.6));
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        const luck = at(10 + row * 31 + column);
        const warm = luck < lit;
        pen.fillStyle = warm
          ? `rgb(250 ${196 + Math.round(luck * 120)} 128 / ${0.45 + index * 0.14})`
          : `rgb(150 165 190 / ${0.05 + index * 0.025})`;
        pen.fillRect(x + inset + column * step, top + size * 1.1 + row * size * 2.6, size, size * 1.5);
      }
    }
  }

  /** A lit window at street level, and a door. */
  #shop(pen, { x, w, foot, at, unit }) {
    if (at(8) < 0.35) return;
    const width = w * (0.34 + 0.2 * at(9));
    const left = x + w * 0.14;
    const light = pen.createLinearGradient(0, foot - 26 * unit, 0, foot);
    light.addColorStop(0, "rgb(255 214 150 / .85)");
    light.addColorStop(1, "rgb(240 170 100 / .5)");
    pen.fillStyle = light;
    pen.fillRect(left, foot - 24 * unit, width, 18 * unit);
    pen.fillStyle = ["#6b2f2b", "#2f4a44", "#3a3f63", "#6a5230"][Math.floor(at(12) * 4)];
    pen.beginPath();
    pen.moveTo(left - 2 * unit, foot - 21 * unit);
    pen.lineTo(left + 3 * unit, foot - 29 * unit);
    pen.lineTo(left + width - 3 * unit, foot - 29 * unit);
    pen.lineTo(left + width + 2 * unit, foot - 21 * unit);
    pen.fill();
    pen.fillStyle = "rgb(16 18 26 / .8)";
    pen.fillRect(left + width + w * 0.07, foot - 24 * unit, 10 * unit, 24 * unit);
  }

  #ground(pen, { heading, perDegree, width, height }) {
    const horizon = height * 0.74;
    const ground = pen.createLinearGradient(0, horizon, 0, height);
    ground.addColorStop(0, "#2b2e38");
    ground.addColorStop(0.25, "#343640");
    ground.addColorStop(1, "#1c1d24");
    pen.fillStyle = ground;
    pen.fillRect(0, horizon, width, height - horizon);
    pen.fillStyle = "#4a4a52";
    pen.fillRect(0, horizon, width, Math.max(1, height * 0.006));
    pen.strokeStyle = "#ffffff0d";
    pen.lineWidth = 1;
    for (let row = 1; row < 8; row += 1) {
      const y = horizon + (height - horizon) * (row / 8) ** 1.7;
      pen.beginPath();
      pen.moveTo(0, y);
      pen.lineTo(width, y);
      pen.stroke();
    }
    const reach = width / perDegree;
    for (let d = Math.floor((heading - reach) / 3) * 3; d <= heading + reach; d += 3) {
      const x = width / 2 + (d - heading) * perDegree;
      pen.beginPath();
      pen.moveTo(x, horizon);
      pen.lineTo(width / 2 + (x - width / 2) * 2.6, height);
      pen.stroke();
    }
  }

  #lamps(pen, { heading, perDegree, width, height, unit }) {
    const foot = height * 0.8;
    const reach = width / perDegree / 2 + 6;
    const first = Math.ceil((heading - reach) / LAMP_EVERY);
    for (let n = first; n * LAMP_EVERY <= heading + reach; n += 1) {
      const x = width / 2 + (n * LAMP_EVERY - 8.5 - heading) * perDegree;
      const head = foot - 104 * unit;
      pen.strokeStyle = "#12141b";
      pen.lineWidth = 2.4 * unit;
      pen.beginPath();
      pen.moveTo(x, foot);
      pen.lineTo(x, head + 6 * unit);
      pen.stroke();
      const glow = pen.createRadialGradient(x, head, 0, x, head, 62 * unit);
      glow.addColorStop(0, "rgb(255 214 150 / .75)");
      glow.addColorStop(0.12, "rgb(255 196 120 / .32)");
      glow.addColorStop(1, "rgb(255 190 110 / 0)");
      pen.fillStyle = glow;
      pen.fillRect(x - 62 * unit, head - 62 * unit, 124 * unit, 124 * unit);
      pen.fillStyle = "#ffe7bd";
      pen.beginPath();
      pen.arc(x, head, 4 * unit, 0, Math.PI * 2);
      pen.fill();
      const pool = pen.createRadialGradient(x, foot, 0, x, foot, 70 * unit);
      pool.addColorStop(0, "rgb(255 196 120 / .22)");
      pool.addColorStop(1, "rgb(255 190 110 / 0)");
      pen.save();
      pen.translate(0, foot * 0.75);
      pen.scale(1, 0.25);
      pen.fillStyle = pool;
      pen.fillRect(x - 70 * unit, foot - 70 * unit, 140 * unit, 140 * unit);
      pen.restore();
    }
  }
}
