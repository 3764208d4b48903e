// The export: asked for, shown as it comes, handed to the browser to be saved.

import { h } from "../dom.js";
import { percent, t } from "../i18n.js";
import { size, together } from "./words.js";

/** `fetchFile(progress)` gives {blob, name}; `progress(done, all)`. */
export function take(root, { kept }, fetchFile, failed) {
  const said = h("p", { class: "said", role: "status" });
  const bar = h("progress", { max: 1, value: 0, "aria-label": t("p.take.making"), hidden: true });
  const button = h("button", { type: "button", class: "quiet", text: t("p.take.do") });
  button.addEventListener("click", async () => {
    button.disabled = true;
    bar.removeAttribute("value");
    bar.hidden = false;
    said.textContent = `${t("p.take.making")} …`;
    try {
      const { blob, name } = await fetchFile((done, all) => {
        if (!all) return;
        bar.value = done / all;
        said.textContent = percent(done / all);
      });
      const link = h("a", { href: URL.createObjectURL(blob), download: name });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      said.textContent = t("p.take.done", { file: name });
    } catch (error) {
      said.textContent = failed(error);
    }
    bar.hidden = true;
    button.disabled = false;
  });
  const bytes = kept.reduce((sum, one) => sum + one.size, 0);
  root.replaceChildren(
    h("p", { class: "soft", text: together(t("p.take.what"), bytes ? t("p.take.size", { size: size(bytes) }) : "") }),
    h("div", { class: "row" }, button, bar),
    said,
  );
}
