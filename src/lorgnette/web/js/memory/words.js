// The memory page's words.

import { LANGUAGES, language, locale } from "../i18n.js";
import { de } from "../strings/memory.de.js";
import { en } from "../strings/memory.en.js";
import { zh } from "../strings/memory.zh.js";

for (const [name, table] of Object.entries({ de, en, zh })) Object.assign(LANGUAGES[name], table);

export function day(seconds) {
  return new Intl.DateTimeFormat(locale(), { day: "numeric", month: "short", year: "numeric" }).format(seconds * 1000);
}

/** “a, b and c”. */
export function listed(parts) {
  return new Intl.ListFormat(locale(), { style: "long", type: "conjunction" }).format(parts);
}

/** As one reads a sentence: with a capital letter, where the language has them. */
export function begun(text) {
  return language() === "zh" ? text : text.charAt(0).toLocaleUpperCase(locale()) + text.slice(1);
}
