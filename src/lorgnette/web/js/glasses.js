// The device itself: one wire, one microphone, one speaker, and what a wearer can do. It draws nothing.

import { capabilities } from "./capabilities.js";
import { Captions } from "./captions.js";
import { Conversation } from "./conversation.js";
import { deviceMicros } from "./clock.js";
import { Listening } from "./listening.js";
import { Microphone } from "./mic.js";
import { Shelf } from "./shelf.js";
import { Speaker } from "./speaker.js";
import { Wire } from "./wire.js";

const HUSH_MS = 800; // after a stop: how long frames that were on their way are ignored
const RENEW_MS = 15_000; // a changed form is told in a new hello, when nobody speaks or after this long
const MESSAGES = 20;

/**
 * `tell(topic, value)` carries everything a view wants: connection, state, profile, volume, turn, scene,
 * caption, earcon, notice, problem, listening, level, sound, gesture.
 */
export class Glasses {
  #renewTimer = 0;
  #hushUntil = 0;
  #listenAgain = false;
  #wallOffset = 0; // seconds from this device's wall clock to the hub's
  state = "idle";
  profile = null;
  volume = 0.7;
  notices = [];
  wakes = false; // whether the hub waits for a wake word

  constructor({ prefs, sound, able, url, tell, log = () => {} }) {
    this.prefs = prefs;
    this.sound = sound;
    this.able = able;
    this.tell = tell;
    this.log = log;
    this.talk = new Conversation((turn) => tell("turn", turn));
    this.captions = new Captions((caption) => tell("caption", caption));
    this.shelf = new Shelf((id, entry) => {
      if (!this.captions.scene(id, entry)) tell("scene", { id, entry });
    });
    this.speaker = new Speaker({
      context: sound,
      played: (mark) => this.#sounded(mark),
      level: (rms) => tell("sound", rms),
    });
    this.mic = new Microphone({
      context: sound,
      frame: (time, payload) => this.wire.microphone(time, payload),
      gap: () => this.wire.microphoneGap(),
      level: (level) => tell("level", level),
    });
    this.ears = new Listening({
      mic: this.mic,
      prefs,
      send: (event) => this.#send(event),
      changed: (open) => tell("listening", open),
      refused: () => tell("problem", { code: "microphone" }),
    });
    this.wire = new Wire({
      url,
      hello: () => this.#hello(),
      on: {
        welcome: (message) => this.#welcome(message),
        event: (event) => this.#take(event),
        media: (frame) => this.#media(frame),
        problem: (message) => {
          this.log("in", message);
          this.tell("problem", message);
        },
        unsure: (events) => this.tell("unsure", events),
        status: (status) => {
          this.log("status", { type: "status", status });
          if (status === "replaced") this.#handOver();
          this.tell("connection", status);
        },
      },
    });
    this.speaker.muted = this.output === "captions";
  }

  start() {
    this.wire.start();
    this.speaker.start();
  }

