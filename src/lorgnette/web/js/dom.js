// Making elements without markup in strings, so that no text of the hub is ever taken for HTML.

const SVG = "http://www.w3.org/2000/svg";

function fill(element, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "vars") for (const [key, v] of Object.entries(value)) element.style.setProperty(key, v);
    else if (name === "text") element.textContent = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(
    ...children.flat().filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

/** `h("button", {class: "quiet", onclick}, "Undo")`; `vars` sets custom properties, `text` the text. */
export function h(tag, props, ...children) {
  return fill(document.createElement(tag), props, children);
}

/** The same for SVG. */
export function s(tag, props, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

/** An icon of the page's own set: 24 px, 1.75 px strokes, the text's colour. */
export function icon(name) {
  const [first, ...more] = ICONS[name];
  return s(
    "svg",
    { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" },
    ...[first, ...more].map((d) => s("path", { d })),
  );
}

const ICONS = {
  mic: ["M12 3.5a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0v-5a3 3 0 0 1 3-3Z", "M6 11.5a6 6 0 0 0 12 0", "M12 17.5v3"],
  stop: ["M7.5 7.5h9v9h-9Z"],
  send: ["M12 19V5.5", "M6.5 11 12 5.5l5.5 5.5"],
  settings: ["M4 8h9", "M17 8h3", "M4 16h3", "M11 16h9", "M15 6v4", "M9 14v4"],
  close: ["M6.5 6.5l11 11", "M17.5 6.5l-11 11"],
  glasses: [
    "M3 14a3.8 3.8 0 1 0 7.6 0a3.8 3.8 0 1 0-7.6 0",
    "M13.4 14a3.8 3.8 0 1 0 7.6 0a3.8 3.8 0 1 0-7.6 0",
    "M10.6 13.4q1.4-1.2 2.8 0",
    "M3.2 12.8 5.4 7",
    "M20.8 12.8 18.6 7",
  ],
  yes: ["M12 5v13", "M7 13.5l5 5 5-5", "M8 5h8"],
  no: ["M4.5 12h15", "M8.5 8l-4 4 4 4", "M15.5 8l4 4-4 4"],
  camera: ["M4.5 8.5h3l1.5-2.5h6l1.5 2.5h3v10h-15Z", "M12 16.5a3.2 3.2 0 1 0 0-6.4a3.2 3.2 0 0 0 0 6.4"],
  film: ["M4 7.5h10.5v9H4Z", "M14.5 11l5.5-3v8l-5.5-3"],
  pictures: ["M4 5.5h16v13H4Z", "M4 16l5-5 4.5 4.5 2.5-2.5 4 4", "M15.5 9.5h.01"],
  save: ["M12 4.5v10", "M7.5 10.5l4.5 4.5 4.5-4.5", "M5 19h14"],
  pencil: ["M5 19l1-4L15.5 5.5l3 3L9 18Z", "M13.5 7.5l3 3"],
  bin: ["M5 7h14", "M9.5 7V4.5h5V7", "M7 7l.8 12.5h8.4L17 7"],
  share: ["M12 14.5V4", "M8 8l4-4 4 4", "M6 11.5v8h12v-8"],
  next: ["M9.5 6l6 6-6 6"],
  center: ["M12 4v3.5", "M12 16.5V20", "M4 12h3.5", "M16.5 12H20", "M12 9.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 0 0 0-5"],
  undo: ["M8.5 5.5 4.5 9.5l4 4", "M5 9.5h8.5a5 5 0 0 1 0 10H10"],
  chevron: ["M7 10l5 5 5-5"],
  back: ["M14.5 6 8.5 12l6 6"],
  bolt: ["M13 3.5 6.5 13.5h5l-.8 7 6.8-10.2h-5.2Z"],
  here: ["M12 8.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 0 0 0-7", "M12 3v3", "M12 18v3", "M3 12h3", "M18 12h3"],
  sound: ["M4.5 10v4h3l4.5 3.5v-11L7.5 10Z", "M15.5 9.5a3.5 3.5 0 0 1 0 5", "M18 7a7 7 0 0 1 0 10"],
};
