// Second step: does the microphone hear, and can the hub be heard?

import { h } from "../dom.js";
import { t } from "../i18n.js";
import { button, heading } from "../settings/fields.js";

const LOUD = 0.02; // RMS of somebody who speaks to it
const ENOUGH = 8; // levels above it that make a hello

/** Which browser's words explain how to allow the microphone. */
export function browserOf(agent = navigator.userAgent, touch = navigator.maxTouchPoints) {
  if (/iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && touch > 1)) return "ios";
  if (/Firefox/.test(agent)) return "firefox";
  if (/Android/.test(agent)) return "android";
  if (/Chrome|Chromium|Edg/.test(agent)) return "chrome";
  if (/Safari/.test(agent)) return "safari";
  return "other";
}

export function hearing(desk) {
  const { glasses, hub } = desk;
  const bar = h("i", { "aria-hidden": "true" });
  const meter = h(
    "div",
    { class: "meter", role: "meter", "aria-label": t("begin.level"), "aria-valuemin": 0, "aria-valuemax": 100, "aria-valuenow": 0 },
    bar,
  );
  const said = h("p", { class: "note", role: "status" });
  const listen = button(t("begin.mic"), async () => {
    said.textContent = t("begin.hello");
    if (await glasses.tryMicrophone()) return;
    const { reason } = glasses.mic;
    said.textContent =
      reason === "denied" ? `${t("mic.help.denied")} ${t(`mic.help.${browserOf()}`)}` : t(`mic.help.${reason}`);
  });
  let loud = 0;
  desk.onlevel = (level) => {
    const part = Math.min(1, level * 5);
    bar.style.setProperty("--part", part.toFixed(2));
    meter.setAttribute("aria-valuenow", Math.round(part * 100));
    loud = level > LOUD ? loud + 1 : Math.max(0, loud - 0.2);
    if (loud > ENOUGH && !meter.dataset.heard) {
      meter.dataset.heard = "1";
      said.textContent = t("begin.heard");
    }
  };

  const answer = h("p", { class: "note", role: "status" });
  const sound = button(t("begin.sound"), async () => {
    answer.replaceChildren();
    await glasses.sound.wake();
    try {
      const { sounded } = await hub.post("/v1/chime");
      if (!sounded) answer.textContent = t("sound.away");
      else {
        answer.append(
          t("begin.sound.asked"),
          " ",
          button(t("yes"), () => (answer.textContent = t("begin.sound.yes"))),
          button(t("no"), () => (answer.textContent = t("begin.sound.no"))),
        );
      }
    } catch (error) {
      answer.textContent = t(`hub.${error.message}`);
    }
  });
  return [
    h("div", { class: "setting" }, heading(t("begin.mic.title")), meter, h("div", { class: "row-buttons" }, listen), said),
    h("div", { class: "setting" }, heading(t("begin.sound.title")), h("div", { class: "row-buttons" }, sound), answer),
  ];
}
