// The connection to the hub: handshake, numbering, acknowledgements, resume, clocks. No sound and no page here.

import { Backoff } from "./backoff.js";
import { HubClock, deviceMicros } from "./clock.js";
import { MICROPHONE, unpack } from "./frames.js";
import { MicRing } from "./micring.js";
import { Outbox, encode } from "./outbox.js";

export const SUBPROTOCOL = "lorgnette.v1";
const VERSION = 1;

const ACK_MS = 500;
const ACK_EVENTS = 32;
const WELCOME_MS = 8000;
const PING_MS = 5000;
const FIRST_PINGS = 8; // these come every second, so that the clock is known soon
const SILENCE_MS = 7000; // a ping without an answer for this long: the way is dead
const PROBE_MS = 2000; // the same when the page was asleep or the network changed: then it mostly is
const BUFFER_BYTES = 256 * 1024; // what the socket may hold back before the microphone waits in its ring
const FRAME_BYTES = 700;
const REOPEN_MS = 1000;
const REOPENS = 5;

/**
 * `hello()`: the fields of a hello except versions and resume. Callbacks, all optional:
 * `welcome(message)`, `event(event)`, `media(frame)`, `problem(message)`, `unsure(events)`: what was typed and
 * may never have arrived, since the hub began anew before it said that it had it;
 * `status(name)` with connecting, online, offline, unauthorized, version, replaced, busy.
 */
export class Wire {
  #socket = null;
  #ready = false;
  #stopped = true;
  #session = "";
  #heard = 0; // last event of the hub that arrived
  #unacked = 0;
  #ackTimer = 0;
  #retryTimer = 0;
  #welcomeTimer = 0;
  #pingTimer = 0;
  #pumpTimer = 0;
  #pings = 0;
  #pingSent = 0;
  #pongs = 0;
  #probeTimer = 0;
  #pause = 0; // seconds the hub asked for before the next try
  #reopens = 0;
  #backoff = new Backoff();
  #outbox = new Outbox();
  #ring = new MicRing();
  clock = new HubClock();
  status = "offline";

  constructor({ url, hello, on = {} }) {
    this.url = url;
    this.hello = hello;
    this.on = on;
    this.online = () => this.#hurry();
    this.seen = () => document.visibilityState === "visible" && this.#hurry();
    this.woken = { online: window, pageshow: window, resume: document, visibilitychange: document };
  }

