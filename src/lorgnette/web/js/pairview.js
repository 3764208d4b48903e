// The page before the glasses belong to anybody: eight digits and a name.

import { h } from "./dom.js";
import { onLanguage, t } from "./i18n.js";
import { pair } from "./pairing.js";

/** Shows the form in `root`; `paired({token, device, wearer})` when the hub agreed. `reason`: a key to begin with. */
export function pairView(root, { paired, reason = "" }) {
  let trouble = reason;
  let busy = false;
  const code = h("input", {
    class: "code",
    id: "pair-code",
    inputmode: "numeric",
    autocomplete: "one-time-code",
    maxlength: 9,
    required: true,
  });
  const name = h("input", { id: "pair-name", maxlength: 80, autocomplete: "off" });

  const digits = () => code.value.replaceAll(/\D/g, "");
  code.addEventListener("input", () => {
    const typed = digits().slice(0, 8);
    code.value = typed.length > 4 ? `${typed.slice(0, 4)} ${typed.slice(4)}` : typed;
    if (typed.length === 8 && !busy) root.querySelector("form").requestSubmit();
  });

  const submit = async (event) => {
    event.preventDefault();
    if (busy || digits().length !== 8) return;
    busy = true;
    draw();
    try {
      paired(await pair(digits(), name.value.trim() || t("pair.default")));
    } catch (error) {
      trouble = `pair.${error.message}`;
      code.value = "";
    }
    busy = false;
    draw();
    code.focus();
  };

  const draw = () => {
    const form = h(
      "form",
      { onsubmit: submit },
      h("img", { src: "icon.svg", alt: "", width: 56, height: 56 }),
      h("h1", { text: t("pair.title") }),
      h("p", { class: "lead", text: t("pair.lead") }),
      h("label", { for: "pair-code", text: t("pair.code") }),
      code,
      h("label", { for: "pair-name", text: t("pair.name") }),
      name,
      h("button", {
        class: "go",
        type: "submit",
        disabled: busy,
        text: t(busy ? "pair.waiting" : "pair.go"),
      }),
      h("p", { class: "trouble", role: "alert", text: trouble ? t(trouble) : "" }),
      h("p", { class: "how" }, t("pair.how"), h("code", { text: "lorgnette pair" })),
    );
    name.placeholder = t("pair.default");
    root.replaceChildren(form);
  };

  root.hidden = false;
  onLanguage(() => !root.hidden && draw());
  draw();
  code.focus();
}
