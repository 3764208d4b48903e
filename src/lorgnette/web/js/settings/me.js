// About the wearer: what the hub calls them, speaks with them, and when it is silent.

import { entry as memory } from "../memory/entry.js";
import { entry as privacy } from "../privacy/entry.js";
import { h } from "../dom.js";
import { language, number, t } from "../i18n.js";
import { check, choice, note, rule, select, text } from "./fields.js";

export const LANGUAGES = { en: "English", de: "Deutsch", zh: "中文" };
const NIGHT = { from: "22:00", until: "07:00", days: [] };
const MONDAY = Date.UTC(2024, 0, 1);
const DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

export function zones() {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const all = Intl.supportedValuesOf?.("timeZone") ?? [];
  return { here, all: all.includes(here) ? all : [here, ...all] };
}

/** One name for zones that have several: "Etc/UTC" is "UTC". */
function canonical(timeZone) {
  try {
    return Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  } catch {
    return timeZone; // one that this browser doesn't know
  }
}

/** Whether clocks in both tell the same all year, as in Berlin and Vienna. */
export function sameClock(a, b) {
  const day = Date.UTC(new Date().getUTCFullYear(), 0, 15);
  const told = (timeZone) => {
    const clock = new Intl.DateTimeFormat("en", { dateStyle: "short", timeStyle: "short", timeZone });
    return Array.from({ length: 12 }, (_, month) => clock.format(day + month * 30 * 86_400_000)).join();
  };
  try {
    return a === b || told(a) === told(b);
  } catch {
    return false; // a zone that this browser doesn't know
  }
}

/** The town that "America/New_York" is named after. */
export const town = (zone) => zone.split("/").at(-1).replaceAll("_", " ");

/** "Europe/Helsinki" as people read it. */
function zoneName(zone) {
  return zone.replaceAll("_", " ").replaceAll("/", " / ");
}

function quietHours(desk) {
  const quiet = desk.me.quiet;
  const change = (part) => desk.change({ quiet: part === null ? null : { ...NIGHT, ...desk.me.quiet, ...part } });
  const time = (name) =>
    h(
      "div",
      { class: "setting" },
      h("label", { class: "label", for: `set-quiet-${name}`, text: t(`quiet.${name}`) }),
      h("input", {
        type: "time",
        id: `set-quiet-${name}`,
        value: quiet[name],
        required: true,
        onchange: (event) => event.target.value && change({ [name]: event.target.value }),
      }),
    );
  const day = (code, at) => {
    const on = !quiet.days.length || quiet.days.includes(code);
    const date = MONDAY + at * 86_400_000;
    const name = (weekday) => new Intl.DateTimeFormat(language(), { weekday, timeZone: "UTC" }).format(date);
    return h(
      "label",
      null,
      h("input", {
        type: "checkbox",
        checked: on,
        value: code,
        "aria-label": name("long"),
        onchange: (event) => {
          const now = new Set(desk.me.quiet.days.length ? desk.me.quiet.days : DAYS);
          if (event.target.checked) now.add(code);
          else now.delete(code);
          if (!now.size) event.target.checked = true; // no day at all is the switch above
          else change({ days: now.size === DAYS.length ? [] : DAYS.filter((one) => now.has(one)) });
        },
      }),
      h("span", { "aria-hidden": "true", text: name("short") }),
    );
  };
  return [
    check("quiet", {
      label: t("quiet.title"),
      value: Boolean(quiet),
      change: async (yes) => {
        await change(yes ? {} : null);
        desk.redraw("set-quiet");
      },
      note: t("quiet.note"),
    }),
    quiet ? h("div", { class: "pair" }, time("from"), time("until")) : null,
    quiet
      ? h(
          "fieldset",
          { class: "setting" },
          h("legend", { text: t("quiet.days") }),
          h("div", { class: "switch days" }, ...DAYS.map(day)),
        )
      : null,
  ];
}

export function me(desk) {
  const { me: who, glasses } = desk;
  const { here, all } = zones();
  const tongue = choice("language", {
    label: t("settings.language"),
    options: LANGUAGES,
    value: language(),
    change: desk.setLanguage,
    lang: true,
  });
  if (!who) return [tongue, desk.waiting()];
  const zone = canonical(who.zone);
  const far = !sameClock(who.zone, here);
  return [
    who.shared
      ? note(t("me.shared"))
      : text("name", {
          label: t("me.name"),
          value: who.name,
          change: async (name) => Boolean(name) && Boolean(await desk.change({ name })),
          autocomplete: "given-name",
        }),
    tongue,
    choice("formal", {
      label: t("me.address"),
      options: { false: t("me.address.du"), true: t("me.address.sie") },
      value: who.formal,
      change: (value) => desk.change({ formal: value === "true" }),
    }),
    select("zone", {
      label: t("me.zone"),
      options: (all.includes(zone) ? all : [zone, ...all]).map((one) => [one, zoneName(one)]),
      value: zone,
      change: (chosen) => desk.change({ zone: chosen }).then(() => desk.redraw("set-zone")),
      note: far ? t("me.zone.far", { zone: town(here) }) : "",
    }),
    rule(),
    ...quietHours(desk),
    rule(),
    ...(who.role === "guest" || who.shared
      ? []
      : [
          check("shareable", {
            label: t("me.shareable"),
            value: who.shareable,
            change: async (yes) => {
              await desk.change({ shareable: yes });
              desk.redraw("set-shareable");
            },
            note: t("me.shareable.note"),
          }),
          who.shareable
            ? text("pin", {
                label: t(who.pin ? "me.pin.change" : "me.pin"),
                value: "",
                max: 8,
                inputmode: "numeric",
                type: "password",
                autocomplete: "new-password",
                note: t("me.pin.note", { least: number(4), most: number(8) }),
                change: async (pin) => {
                  if (!/^(\d{4,8})?$/.test(pin)) {
                    desk.say(t("me.pin.note", { least: number(4), most: number(8) }));
                    return false;
                  }
                  if (await desk.change({ pin })) desk.say(t("me.pin.kept"));
                  return false; // never shown again
                },
              })
            : null,
        ]),
    rule(),
    memory(),
    privacy(),
    glasses.profile ? null : desk.waiting(),
  ];
}
