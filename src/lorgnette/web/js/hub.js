// The hub's HTTP, as this device may ask it.

const TIMEOUT_MS = 10_000;

/** What went wrong: `unreachable`, `denied`, `busy`, or `refused` with the hub's own words in `detail`. */
export class HubError extends Error {
  constructor(code, detail = "") {
    super(code);
    this.detail = detail;
  }
}

/** `token()`: this device's. Every call gives the parsed answer or throws a `HubError`. */
export class HubHttp {
  constructor(token) {
    this.token = token;
  }

  get(path) {
    return this.#ask("GET", path);
  }

  post(path, body = {}) {
    return this.#ask("POST", path, body);
  }

  patch(path, body) {
    return this.#ask("PATCH", path, body);
  }

  put(path, body) {
    return this.#ask("PUT", path, body);
  }

  delete(path) {
    return this.#ask("DELETE", path);
  }

  async #ask(method, path, body) {
    let answer;
    try {
      answer = await fetch(path, {
        method,
        headers: {
          authorization: `Bearer ${this.token()}`,
          ...(body ? { "content-type": "application/json" } : {}),
        },
        body: body ? JSON.stringify(body) : undefined,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch {
      throw new HubError("unreachable");
    }
    if (answer.ok) return answer.status === 204 ? null : answer.json();
    const { error = "" } = await answer.json().catch(() => ({}));
    if (answer.status === 429) throw new HubError("busy", error);
    if (answer.status === 403 || answer.status === 401) throw new HubError("denied", error);
    throw new HubError(answer.status >= 500 ? "unreachable" : "refused", error);
  }
}
