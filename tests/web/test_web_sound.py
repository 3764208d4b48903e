"""Resampling and playback, run where they live: in Chromium."""

import pytest
from tests.web.conftest import Modules

pytestmark = pytest.mark.browser

RESAMPLE = """
  const { Resampler } = await import("/js/resampler.js");
  const [from, to, hertz, block] = argument;
  const tone = Float32Array.from({ length: from }, (_, i) => 0.5 * Math.sin(2 * Math.PI * hertz * i / from));
  const one = new Resampler(from, to);
  const out = [];
  for (let at = 0; at < tone.length; at += block) out.push(...one.process(tone.subarray(at, at + block)));
  // least squares against a sine and a cosine of that frequency, away from the ends
  const part = out.slice(out.length >> 2, out.length - (out.length >> 2));
  let ss = 0, cc = 0, sc = 0, xs = 0, xc = 0;
  part.forEach((x, i) => {
    const s = Math.sin(2 * Math.PI * hertz * i / to), c = Math.cos(2 * Math.PI * hertz * i / to);
    ss += s * s; cc += c * c; sc += s * c; xs += x * s; xc += x * c;
  });
  const det = ss * cc - sc * sc, a = (xs * cc - xc * sc) / det, b = (xc * ss - xs * sc) / det;
  let signal = 0, noise = 0;
  part.forEach((x, i) => {
    const fit = a * Math.sin(2 * Math.PI * hertz * i / to) + b * Math.cos(2 * Math.PI * hertz * i / to);
    signal += fit * fit; noise += (x - fit) ** 2;
  });
  return {
    length: out.length, level: Math.hypot(a, b), snr: 10 * Math.log10(signal / noise),
    rms: Math.sqrt(part.reduce((sum, x) => sum + x * x, 0) / part.length),
  };
"""


@pytest.mark.parametrize(
    ("source", "target"),
    [(44_100, 16_000), (48_000, 16_000), (16_000, 44_100), (16_000, 48_000), (22_050, 16_000)],
)
def test_a_tone_survives_resampling_and_nothing_is_added(modules: Modules, source: int, target: int) -> None:
    got = modules(RESAMPLE, [source, target, 1000, 128])
    assert abs(got["length"] - target) < 200
    assert abs(got["level"] - 0.5) < 0.001
    assert got["snr"] > 75


def test_what_lies_above_the_new_band_does_not_fold_back(modules: Modules) -> None:
    for hertz in (8600, 9500, 15000, 20000):
        assert modules(RESAMPLE, [44_100, 16_000, hertz, 128])["rms"] < 0.5 * 10 ** (-70 / 20)


def test_blocks_of_any_size_give_the_same_samples(modules: Modules) -> None:
    assert modules(
        """
        const { Resampler } = await import("/js/resampler.js");
        const noise = Float32Array.from({ length: 9000 }, (_, i) => Math.sin(i * i * 0.001));
        const cut = (sizes) => {
          const one = new Resampler(44100, 16000), out = [];
          for (let at = 0, n = 0; at < noise.length; n += 1) {
            const size = sizes[n % sizes.length];
            out.push(...one.process(noise.subarray(at, at + size)));
            at += size;
          }
          return out;
        };
        const whole = cut([9000]), pieces = cut([1, 128, 7, 333]);
        return whole.length === pieces.length && whole.every((x, i) => x === pieces[i]);
        """,
    )


def test_playback_waits_for_its_jitter_buffer_and_tells_what_sounded(modules: Modules) -> None:
    got = modules(
        """
        const { Playout } = await import("/js/playout.js");
        const one = new Playout(1000, { jitter: 0.06, fade: 0.01 });
        const pull = (n) => {
          const out = new Float32Array(n);
          return { passed: one.pull(out), out: [...out] };
        };
        one.push(new Float32Array(40).fill(1));
        const early = pull(20);
        one.push(new Float32Array(40).fill(1));
        one.mark("first");
        one.push(new Float32Array(20).fill(1));
        one.end();
        const first = pull(50), second = pull(50), third = pull(20);
        return {
          early, first: first.passed, second: second.passed, sum: second.out.reduce((a, b) => a + b),
          third: third.out[0], held: one.held,
        };
        """,
    )
    assert sum(got["early"]["out"]) == 0
    assert got["first"] == []
    assert got["second"] == ["first"]
    assert got["sum"] == 50
    assert got["third"] == 0
    assert got["held"] == 0


def test_a_short_sound_plays_although_the_buffer_never_fills(modules: Modules) -> None:
    assert (
        modules(
            """
        const { Playout } = await import("/js/playout.js");
        const one = new Playout(1000);
        one.push(new Float32Array(20).fill(1));
        let heard = 0;
        for (let i = 0; i < 20; i += 1) {
          const out = new Float32Array(10);
          one.pull(out);
          heard += out.reduce((a, b) => a + b);
        }
        return heard;
        """,
        )
        == 20
    )


def test_a_stop_fades_for_ten_milliseconds_and_drops_the_rest(modules: Modules) -> None:
    got = modules(
        """
        const { Playout } = await import("/js/playout.js");
        const one = new Playout(1000, { jitter: 0.02, fade: 0.01 });
        one.push(new Float32Array(500).fill(1));
        one.mark("never");
        one.pull(new Float32Array(10));
        one.stop();
        const out = new Float32Array(30);
        const passed = one.pull(out);
        one.push(new Float32Array(30).fill(0.5));
        one.mark("next");
        const next = new Float32Array(40);
        return { out: [...out], passed, held: one.held, after: one.pull(next), next: [...next] };
        """,
    )
    fade = got["out"][:10]
    assert fade == sorted(fade, reverse=True)
    assert fade[0] == 1
    assert got["out"][10:] == [0] * 20
    assert got["passed"] == []
    assert got["after"] == ["next"]
    assert got["next"][:30] == [0.5] * 30
