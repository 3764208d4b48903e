// Pictures and films on their way to the hub: in chunks, kept until the hub says that they are safe.

import { deviceMicros } from "../clock.js";
import { CAMERA, LAST, RESENT, cameraPayload, pack } from "../frames.js";

export const CHUNK = 48 * 1024;
const PACE_MS = 40;
const PACE_BYTES = 18_000; // a pause's worth: 450 kB a second, below what the hub takes from a device
const BURST = 1024 * 1024; // a picture goes at once
const BACKLOG = 192 * 1024; // what the socket may hold back
const MOST = 24 * 1024 * 1024; // what may wait for a hub that is away

/** One picture or film. `over(whole)`: nothing more is to be sent; `whole`: the hub has all of it. */
class Item {
  chunks = new Map(); // number → {bytes, last, sent}
  next = 1;
  bytes = 0;

  constructor(id, over) {
    this.id = id;
    this.over = over;
  }
}

/** `wire`: the glasses' own. */
export class Upload {
  #items = new Map();
  #timer = 0;
  #due = BURST;
  #paced = performance.now();

  constructor(wire) {
    this.wire = wire;
  }

  begin(id, over = () => {}) {
    this.#items.set(id, new Item(id, over));
  }

  /** More bytes of `id`, in their order; `last` ends it. False when too much waits already. */
  push(id, bytes, last = false) {
    const item = this.#items.get(id);
    if (!item || item.ended) return false;
    for (let at = 0; at < bytes.length || (last && at === 0); at += CHUNK) {
      const part = bytes.subarray(at, at + CHUNK);
      const end = last && at + CHUNK >= bytes.length;
      item.chunks.set(item.next, { bytes: part, last: end, sent: false });
      item.next += 1;
      item.bytes += part.length;
    }
    item.ended = last;
    this.#pump();
    return item.bytes <= MOST;
  }

  /** A film's poster goes before everything else, and only once. */
  poster(id, bytes) {
    this.wire.binary(pack(CAMERA, 0, deviceMicros(), cameraPayload(id, bytes)));
  }

  /** The hub has chunks up to `chunk`; `over`: it wants no more. */
  got({ id, chunk, over }) {
    const item = this.#items.get(id);
    if (!item) return;
    for (const [number, { bytes, last }] of item.chunks) {
      if (number > chunk) break;
      item.whole ||= last;
      item.chunks.delete(number);
      item.bytes -= bytes.length;
    }
    if (over || item.whole) this.drop(id, item.whole);
    else this.#pump();
  }

  drop(id, whole = false) {
    const item = this.#items.get(id);
    this.#items.delete(id);
    item?.over(Boolean(whole));
  }

  /** Connected again: what isn't safe goes again, or, where the hub began anew, nowhere. */
  welcome({ resumed }) {
    if (!resumed) {
      for (const id of [...this.#items.keys()]) this.drop(id);
      return;
    }
    for (const item of this.#items.values())
      for (const chunk of item.chunks.values()) if (chunk.sent) Object.assign(chunk, { sent: false, again: true });
    this.#pump();
  }

  /** Bytes that the hub hasn't confirmed. */
  get waiting() {
    return [...this.#items.values()].reduce((sum, item) => sum + item.bytes, 0);
  }

  #pump() {
    if (this.#timer) return;
    const now = performance.now();
    this.#due = Math.min(BURST, this.#due + ((now - this.#paced) / PACE_MS) * PACE_BYTES);
    this.#paced = now;
    for (const item of this.#items.values()) {
      for (const [number, chunk] of item.chunks) {
        if (chunk.sent) continue;
        if (this.#due <= 0 || this.wire.backlog > BACKLOG) return this.#later();
        const flags = (chunk.last ? LAST : 0) | (chunk.again ? RESENT : 0);
        const payload = cameraPayload(item.id, chunk.bytes);
        if (!this.wire.binary(pack(CAMERA, number, deviceMicros(), payload, flags))) return; // until the welcome
        chunk.sent = true;
        this.#due -= chunk.bytes.length;
      }
    }
  }

  #later() {
    this.#timer = setTimeout(() => {
      this.#timer = 0;
      this.#pump();
    }, PACE_MS);
  }
}
