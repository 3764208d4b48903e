// What the hand feels: the shape of the earcons, where the device can shake.

const SHAPES = {
  listening: [18],
  asking: [22, 60, 22],
  recording: [60],
  error: [40, 40, 40],
  replaced: [30, 80, 30],
};

export const able = () => typeof navigator.vibrate === "function" && matchMedia("(hover: none)").matches;

/** Tells states by touch; `on()` is the wearer's choice. */
export function haptics(on) {
  let before = "idle";
  return {
    state(name) {
      if (name !== before && on() && able()) navigator.vibrate(SHAPES[name] ?? 0);
      before = name;
    },
    feel: (name) => on() && able() && navigator.vibrate(SHAPES[name] ?? 0),
  };
}
