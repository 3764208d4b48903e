// When the microphone is open: held, tapped, asked for by the hub, or always.

const ANSWER_GRACE_S = 2; // the hub closes a question's microphone; if it doesn't, the glasses do

/** `send(event)` to the hub; `changed(open)`; `refused()` when there is no microphone to be had. */
export class Listening {
  #answerTimer = 0;
  open = false;
  held = false;

  constructor({ mic, prefs, send, changed, refused }) {
    Object.assign(this, { mic, prefs, send, changed, refused });
  }

  /** Always on, for whatever is said or for a wake word, or only when a person opens it? */
  get always() {
    return this.prefs.get("mic") !== "push";
  }

  async start() {
    if (this.open) return;
    this.#set(true);
    this.send({ type: "listen.start", mode: this.prefs.get("mic") });
    // the browser's canceller and gain belong to "device"; for the hub's own the sound is left as it is
    const got = await this.mic.start({ raw: this.prefs.get("echo") !== "device" });
    if (got) return;
    this.send({ type: "listen.stop" });
    this.#set(false);
    this.refused();
  }

  stop() {
    if (!this.open) return;
    this.mic.stop();
    this.send({ type: "listen.stop" });
    this.#set(false);
  }

  /** Push to talk begins; true when it did, false where the microphone is always on. */
  hold() {
    this.held = true;
    if (this.always) return false;
    this.start();
    return true;
  }

  release() {
    if (!this.held) return;
    this.held = false;
    if (!this.always) this.stop();
  }

  /** The hub asked something and listens for `seconds`. */
  async answer(seconds) {
    if (this.always && this.open) return;
    await this.start();
    if (this.always) return;
    clearTimeout(this.#answerTimer);
    this.#answerTimer = setTimeout(() => this.stop(), (seconds + ANSWER_GRACE_S) * 1000);
  }

  /** Another window listens now; the hub knows. */
  leave() {
    if (!this.open) return;
    this.held = false;
    this.mic.stop();
    this.#set(false);
  }

  /** The hub has heard enough. */
  end() {
    if (this.prefs.get("mic") === "gate" || !this.open) return; // to "wake" it says that it can't
    this.held = false;
    this.mic.stop();
    this.#set(false);
  }

  #set(open) {
    clearTimeout(this.#answerTimer);
    this.open = open;
    this.changed(open);
  }
}
