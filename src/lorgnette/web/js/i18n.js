// The page's language: strings, quotes, numbers and times, as people of that language write them.

import { de } from "./strings/de.js";
import { en } from "./strings/en.js";
import { zh } from "./strings/zh.js";
import { de as deOwn } from "./strings/own.de.js";
import { en as enOwn } from "./strings/own.en.js";
import { zh as zhOwn } from "./strings/own.zh.js";
import * as product from "./strings/product/index.js";

export const LANGUAGES = {
  en: { ...en, ...product.en, ...enOwn },
  de: { ...de, ...product.de, ...deOwn },
  zh: { ...zh, ...product.zh, ...zhOwn },
};
const LOCALES = { en: "en-GB", de: "de-DE", zh: "zh-CN" };
const QUOTES = { en: "“”", de: "„“", zh: "“”" };

let current = "en";
const listeners = new Set();

/** The table that fits a BCP 47 tag; English where there is none. */
export function fitting(tag) {
  const base = String(tag ?? "")
    .toLowerCase()
    .split("-")[0];
  return base in LANGUAGES ? base : "en";
}

export const language = () => current;
export const locale = () => LOCALES[current];

export function setLanguage(tag) {
  const next = fitting(tag);
  const changed = next !== current;
  current = next;
  document.documentElement.lang = next === "zh" ? "zh-Hans" : next;
  const manifest = document.querySelector("link[rel=manifest]");
  if (manifest) manifest.href = next === "en" ? "manifest.webmanifest" : `manifest.${next}.webmanifest`;
  translate(document);
  if (changed) for (const listener of listeners) listener(next);
}

export function onLanguage(listener) {
  listeners.add(listener);
}

/** The string under `key`, its `{names}` filled; the key's last part where a hub names something new. */
export function t(key, values = {}) {
  const found = LANGUAGES[current][key] ?? LANGUAGES.en[key] ?? key.split(".").at(-1).replaceAll(/[_-]/g, " ");
  return found.replaceAll(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** Is there a string of our own for this key? */
export const known = (key) => key in LANGUAGES.en;

/** Fill a part of the page: `data-t` is text, `data-t-label` an accessible name, `data-t-hint` a placeholder. */
export function translate(root) {
  for (const element of root.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
  for (const element of root.querySelectorAll("[data-t-label]")) {
    element.setAttribute("aria-label", t(element.dataset.tLabel));
  }
  for (const element of root.querySelectorAll("[data-t-title]")) element.title = t(element.dataset.tTitle);
  for (const element of root.querySelectorAll("[data-t-hint]"))
    element.placeholder = t(element.dataset.tHint);
}

/** Someone's words, as this language quotes them. */
export function quote(text, tag = current) {
  const [open, close] = QUOTES[fitting(tag)];
  return open + text + close;
}

/** Real apostrophes. */
export const apostrophes = (text) => text.replaceAll(/(\p{L})'(\p{L})/gu, "$1’$2");

/** Words of a recogniser or a hub as they are set: a capital at the start, real apostrophes. */
export function polish(text) {
  const straight = apostrophes(text.trim());
  return straight.charAt(0).toLocaleUpperCase(locale()) + straight.slice(1);
}

export function clockTime(ms) {
  return new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit" }).format(ms);
}

/** How long ago, as one says it: 5 minutes ago, yesterday. */
export function ago(ms, now = Date.now()) {
  const seconds = Math.max(0, (now - ms) / 1000);
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: "auto" });
  for (const [unit, length] of [
    ["day", 86_400],
    ["hour", 3600],
    ["minute", 60],
  ]) {
    if (seconds >= length) return format.format(-Math.floor(seconds / length), unit);
  }
  return t("just.now");
}

/** When something comes, in a time zone: today, 16:40; Sat 28 Nov, 20:00. */
export function when(ms, timeZone, now = Date.now()) {
  const date = new Intl.DateTimeFormat("en-CA", { timeZone });
  const days = Math.round((Date.parse(date.format(ms)) - Date.parse(date.format(now))) / 86_400_000);
  const time = new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit", timeZone }).format(ms);
  const day =
    Math.abs(days) <= 1
      ? new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(days, "day")
      : new Intl.DateTimeFormat(locale(), { weekday: "short", day: "numeric", month: "short", timeZone }).format(ms);
  return t("when", { day, time });
}

export function number(value, options) {
  return new Intl.NumberFormat(locale(), options).format(value);
}

export function percent(fraction) {
  return number(fraction, { style: "percent", maximumFractionDigits: 0 });
}

/** Metres as one would say them on the way: 40 m, 350 m, 1.2 km. */
export function distance(metres) {
  const far = metres >= 950;
  const value = far ? metres / 1000 : Math.round(metres / (metres > 100 ? 10 : 5)) * (metres > 100 ? 10 : 5);
  return number(value, {
    style: "unit",
    unit: far ? "kilometer" : "meter",
    unitDisplay: "short",
    maximumFractionDigits: far ? 1 : 0,
  });
}

/** A length of time in a trace: 4 ms, 0.62 s. */
export function took(ms) {
  if (ms < 100) return `${number(ms, { maximumFractionDigits: ms < 10 ? 1 : 0 })}\u00a0ms`;
  return `${number(ms / 1000, { minimumFractionDigits: 2, maximumFractionDigits: 2 })}\u00a0s`;
}

/** Seconds left as a clock shows them: 4:05, 1:04:05. */
export function timeLeft(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  const s = String(whole % 60).padStart(2, "0");
  const m = Math.floor(whole / 60) % 60;
  const h = Math.floor(whole / 3600);
  return h ? `${h}:${String(m).padStart(2, "0")}:${s}` : `${m}:${s}`;
}

/** One of eight winds. */
export function wind(degrees) {
  return t("winds").split(" ")[Math.round((((degrees % 360) + 360) % 360) / 45) % 8];
}
