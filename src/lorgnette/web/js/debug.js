// `window.lorgnette`: what tests and a curious person may look at. Nothing on the page depends on it.
//
//   lorgnette.events      the last 1000 messages: {at, dir, ...message}; dir is "in", "out", or "status";
//                         `at` is milliseconds since the page opened; binary frames are not listed
//   lorgnette.state       {connection, session, hub, form, listening, openMic, volume, language, profile,
//                         turns, scenes, hud, caption, unheard, clock: {offset, drift, trip}} as plain data
//   lorgnette.meter       {rms, firstSoundAt, lastSoundAt, sounded, held, underruns, overruns}: what really
//                         left the speaker's worklet, after the volume; times in µs of `lorgnette.now()`
//   lorgnette.level       RMS of the microphone, 0…1
//   lorgnette.now()       this device's clock in µs, the one on microphone frames
//   lorgnette.until(f, s) a promise for the first event (past or coming) for which f(event) is true
//   lorgnette.glasses     the device itself: listen(), stopListening(), tap(), type(text), nod("yes"), stop(), …
//   lorgnette.sight       camera, gallery and AR: capture.taking, album.open(), room.immersion, room.room, …
//   lorgnette.cut()       drops the connection as a lost network would

import { deviceMicros } from "./clock.js";
import { language } from "./i18n.js";

const MOST = 1000;

export class Debug {
  events = [];
  #waiting = new Set();

  /** To be given to the glasses as `log`. */
  log = (dir, message) => {
    const entry = { at: Math.round(performance.now()), dir, ...message };
    this.events.push(entry);
    if (this.events.length > MOST) this.events.shift();
    for (const waiter of [...this.#waiting]) waiter(entry);
  };

  attach(glasses, stage) {
    this.glasses = glasses;
    this.stage = stage;
    window.lorgnette = this;
  }

  get state() {
    const { glasses, stage } = this;
    const { clock } = glasses.wire;
    return JSON.parse(
      JSON.stringify({
        connection: glasses.wire.status,
        session: glasses.wire.session,
        hub: glasses.state,
        form: glasses.form,
        listening: glasses.listening,
        openMic: glasses.openMic,
        volume: glasses.volume,
        language: language(),
        profile: glasses.profile,
        turns: glasses.talk.turns,
        scenes: [...glasses.shelf.entries.values()],
        hud: glasses.form === "ar" ? stage.hud.shown : [],
        caption: glasses.captions.now,
        unheard: glasses.wire.unheard,
        clock: {
          offset: clock.offset(deviceMicros()),
          drift: clock.drift,
          trip: clock.trip,
          known: clock.known,
        },
      }),
    );
  }

  get meter() {
    return { ...this.glasses.speaker.meter };
  }

  get level() {
    return this.glasses.mic.meter;
  }

  now() {
    return deviceMicros();
  }

  until(wanted, seconds = 10) {
    const past = this.events.find(wanted);
    if (past) return Promise.resolve(past);
    return new Promise((resolve, reject) => {
      const waiter = (entry) => {
        if (!wanted(entry)) return;
        this.#waiting.delete(waiter);
        clearTimeout(timer);
        resolve(entry);
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(waiter);
        reject(new Error(`no such event within ${seconds} s`));
      }, seconds * 1000);
      this.#waiting.add(waiter);
    });
  }

  cut() {
    this.glasses.wire.cut();
  }
}