  /** Another window is the glasses now: no ear and no mouth here. */
  #handOver() {
    this.#listenAgain = this.openMic && this.listening;
    this.ears.leave();
    this.mic.release();
    this.speaker.stop();
    this.became({ state: "idle" });
  }

  /** Be the glasses again, after another window was. */
  takeBack() {
    this.wire.start();
    if (this.#listenAgain) this.listen();
  }

  get form() {
    return this.prefs.get("form");
  }

  get listening() {
    return this.ears.open;
  }

  get openMic() {
    return this.ears.always;
  }

  /** The hub's wall clock in epoch seconds, as well as it is known here. */
  get wallTime() {
    return Date.now() / 1000 + this.#wallOffset;
  }

  get busy() {
    return this.state === "speaking" || this.state === "thinking";
  }

  // ── what a wearer does ───────────────────────────────────────────────────────────────────────────

  /** The temple or the round button was tapped: stop what is said, or open or close the microphone. */
  tap() {
    if (this.state === "speaking") this.stop();
    else if (this.state === "asking" || this.openMic) this.touch("tap");
    else this.toggle();
  }

  /** The microphone, whatever else goes on. */
  toggle() {
    if (this.listening) this.stopListening();
    else this.listen();
  }

  listen() {
    return this.ears.start();
  }

  stopListening() {
    this.ears.stop();
  }

  /** Push to talk, until `release`; a yes to what the hub asks for, whose microphone is open for it anyway. */
  hold() {
    if (this.state === "asking" || !this.ears.hold()) this.touch("long_press");
  }

  release() {
    this.ears.release();
  }

  type(text) {
    const words = text.trim().slice(0, 4000);
    if (!words) return;
    if (this.wire.status !== "online") this.talk.waits(words);
    this.#send({ type: "typed", text: words, language: "" });
  }

  touch(gesture) {
    this.#send({ type: "touch", gesture });
    this.tell("gesture", gesture);
  }

  nod(answer) {
    this.#send({ type: "nod", answer });
    this.tell("gesture", answer === "yes" ? "nod" : "shake");
  }

  /** Silence, here and now; the hub follows. */
  stop() {
    if (this.busy || this.state === "asking" || this.speaker.meter.held > 0) {
      this.#hush();
      this.touch("tap");
    }
    if (!this.openMic) this.stopListening();
  }

  /** Take a turn back, in words, as one would say it. */
  undo(turnId, phrase) {
    this.talk.undone(turnId);
    this.type(phrase);
  }

  setVolume(level) {
    this.volume = level;
    this.speaker.volume = level;
    this.#send({ type: "setting", name: "volume", value: level });
    this.tell("volume", level);
  }

  setLanguage(language) {
    this.prefs.set("language", language);
    this.#send({ type: "setting", name: "language", value: language });
  }

  setRate(rate) {
    this.prefs.set("rate", rate);
    this.#send({ type: "setting", name: "rate", value: rate });
  }

  setForm(form) {
    if (form === this.form) return;
    this.prefs.set("form", form);
    this.#send({ type: "setting", name: "form", value: form });
    this.#renewSoon();
  }

  setMicMode(mode) {
    if (mode === this.prefs.get("mic")) return;
    this.stopListening();
    this.prefs.set("mic", mode);
    this.#send({ type: "setting", name: "listen", value: mode });
    this.tell("listening", this.listening);
    this.#renewSoon();
  }

  setEcho(mode) {
    this.prefs.set("echo", mode);
    this.stopListening();
    this.mic.release();
    this.#renewSoon();
  }

  /** What the hub's words come as here: `both`, `captions` (silent), `speech` (nothing to read at a glance). */
  setOutput(output) {
    if (output === this.output) return;
    this.prefs.set("output", output);
    this.speaker.muted = output === "captions";
    this.tell("output", output);
  }

  get output() {
    return this.prefs.get("output");
  }

  /** The microphone for this page alone: a level, and nothing of it is sent. False where there is none. */
  async tryMicrophone(yes = true) {
    if (yes) return this.mic.warm({ raw: this.prefs.get("echo") !== "device" });
    if (!this.listening) this.mic.stop();
    return true;
  }

  /** An event of a part of the page that has its own, e.g. the camera. */
  say(event) {
    this.#send(event);
  }

  battery(level, charging) {
    this.#send({ type: "battery", level, charging });
  }

  location({ latitude, longitude, accuracy, speed = null }) {
    this.#send({ type: "location", latitude, longitude, accuracy, speed });
  }

  /** Whether the hub is told where the wearer is has changed. */
  located() {
    this.#renewSoon();
  }

  heading(degrees) {
    this.#send({ type: "heading", degrees });
  }

  // ── what the hub says ────────────────────────────────────────────────────────────────────────────

  #hello() {
    const { form, prefs, able } = this;
    return {
      token: prefs.get("token"),
      name: prefs.get("name") ?? "",
      agent: navigator.userAgent.slice(0, 200),
      language: prefs.get("language") || null,
      capabilities: capabilities({
        form,
        mic: prefs.get("mic"),
        echo: prefs.get("echo"),
        able,
        camera: Boolean(navigator.mediaDevices?.getUserMedia),
        location: prefs.get("sharing") !== "off",
      }),
    };
  }

  #welcome(message) {
    this.log("in", message);
    if (message.now) this.#wallOffset = message.now - Date.now() / 1000;
    if (message.microphone) this.mic.choose(message.microphone);
    if (message.speaker) this.speaker.choose(message.speaker);
    this.wakes = Boolean(message.wake?.length);
    if (!this.wakes && this.prefs.get("mic") === "wake") this.setMicMode("push");
    if (!message.resumed) {
      this.#hushUntil = 0;
      this.became({ state: "idle" }); // the hub tells what is not
      this.talk.broken();
      this.captions.reset();
      this.shelf.doubt();
      this.tell("fresh", message);
    }
    this.tell("welcome", message);
  }

  #take(event) {
    this.log("in", event);
    this.captions.take(event);
    this.talk.take(event);
    ON[event.type]?.(this, event);
    this.tell("event", event);
  }

  #media({ channel, payload }) {
    if (channel !== 2 || performance.now() < this.#hushUntil) return;
    this.speaker.frame(payload);
  }

  #sounded({ what, utterance, index }) {
    if (what === "begin") {
      this.talk.sounded(utterance, index, "now");
      if (this.state === "thinking") this.became({ state: "speaking" }); // the ear knows first
    } else {
      this.talk.sounded(utterance, index, "yes");
      this.#send({ type: "played", utterance, index });
    }
  }

  #send(event) {
    this.log("out", event);
    this.wire.send(event);
  }

  #hush() {
    this.#hushUntil = performance.now() + HUSH_MS;
    this.speaker.stop();
  }

  #renewSoon() {
    clearTimeout(this.#renewTimer);
    const asked = performance.now();
    const attempt = () => {
      const quiet = !this.busy && !this.listening && this.speaker.meter.held === 0;
      if (quiet || performance.now() - asked > RENEW_MS) this.wire.renew();
      else this.#renewTimer = setTimeout(attempt, 200);
    };
    this.#renewTimer = setTimeout(attempt, 50);
  }

  became({ state }) {
    this.state = state;
    this.tell("state", state);
  }

  speechBegins() {
    this.#hushUntil = 0;
  }

  sentence({ utterance, index }) {
    this.speaker.mark({ what: "begin", utterance, index });
  }

  sentenceEnds({ utterance, index }) {
    this.speaker.mark({ what: "end", utterance, index });
  }

  speechEnds({ reason }) {
    this.#hushUntil = 0;
    if (reason === "stopped") this.speaker.stop();
    else this.speaker.end();
  }

  volumeIs({ level }) {
    this.volume = level;
    this.speaker.volume = level;
    this.tell("volume", level);
  }

  belongsTo(profile) {
    this.profile = profile;
    this.volumeIs({ level: profile.volume });
    this.tell("profile", profile);
  }

  notice(event) {
    this.notices.push({ ...event, at: Date.now() });
    if (this.notices.length > MESSAGES) this.notices.shift();
    this.tell("notice", event);
  }
}

const ON = {
  state: (glasses, event) => glasses.became(event),
  "speech.begin": (glasses) => glasses.speechBegins(),
  sentence: (glasses, event) => glasses.sentence(event),
  "sentence.end": (glasses, event) => glasses.sentenceEnds(event),
  "speech.end": (glasses, event) => glasses.speechEnds(event),
  earcon: (glasses, event) => glasses.tell("earcon", event.name),
  show: (glasses, event) => glasses.shelf.show(event),
  hide: (glasses, event) => glasses.shelf.hide(event),
  volume: (glasses, event) => glasses.volumeIs(event),
  "listen.end": (glasses) => glasses.ears.end(),
  "listen.open": (glasses, event) => glasses.ears.answer(event.seconds ?? 8),
  profile: (glasses, event) => glasses.belongsTo(event),
  notice: (glasses, event) => glasses.notice(event),
  forgotten: (glasses) => glasses.tell("forgotten"),
};
