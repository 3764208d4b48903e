// All devices of the wearer: what they are called, when they were last seen, and one more.

import { h } from "../dom.js";
import { ago, t, timeLeft } from "../i18n.js";
import { qr } from "./qr.js";
import { button, note, rule, text, titled, twice } from "./fields.js";

/** A code for one more device, with its picture; of somebody else with `wearer`. */
export function pairing(desk, { wearer = "", shared = false } = {}) {
  const root = h("div", { class: "pairing-code", "aria-live": "polite" });
  let timer = 0;
  const ask = async () => {
    clearInterval(timer);
    const body = { ...(wearer ? { wearer } : {}), ...(shared ? { shared } : {}) };
    const given = await desk.ask(() => desk.hub.post("/v1/pairing", body));
    if (!given) return;
    const until = performance.now() + given.seconds * 1000;
    const left = h("span", { "aria-live": "off" });
    const digits = `${given.code.slice(0, 4)} ${given.code.slice(4)}`;
    const address = given.url.split("#")[0];
    root.replaceChildren(
      given.qr ? qr(given.qr, t("pairing.qr")) : "",
      h(
        "div",
        { class: "pairing-words" },
        h("p", { class: "code", text: digits }),
        note(t("pairing.how", { address })),
        given.trust ? note(t("pairing.trust", { address: given.trust })) : "",
        /\/\/(127\.|localhost|\[::1\])/.test(address) ? note(t("pairing.local")) : "",
        h("p", { class: "note" }, left),
      ),
    );
    const tick = () => {
      const seconds = Math.round((until - performance.now()) / 1000);
      if (!root.isConnected || seconds <= 0) {
        clearInterval(timer);
        root.replaceChildren(button(t("pairing.another"), ask), note(t("pairing.over")));
      } else left.textContent = t("pairing.left", { time: timeLeft(seconds) });
    };
    tick();
    timer = setInterval(tick, 1000);
  };
  root.replaceChildren(button(t("pairing.show"), ask));
  return root;
}

function one(desk, device) {
  const mine = device.id === desk.prefs.get("device");
  const path = `/v1/devices/${encodeURIComponent(device.id)}`;
  const seen = device.online ? t("device.online") : device.last_seen ? t("device.seen", { time: ago(device.last_seen * 1000) }) : t("device.never");
  return h(
    "li",
    { class: "entry" },
    h(
      "details",
      null,
      h(
        "summary",
        null,
        h("span", { class: "entry-name", text: device.name }),
        h("span", { class: "entry-note", "data-on": device.online, text: mine ? t("device.this") : seen }),
      ),
      text(`name-${device.id}`, {
        label: t("device.name"),
        value: device.name,
        change: async (name) => {
          if (!name) return false;
          const done = await desk.ask(() => desk.hub.patch(path, { name }));
          if (done) await desk.refresh();
          return Boolean(done);
        },
      }),
      mine
        ? note(t("device.this.note"))
        : h(
            "div",
            { class: "row-buttons" },
            twice(t("device.revoke"), t("device.revoke.sure"), async () => {
              if (await desk.ask(() => desk.hub.delete(path))) await desk.refresh();
            }),
          ),
    ),
  );
}

export function devices(desk) {
  if (!desk.devices) return [desk.waiting()];
  const sorted = desk.devices
    .filter((device) => !device.revoked)
    .sort((a, b) => Number(b.online) - Number(a.online) || b.last_seen - a.last_seen);
  return [
    h("ul", { class: "entries" }, ...sorted.map((device) => one(desk, device))),
    rule(),
    titled(t("pairing.title"), pairing(desk)),
  ];
}
