// A turn's trace: a thin strip, and on a tap the steps with their times.

import { h, icon } from "./dom.js";
import { number, t, took } from "./i18n.js";

const DARKEST = 78;
const LIGHTEST = 26;

/** Stages [name, begin ms, end ms] with their place on the strip in percent; pure. */
export function laid(stages) {
  const begin = Math.min(...stages.map(([, from]) => from));
  const end = Math.max(...stages.map(([, , to]) => to));
  const span = Math.max(1, end - begin);
  const bars = stages.map(([name, from, to], i) => ({
    name,
    ms: to - from,
    from: ((from - begin) / span) * 100,
    long: (Math.max(0, to - from) / span) * 100,
    shade: stages.length > 1 ? LIGHTEST + ((DARKEST - LIGHTEST) * i) / (stages.length - 1) : DARKEST,
  }));
  return { span, bars };
}

/** What the wearer felt: from the end of the words to the first sound; the whole where no sound is told. */
export function felt(stages) {
  const first = stages.find(([name]) => name === "first_sound") ?? null;
  return first ? first[2] : laid(stages).span;
}

const place = ({ from, long, shade }) => ({
  vars: { "--from": from.toFixed(2), "--long": long.toFixed(2), "--shade": shade.toFixed(0) },
});

/** The strip's button and, while `open`, the table under it. */
export function waterfall(turn, { open, toggle }) {
  const { bars } = laid(turn.stages);
  const wait = took(felt(turn.stages));
  const id = `steps-${turn.id}`;
  const strip = h(
    "button",
    {
      type: "button",
      class: "strip",
      "aria-expanded": String(open),
      "aria-controls": id,
      "aria-label": t("turn.trace", { time: wait }),
      onclick: toggle,
    },
    h("span", { class: "line" }, ...bars.map((bar) => h("i", place(bar)))),
    h("span", { class: "span", text: wait }),
    icon("chevron"),
  );
  if (!open) return { strip, steps: null };
  const rows = bars.map((bar) =>
    h(
      "tr",
      null,
      h("th", { scope: "row", text: t(`step.${bar.name}`) }),
      h("td", null, h("span", { class: "track" }, h("i", place(bar)))),
      h("td", { text: `${number(bar.ms, { maximumFractionDigits: bar.ms < 10 ? 1 : 0 })}\u00a0ms` }),
    ),
  );
  return { strip, steps: h("table", { class: "steps", id }, h("tbody", null, ...rows)) };
}
