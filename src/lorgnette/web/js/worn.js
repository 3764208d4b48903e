// Glasses that run this page themselves: only the display, on black, by a touch strip's or a remote's few keys.

import { $, $$ } from "./dom.js";

const STOPS = "button, input, select, summary, a[href]";

/** What the arrows walk through in a dialog: a radio group is one stop, as it is for Tab. */
function stops(dialog) {
  return $$(STOPS, dialog).filter(
    (e) => e.checkVisibility() && !e.disabled && (e.type !== "radio" || e.checked),
  );
}

/** Up and down go from control to control; left and right stay what they are: choose, set, move in text. */
function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const dialog = $("dialog[open]");
  if (!step || !dialog) return;
  event.preventDefault();
  event.stopPropagation();
  const all = stops(dialog);
  const group = document.activeElement.name;
  const at = all.findIndex((e) => e === document.activeElement || (e.type === "radio" && e.name === group));
  all[(at + step + all.length) % all.length]?.focus();
}

/** `open()`: the settings, which are nowhere to be seen here; `busy()`: Escape stops something first. */
export function worn(prefs, { open, busy }) {
  const root = document.documentElement;
  const temple = $("#temple");
  const on = () => root.dataset.worn === "true";
  const back = () => on() && !$("dialog[open]") && temple.focus();
  document.addEventListener(
    "keydown",
    (event) => {
      if (!on()) return;
      if ($("dialog[open]")) walk(event);
      else if (["Escape", "GoBack", "BrowserBack", "ContextMenu"].includes(event.key) && !busy()) {
        event.preventDefault();
        event.stopPropagation();
        open();
      } else if (document.activeElement !== temple) temple.focus(); // a key always reaches the temple
    },
    { capture: true },
  );
  for (const dialog of $$("dialog")) dialog.addEventListener("close", () => setTimeout(back));
  const see = () => {
    root.dataset.worn = String(prefs.get("worn") && prefs.get("form") === "ar");
    back();
  };
  see();
  return see;
}
