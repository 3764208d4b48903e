// Events on their way to the hub: numbered, kept until acknowledged, bounded.

const LATEST_WINS = new Set(["heading", "location", "pose", "battery"]);
const LIMIT = 256;

/**
 * Holds events from `push` until `ack`; after a reconnect it says what has to go again.
 * An entry's `after` is the microphone frame behind which it belongs: opening and closing the
 * microphone must keep their place among the frames, also when both are sent late.
 */
export class Outbox {
  #entries = [];
  #seq = 0;
  #open = null; // the listen.start that the hub was told and that no listen.stop has followed

  push(event, after = 0) {
    if (LATEST_WINS.has(event.type)) {
      const waiting = this.#entries.find((e) => !e.sent && e.event.type === event.type);
      if (waiting) {
        waiting.event = event;
        return;
      }
    }
    this.#entries.push({ seq: (this.#seq += 1), event, after, sent: false, due: true });
    if (this.#entries.length > LIMIT) this.#entries.shift();
  }

  /** The next entry to send now that microphone frames up to `mic` are out; undefined when it has to wait. */
  next(mic) {
    const entry = this.#entries.find((e) => e.due);
    return entry && entry.after <= mic ? entry : undefined;
  }

  /** The frame that has to go before the next entry may; Infinity when none is waiting. */
  get barrier() {
    return this.#entries.find((e) => e.due)?.after ?? Infinity;
  }

  posted(entry) {
    entry.due = false;
    entry.sent = true;
    if (entry.event.type === "listen.start") this.#open = entry.event;
    else if (entry.event.type === "listen.stop") this.#open = null;
  }

  /** The hub closed the microphone itself. */
  closed() {
    this.#open = null;
  }

  /** Is there a microphone open as the hub would see it once everything here has arrived? */
  get listens() {
    return Boolean(this.#open) || this.#entries.some((e) => !e.sent && e.event.type === "listen.start");
  }

  ack(seq) {
    while (this.#entries.length && this.#entries[0].seq <= seq) this.#entries.shift();
  }

  /** The hub resumed and has everything up to `seq`: the rest is due again. */
  resume(seq) {
    this.ack(seq);
    this.#seq = Math.max(this.#seq, seq);
    for (const entry of this.#entries) entry.due = true;
  }

  /**
   * The hub begins anew: what never left goes under new numbers, what may have arrived isn't said twice,
   * and an open microphone is opened again. `shift`: what microphone frame numbers fell by.
   * Returns what was typed and may not have arrived.
   */
  restart(shift) {
    const unsaid = this.#entries.filter((e) => !e.sent);
    const unsure = this.#entries.filter((e) => e.sent && e.event.type === "typed").map((e) => e.event);
    this.#entries = [];
    this.#seq = 0;
    if (this.#open) this.push(this.#open);
    this.#open = null;
    for (const { event, after } of unsaid) this.push(event, Math.max(0, after - shift));
    return unsure;
  }

  get size() {
    return this.#entries.length;
  }
}

/** An entry as text for the wire. */
export function encode(entry) {
  return JSON.stringify({ ...entry.event, seq: entry.seq });
}
