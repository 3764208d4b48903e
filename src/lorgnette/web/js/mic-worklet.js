// The microphone's worklet: resamples the context's rate to the hub's and hands out 20 ms frames.

import { Resampler } from "./resampler.js";

const FRAME_MS = 20;

class Capture extends AudioWorkletProcessor {
  constructor({ processorOptions: { rate } }) {
    super();
    this.rate = rate;
    this.resampler = new Resampler(sampleRate, rate);
    this.frame = new Float32Array((rate * FRAME_MS) / 1000);
    this.filled = 0;
  }

  process([input]) {
    const channel = input[0];
    if (!channel) return true; // no source yet
    const samples = this.resampler.process(channel);
    const end = currentTime + (channel.length - this.resampler.delay) / sampleRate;
    for (let i = 0; i < samples.length; i += 1) {
      this.frame[this.filled] = samples[i];
      this.filled += 1;
      if (this.filled < this.frame.length) continue;
      this.filled = 0;
      let power = 0;
      for (const sample of this.frame) power += sample * sample;
      const level = Math.sqrt(power / this.frame.length);
      const finish = end - (samples.length - 1 - i) / this.rate;
      this.port.postMessage({ samples: this.frame, end: finish, level }, [this.frame.buffer]);
      this.frame = new Float32Array((this.rate * FRAME_MS) / 1000);
    }
    return true;
  }
}

registerProcessor("lorgnette-mic", Capture);
