// The camera as the hub asks for it: light first, then a picture or a film, then dark again.

import { Film, filmKind } from "./film.js";
import { Lens, NoCamera } from "./lens.js";
import { Upload } from "./upload.js";

const LIT_MS = 350; // the light is on for this long before anything is taken

/**
 * `send(event)`: to the hub; `light(mode)`: show that a camera is on, "" that it is dark; `open`: makes a lens.
 * What it does comes from `event(message)` and `welcome(message)`.
 */
export class Capture {
  #take = null; // {id, mode, lens, film}
  #lit = "";

  constructor({ wire, send, light, open = Lens.open }) {
    this.send = send;
    this.light = light;
    this.open = open;
    this.upload = new Upload(wire);
    document.addEventListener("visibilitychange", () => document.hidden && this.stop());
    window.addEventListener("pagehide", () => this.stop());
  }

  event(message) {
    if (message.type === "camera.take") this.#begin(message);
    else if (message.type === "camera.stop") this.#ends(message.id);
    else if (message.type === "camera.got") this.upload.got(message);
    else if (message.type === "camera.light") {
      this.#lit = message.on ? message.mode : "";
      this.#show(message.since);
    }
  }

  /** The hub began anew: it knows nothing of what was taken here, and of no light. */
  welcome(message) {
    if (!message.resumed) {
      this.#lit = "";
      this.#ends(this.#take?.id);
    }
    this.upload.welcome(message);
    this.#show();
  }

  /** Whatever is taken ends. */
  stop() {
    if (this.#take?.mode === "film") this.#ends(this.#take.id);
  }

  get taking() {
    return this.#take?.mode ?? "";
  }

  #show(since = 0) {
    this.light(this.#take?.on ? this.#take.mode : this.#lit, since);
  }

  async #begin({ id, mode, seconds = 0, sound = false }) {
    if (this.#take) return this.#say(id, "failed");
    if (document.hidden) return this.#say(id, "failed");
    const take = { id, mode, on: false, ended: false };
    this.#take = take;
    try {
      if (mode === "film" && !filmKind()) throw new NoCamera("failed");
      take.lens = await this.open({ sound: mode === "film" && sound, film: mode === "film" });
      if (take.ended) return this.#dark(take, "off");
      take.on = true;
      this.#show();
      this.#say(id, "on");
      await new Promise((resolve) => setTimeout(resolve, LIT_MS));
      if (take.ended) this.#dark(take, "off");
      else if (mode === "film") await this.#film(take, seconds);
      else await this.#photo(take);
    } catch (error) {
      this.upload.drop(id);
      this.#dark(take, error instanceof NoCamera ? error.message : "failed");
    }
  }

  async #photo(take) {
    const bytes = await take.lens.still();
    this.upload.begin(take.id, () => this.#say(take.id, "off"));
    this.upload.push(take.id, bytes, true);
    this.#dark(take);
  }

  async #film(take, seconds) {
    const { id, lens } = take;
    this.upload.begin(id, () => {
      take.film?.stop();
      this.#say(id, "off");
    });
    this.upload.poster(id, await lens.poster());
    take.film = new Film(lens, {
      seconds,
      data: (bytes) => this.upload.push(id, bytes) || take.film.stop(),
      ended: () => {
        this.upload.push(id, new Uint8Array(0), true);
        this.#dark(take);
      },
    });
    if (take.ended) take.film.stop();
  }

  #ends(id) {
    const take = this.#take;
    if (!take || take.id !== id) return;
    take.ended = true;
    take.film?.stop();
  }

  /** The lens first, then the light. `state`: what is said now; "off" is said once everything was sent. */
  #dark(take, state = "") {
    take.lens?.close();
    take.on = false;
    if (this.#take === take) this.#take = null;
    this.#show();
    if (state) this.#say(take.id, state);
  }

  #say(id, state) {
    this.send({ type: "camera", id, state });
  }
}