  start() {
    if (!this.#stopped) return;
    this.#stopped = false;
    for (const [name, where] of Object.entries(this.woken)) {
      where.addEventListener(name, name === "online" ? this.online : this.seen);
    }
    this.#connect();
  }

  stop() {
    this.#stopped = true;
    for (const [name, where] of Object.entries(this.woken)) {
      where.removeEventListener(name, name === "online" ? this.online : this.seen);
    }
    clearTimeout(this.#retryTimer);
    this.#leave();
    this.#tell("offline");
  }

  /** A new hello on a new socket, within the same session: what the device has changed. */
  renew() {
    if (this.#ready) this.#leave(true);
  }

  /** What a lost network does; the wire finds its way back. */
  cut() {
    if (this.#socket) this.#leave(true);
  }

  /** An event to the hub; kept until the hub has it. */
  send(event) {
    this.#outbox.push(event, event.type.startsWith("listen.") ? this.#ring.newest : 0);
    this.#pump();
  }

  /** One microphone frame, captured at `time` (device microseconds). */
  microphone(time, payload) {
    this.#ring.push(time, payload);
    this.#pump();
  }

  /** The next microphone frame doesn't follow the last one directly. */
  microphoneGap() {
    this.#ring.gap();
  }

  /** A finished binary frame (camera); false when the hub isn't there. */
  binary(frame) {
    if (!this.#ready) return false;
    this.#socket.send(frame);
    return true;
  }

  /** Bytes that the socket holds back. */
  get backlog() {
    return this.#socket?.bufferedAmount ?? 0;
  }

  /** Microphone frames that the hub hasn't acknowledged. */
  get unheard() {
    return this.#ring.size;
  }

  get session() {
    return this.#session;
  }

  #tell(status) {
    if (this.status === status) return;
    this.status = status;
    this.on.status?.(status);
  }

  #connect() {
    clearTimeout(this.#retryTimer);
    if (this.#stopped) return;
    this.#tell("connecting");
    const socket = new WebSocket(this.url, SUBPROTOCOL);
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    this.#welcomeTimer = setTimeout(() => socket === this.#socket && this.#leave(true), WELCOME_MS);
    socket.onopen = () => {
      if (socket !== this.#socket) return;
      const hello = { type: "hello", version_min: VERSION, version_max: VERSION, ...this.hello() };
      if (this.#session) hello.resume = { session: this.#session, seq: this.#heard };
      socket.send(JSON.stringify(hello));
    };
    socket.onmessage = ({ data }) => {
      if (socket !== this.#socket) return;
      if (typeof data === "string") this.#text(data);
      else this.#binary(data);
    };
    socket.onclose = () => socket === this.#socket && this.#lost();
  }

  /** Let go of the socket; with `again` a new one is tried. */
  #leave(again = false) {
    const socket = this.#socket;
    this.#lost(again);
    socket?.close(1000);
  }

  #lost(again = true) {
    this.#socket = null;
    this.#ready = false;
    clearTimeout(this.#welcomeTimer);
    clearTimeout(this.#ackTimer);
    clearTimeout(this.#pingTimer);
    clearTimeout(this.#pumpTimer);
    clearTimeout(this.#probeTimer);
    this.#ackTimer = this.#pumpTimer = this.#probeTimer = 0;
    this.#unacked = 0;
    if (this.#stopped || !again) return;
    const wait = Math.max(this.#backoff.next(), this.#pause);
    this.#pause = 0;
    if (this.status !== "busy") this.#tell("offline");
    this.#retryTimer = setTimeout(() => this.#connect(), wait * 1000);
  }

  /** The network is back or the page is seen again: don't sit out the wait, and don't trust the old way. */
  #hurry() {
    if (this.#stopped) return;
    if (this.#socket) {
      this.#probe();
      return;
    }
    this.#backoff.reset();
    this.#connect();
  }

  /** Is there still somebody at the other end? After hours of sleep a socket looks as open as before. */
  #probe() {
    if (!this.#ready || this.#probeTimer) return;
    const pongs = this.#pongs;
    clearTimeout(this.#pingTimer);
    this.#pingSent = 0; // a ping from before the sleep proves nothing
    this.#ping();
    this.#probeTimer = setTimeout(() => {
      this.#probeTimer = 0;
      if (this.#pongs !== pongs) return;
      this.#backoff.reset();
      this.#leave(true);
    }, PROBE_MS);
  }

  #text(data) {
    let message;
    try {
      message = JSON.parse(data);
    } catch {
      return;
    }
    const handler = HANDLERS[message.type];
    if (handler) handler(this, message);
    else this.#event(message);
  }

  #event(event) {
    if (typeof event.seq === "number") {
      if (event.seq <= this.#heard) return; // told again after a resume
      this.#heard = event.seq;
      this.#unacked += 1;
      if (this.#unacked >= ACK_EVENTS) this.#ack();
      else this.#ackTimer ||= setTimeout(() => this.#ack(), ACK_MS);
    }
    if (event.type === "listen.end") this.#outbox.closed();
    this.on.event?.(event);
  }

  #ack() {
    clearTimeout(this.#ackTimer);
    this.#ackTimer = 0;
    this.#unacked = 0;
    if (this.#ready) this.#socket.send(JSON.stringify({ type: "ack", seq: this.#heard, channel: 0 }));
  }

  #binary(data) {
    const frame = unpack(data);
    if (frame) this.on.media?.(frame);
  }

  /** Events and microphone frames go out through here, in their order. */
  #pump() {
    if (!this.#ready) return;
    for (;;) {
      let entry;
      while ((entry = this.#outbox.next(this.#ring.out))) {
        this.#socket.send(encode(entry));
        this.#outbox.posted(entry);
      }
      const room = Math.floor((BUFFER_BYTES - this.#socket.bufferedAmount) / FRAME_BYTES);
      let count = 0;
      for (const frame of this.#ring.drain(performance.now() / 1000, room, this.#outbox.barrier)) {
        this.#socket.send(frame);
        count += 1;
      }
      if (!count) break;
    }
    if (this.#ring.waiting && !this.#pumpTimer) {
      this.#pumpTimer = setTimeout(() => {
        this.#pumpTimer = 0;
        this.#pump();
      }, 20);
    }
  }

  #ping() {
    if (!this.#ready) return;
    const now = deviceMicros();
    if (this.#pingSent && now - this.#pingSent > SILENCE_MS * 1000) {
      this.#leave(true);
      return;
    }
    this.#pingSent ||= now;
    this.#socket.send(JSON.stringify({ type: "ping", t: now }));
    this.#pings += 1;
    this.#pingTimer = setTimeout(() => this.#ping(), this.#pings < FIRST_PINGS ? 1000 : PING_MS);
  }

  // The wire's own messages; HANDLERS below names them.

  welcome(message) {
    clearTimeout(this.#welcomeTimer);
    this.#backoff.reset();
    this.#ready = true;
    this.#session = message.session;
    if (message.resumed) {
      this.#outbox.resume(message.event_seq ?? 0);
      this.#ring.resume(message.mic_seq ?? 0);
    } else {
      this.#heard = 0;
      this.clock.reset();
      const unsure = this.#outbox.restart(this.#ring.restart(this.#outbox.listens));
      if (unsure.length) this.on.unsure?.(unsure);
    }
    this.on.welcome?.(message);
    this.#tell("online");
    this.#pings = this.#pingSent = 0;
    this.#ping();
    this.#pump();
  }

  acked({ channel = 0, seq }) {
    if (channel === 0) this.#outbox.ack(seq);
    else if (channel === MICROPHONE) this.#ring.ack(seq);
  }

  answer({ t }) {
    this.#socket?.send(JSON.stringify({ type: "pong", t, at: deviceMicros() }));
  }

  pong({ t, at }) {
    this.#pingSent = 0;
    this.#pongs += 1;
    this.clock.add(t, at, deviceMicros());
  }

  goaway({ seconds = 1 }) {
    this.#pause = seconds;
    this.#leave(true);
  }

  problem(message) {
    this.on.problem?.(message);
    if (FINAL.has(message.code)) {
      this.stop();
      this.#outbox.closed();
      this.#tell(message.code);
    } else if (message.code === "busy" && !this.#ready) {
      this.#pause = 5;
      this.#tell("busy");
    } else if (message.channel > 0 && this.#reopens < REOPENS) {
      this.#reopens += 1;
      const open = JSON.stringify({ type: "channel.open", channel: message.channel });
      setTimeout(() => this.#ready && this.#socket.send(open), REOPEN_MS);
    }
  }
}

/** After these a new try would end the same way, or take the hub from another window. */
const FINAL = new Set(["unauthorized", "version", "replaced"]);

const HANDLERS = {
  welcome: (wire, message) => wire.welcome(message),
  ack: (wire, message) => wire.acked(message),
  ping: (wire, message) => wire.answer(message),
  pong: (wire, message) => wire.pong(message),
  goaway: (wire, message) => wire.goaway(message),
  error: (wire, message) => wire.problem(message),
};
