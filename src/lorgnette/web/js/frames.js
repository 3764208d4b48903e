// Binary frames of the native protocol: a 16-byte header, then the payload (little-endian throughout).

export const MICROPHONE = 1;
export const SPEAKER = 2;
export const CAMERA = 3;

export const LAST = 1;
export const RESENT = 2;
export const GAP = 4;

export const HEADER_BYTES = 16;
const TWO_32 = 2 ** 32;

/** One frame as it goes on the wire. `time`: microseconds, a safe integer. */
export function pack(channel, seq, time, payload, flags = 0) {
  const frame = new Uint8Array(HEADER_BYTES + payload.byteLength);
  const view = new DataView(frame.buffer);
  view.setUint8(0, channel);
  view.setUint8(1, flags);
  view.setUint32(4, seq, true);
  view.setUint32(8, time % TWO_32, true);
  view.setUint32(12, Math.floor(time / TWO_32), true);
  frame.set(payload, HEADER_BYTES);
  return frame;
}

/** The parts of a frame, or null when it is shorter than a header. The payload is a view, not a copy. */
export function unpack(buffer) {
  if (buffer.byteLength < HEADER_BYTES) return null;
  const view = new DataView(buffer);
  return {
    channel: view.getUint8(0),
    flags: view.getUint8(1),
    seq: view.getUint32(4, true),
    time: view.getUint32(12, true) * TWO_32 + view.getUint32(8, true),
    payload: new Uint8Array(buffer, HEADER_BYTES),
  };
}

/** Camera payload: one length byte, the image's id in ASCII, the encoded image. */
export function cameraPayload(id, bytes) {
  const name = new TextEncoder().encode(id);
  const payload = new Uint8Array(1 + name.length + bytes.byteLength);
  payload[0] = name.length;
  payload.set(name, 1);
  payload.set(bytes, 1 + name.length);
  return payload;
}
