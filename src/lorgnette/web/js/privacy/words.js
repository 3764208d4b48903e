// The page's words, and numbers as it sets them.

import { LANGUAGES, language, locale, number, t } from "../i18n.js";
import { de } from "../strings/privacy.de.js";
import { en } from "../strings/privacy.en.js";
import { zh } from "../strings/privacy.zh.js";

for (const [language, table] of Object.entries({ de, en, zh })) Object.assign(LANGUAGES[language], table);

const UNITS = ["B", "kB", "MB", "GB"];

/** Bytes: 812 B, 12 kB, 3.4 MB. */
export function size(bytes) {
  const power = Math.min(UNITS.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${number(value, { maximumFractionDigits: power && value < 10 ? 1 : 0 })}\u00a0${UNITS[power]}`;
}

export function day(seconds) {
  return new Intl.DateTimeFormat(locale(), { day: "numeric", month: "short", year: "numeric" }).format(seconds * 1000);
}

export function moment(seconds) {
  return new Intl.DateTimeFormat(locale(), {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }).format(seconds * 1000);
}

/** “a, b and c”. */
export function listed(parts) {
  return new Intl.ListFormat(locale(), { style: "long", type: "conjunction" }).format(parts);
}

/** A sentence of parts that have no beginning and end of their own. */
export function sentence(parts) {
  const text = language() === "zh" ? parts.join("，") : listed(parts);
  return text.charAt(0).toLocaleUpperCase(locale()) + text.slice(1) + (language() === "zh" ? "。" : ".");
}

/** Sentences one after the other; Chinese full stops bring their own space. */
export function together(...sentences) {
  return sentences.filter(Boolean).join(language() === "zh" ? "" : " ");
}

/** What the hub calls `notes`, as the page calls it; its own key where the page has no word. */
export const thing = (name) => t(`p.thing.${name}`);
