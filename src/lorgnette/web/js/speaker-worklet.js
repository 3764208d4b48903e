// The speaker's worklet: resamples the hub's rate to the context's and plays it out of a jitter buffer.

import { Playout } from "./playout.js";
import { Resampler } from "./resampler.js";

const REPORT = 0.04; // seconds between two level reports

class Player extends AudioWorkletProcessor {
  constructor() {
    super();
    this.playout = new Playout(sampleRate);
    this.resampler = null;
    this.power = 0;
    this.count = 0;
    this.port.onmessage = ({ data }) => this.receive(data);
  }

  receive({ samples, rate, mark, end, stop }) {
    if (stop) {
      this.playout.stop();
      this.resampler = null;
    } else if (samples) {
      if (this.resampler?.from !== rate) this.resampler = new Resampler(rate, sampleRate);
      this.playout.push(this.resampler.process(samples));
    } else if (mark !== undefined) {
      // the filter still holds the sentence's last millisecond: silence pushes it out
      if (this.resampler && mark.what === "end") {
        const tail = new Float32Array(Math.ceil(this.resampler.delay));
        this.playout.push(this.resampler.process(tail));
      }
      this.playout.mark(mark);
    } else if (end) {
      this.playout.end();
    }
  }

  process(_inputs, [output]) {
    const [channel] = output;
    const passed = this.playout.pull(channel);
    for (let i = 1; i < output.length; i += 1) output[i].set(channel);
    for (const sample of channel) this.power += sample * sample;
    this.count += channel.length;
    if (passed.length || this.count >= REPORT * sampleRate) {
      const { held, underruns, overruns } = this.playout;
      const rms = Math.sqrt(this.power / this.count);
      this.port.postMessage({ passed, rms, held: held / sampleRate, underruns, overruns });
      this.power = this.count = 0;
    }
    return true;
  }
}

registerProcessor("lorgnette-speaker", Player);
