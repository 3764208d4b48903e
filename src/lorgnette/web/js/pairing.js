// Becoming a device of the hub: a one-time code for a token.

const TIMEOUT_MS = 10_000;

/** The first-open token of the printed address, taken out of the address bar at once; "" when there is none. */
export function firstOpenToken() {
  const match = /(?:^#|&)first=([^&]+)/.exec(location.hash);
  if (!match) return "";
  history.replaceState(null, "", location.pathname + location.search);
  return decodeURIComponent(match[1]);
}

/** `{token, device, wearer}`, or throws an Error whose message is refused, rate or unreachable. */
export async function pair(code, name) {
  let answer;
  try {
    answer = await fetch("/v1/pair", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ code, name }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    throw new Error("unreachable");
  }
  if (answer.status === 429) throw new Error("rate");
  if (!answer.ok) throw new Error(answer.status >= 500 ? "unreachable" : "refused");
  return answer.json();
}

/** The hub forgets this device; whether or not it hears of it, the page forgets the token. */
export async function unpair(device, token) {
  await fetch(`/v1/devices/${encodeURIComponent(device)}`, {
    method: "DELETE",
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => {});
}
