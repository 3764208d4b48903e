// The gallery: what was taken, in a dialog of its own; what is deleted can be taken back for a moment.

import { h, icon } from "../dom.js";
import { onLanguage, quote, t } from "../i18n.js";
import { Grid } from "./grid.js";
import { Source } from "./source.js";
import { Viewer } from "./viewer.js";

const UNDO_MS = 10_000;

/** `ask(words)`: as if said. Gives `button`, `open()` and `changed(event)`. */
export function gallery({ hub, token, ask }) {
  const source = new Source(hub, token);
  let undoTimer = 0;
  let loading = false;

  const title = h("h2", { id: "gallery-title" });
  const close = h("button", { type: "button", class: "round", id: "gallery-close" }, icon("close"));
  const empty = h("div", { class: "gallery-empty", hidden: true });
  const words = h("span");
  const undo = h("button", { type: "button", class: "quiet" });
  const toast = h("div", { class: "gallery-toast", role: "status", hidden: true }, words, undo);
  const places = h("input", { type: "checkbox", role: "switch", id: "gallery-places" });
  const placesName = h("span");
  const placesNote = h("p", { class: "note" });
  const wishes = h(
    "div",
    { class: "gallery-wishes" },
    h("label", { class: "check" }, placesName, places),
    placesNote,
  );

  const grid = new Grid({ source, open: (item) => look(item), end: () => more() });
  const viewer = new Viewer({
    source,
    deleted: (item) => gone(item),
    closed: (item) => {
      list.hidden = false;
      grid.focus(item.id);
    },
    trouble: (key) => say(t(key)),
  });
  const list = h("div", { class: "gallery-list" }, empty, grid.element, wishes);
  const dialog = h(
    "dialog",
    { class: "gallery", id: "gallery", "aria-labelledby": "gallery-title" },
    h("div", { class: "gallery-head" }, title, close),
    list,
    viewer.element,
    toast,
  );
  document.body.append(dialog);
  const button = h("button", { type: "button", class: "round", id: "gallery-open", onclick: () => open() }, icon("pictures"));

  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("cancel", (event) => {
    if (!viewer.item) return;
    event.preventDefault();
    viewer.close();
  });
  dialog.addEventListener("close", () => {
    viewer.close();
    grid.clear();
    source.forget();
    toast.hidden = true;
  });
  places.addEventListener("change", async () => {
    await source.wantPlaces(places.checked).catch(() => {
      places.checked = !places.checked;
      say(t("gallery.trouble"));
    });
  });

  const say = (text, deed) => {
    clearTimeout(undoTimer);
    words.textContent = text;
    undo.hidden = !deed;
    undo.onclick = deed ?? null;
    toast.hidden = !text;
    if (text) undoTimer = setTimeout(() => (toast.hidden = true), UNDO_MS);
  };

  const name = () => {
    title.textContent = t("gallery.title");
    close.setAttribute("aria-label", t("gallery.close"));
    button.setAttribute("aria-label", t("gallery.open"));
    button.title = t("gallery.open");
    undo.textContent = t("turn.undo");
    placesName.textContent = t("gallery.places");
    placesNote.textContent = t("gallery.places.note");
    empty.replaceChildren(
      h("p", { class: "lead", text: t("gallery.empty") }),
      h(
        "p",
        { class: "say" },
        h("button", { type: "button", onclick: () => tell(t("gallery.empty.say")) }, quote(t("gallery.empty.say"))),
      ),
    );
  };
  const tell = (phrase) => {
    dialog.close();
    ask(phrase);
  };

  const fill = async () => {
    if (loading) return;
    loading = true;
    try {
      const items = await source.first();
      grid.clear();
      grid.add(items);
      empty.hidden = items.length > 0;
      places.checked = await source.places();
    } catch {
      say(t("gallery.trouble"));
    } finally {
      loading = false;
    }
  };

  const more = async () => {
    if (loading || !source.next || !dialog.open) return;
    loading = true;
    grid.add(await source.more().catch(() => []));
    loading = false;
  };

  const open = () => {
    if (!dialog.open) dialog.showModal();
    return fill();
  };

  const look = (item) => {
    list.hidden = true;
    viewer.show(item);
  };

  const gone = (item) => {
    grid.remove(item.id);
    empty.hidden = source.items.length > 0;
    say(t(item.kind === "film" ? "gallery.deleted.film" : "gallery.deleted.picture"), async () => {
      await source.restore(item).catch(() => say(t("gallery.trouble")));
      say("");
      await fill();
      if (viewer.item) look(source.items.find((one) => one.id === item.id) ?? viewer.item);
    });
  };

  onLanguage(() => {
    name();
    if (dialog.open) fill();
  });
  name();
  return {
    button,
    open,
    /** Something was kept, deleted or brought back, perhaps on another device. */
    changed({ id, change }) {
      if (!dialog.open) return;
      if (change === "deleted") {
        source.items = source.items.filter((one) => one.id !== id);
        grid.remove(id);
        empty.hidden = source.items.length > 0;
      } else if (!viewer.item) fill();
    },
  };
}
