// What these glasses say of themselves in their hello.

const RATE = 16_000;

/**
 * `able`: codecs as `opus.codecs` found them; `camera`: whether the browser may have one; `location`: whether
 * the hub is told where the wearer is.
 */
export function capabilities({ form, mic, echo, able, camera, location }) {
  return {
    form,
    microphone: { codecs: able.encode, rate: RATE, listen: mic, aec: echo },
    speaker: { codecs: able.decode, rate: RATE, channels: 1 },
    camera: camera ? { width: 2560, height: 1920, light: true } : null,
    display:
      form === "ar"
        ? { kind: "json", width: 640, height: 400, depth: 24, lines: 4, columns: 28, fov: 30 }
        : null,
    inputs: ["touch", "button", "nod", "text"],
    led: true,
    location,
    heading: true,
    pose: Boolean(navigator.xr),
    battery: true,
    companion: true,
  };
}
