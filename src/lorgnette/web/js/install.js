// From a page to an app: the browser's own offer, kept until the wearer asks for it.

let offer = null;
const listeners = new Set();

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault(); // it is offered in the settings, not in the middle of something
  offer = event;
  for (const listener of listeners) listener();
});
addEventListener("appinstalled", () => {
  offer = null;
  for (const listener of listeners) listener();
});

export const onOffer = (listener) => listeners.add(listener);

export const installed = () =>
  matchMedia("(display-mode: standalone), (display-mode: fullscreen)").matches || navigator.standalone === true;

/** Which steps fit: "prompt" (one press), "ios", "safari" (a Mac), "menu" (the browser's menu), "insecure", "installed". */
export function way(agent = navigator.userAgent, touch = navigator.maxTouchPoints) {
  if (installed()) return "installed";
  if (!isSecureContext) return "insecure";
  if (offer) return "prompt";
  if (/iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && touch > 1)) return "ios";
  if (/Macintosh/.test(agent) && /Safari/.test(agent) && !/Chrome|Firefox/.test(agent)) return "safari";
  return "menu";
}

/** The browser asks; true when it was accepted. */
export async function install() {
  const asked = offer;
  if (!asked) return false;
  offer = null; // it works once
  asked.prompt();
  const { outcome } = await asked.userChoice;
  for (const listener of listeners) listener();
  return outcome === "accepted";
}
