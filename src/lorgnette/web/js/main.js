// The page: pairs, makes the glasses, and lays their news on what is seen.

import { battery } from "./battery.js";
import { Cards } from "./cards.js";
import { Debug } from "./debug.js";
import { Glasses } from "./glasses.js";
import { Messages } from "./messages.js";
import { Prefs } from "./prefs.js";
import { Sound } from "./audio.js";
import { Stage } from "./stage.js";
import { TalkView } from "./talkview.js";
import { codecs } from "./opus.js";
import { composer } from "./composer.js";
import { firstOpenToken, pair, unpair } from "./pairing.js";
import { history } from "./history.js";
import { heading } from "./heading.js";
import { pairView } from "./pairview.js";
import { position } from "./position.js";
import { settings } from "./settings.js";
import { temple } from "./temple.js";
import { $, $$, h, icon } from "./dom.js";
import { language, onLanguage, quote, setLanguage, t } from "./i18n.js";

const PATIENCE_MS = 2000; // a connection that is back by then was never away
const TICK_MS = 200;
const inHand = matchMedia("(hover: none), (max-width: 899px)");

const prefs = new Prefs();
const query = new URLSearchParams(location.search);
if (query.has("test")) prefs.set("echo", query.get("test") || "hub"); // no browser gain or echo cancelling

function dress() {
  document.documentElement.toggleAttribute("data-captions", prefs.get("captionsOnly"));
  document.documentElement.dataset.theme = prefs.get("theme");
  document.documentElement.style.setProperty("--size", prefs.get("size"));
}

async function welcome() {
  const first = firstOpenToken();
  if (first) {
    try {
      remember(await pair(first, t("pair.default")));
    } catch (error) {
      if (!prefs.get("token")) return askToPair(`pair.${error.message}`);
    }
  }
  return prefs.get("token") ? open() : askToPair();
}

function remember({ token, device }) {
  prefs.set("token", token);
  prefs.set("device", device ?? "");
}

function askToPair(reason = "") {
  $("#page").hidden = true;
  pairView($("#pairing"), {
    reason,
    paired: (answer) => {
      remember(answer);
      $("#pairing").hidden = true;
      open();
    },
  });
}

async function open() {
  if (window.lorgnette) return location.reload(); // paired anew: a new page is the simplest clean start
  const sound = new Sound();
  const debug = new Debug();
  const news = {};
  const glasses = new Glasses({
    prefs,
    sound,
    able: query.get("codec") === "pcm16" ? { encode: ["pcm16"], decode: ["pcm16"] } : await codecs(16_000),
    url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/v1/device`,
    log: debug.log,
    tell: (topic, value) => news[topic]?.(value),
  });
  const wallTime = () => glasses.wallTime;
  const messages = new Messages($("#messages"));
  const stage = new Stage({ wallTime, problem: () => messages.show("camera.denied") });
  debug.attach(glasses, stage);

  const talk = new TalkView($("#talk"), {
    scroll: $("#scroll"),
    turns: () => glasses.talk.turns,
    undo: (turn) => glasses.undo(turn.id, t("undo.phrase")),
  });
  const cards = new Cards($("#shelf"), { wallTime, act: (words) => glasses.type(words) });
  const foot = composer(glasses);
  temple($("#temple"), glasses);
  const power = battery($("#battery"), glasses, prefs);
  const place = position($("#position"), glasses, prefs);
  const look = heading($("#heading"), glasses, (degrees) => {
    stage.heading(degrees);
    place.look(degrees);
  });

  const gestureButton = (name, picture, press) => {
    const label = h("span", { "data-t": name, text: t(name) });
    return h("button", { type: "button", class: "quiet", onclick: press }, icon(picture), label);
  };
  $("#gestures").append(
    gestureButton("nod.yes", "yes", () => glasses.nod("yes")),
    gestureButton("nod.no", "no", () => glasses.nod("no")),
    gestureButton("photo.take", "camera", async () => glasses.photo(await stage.photo())),
  );

  const setForm = (form) => {
    glasses.setForm(form);
    stage.form(form, prefs.get("camera"));
  };
  for (const radio of $$("#forms input")) {
    radio.checked = radio.value === glasses.form;
    radio.addEventListener("change", () => setForm(radio.value));
  }

  settings($("#settings"), {
    glasses,
    prefs,
    language,
    setLanguage: (code) => {
      setLanguage(code);
      glasses.setLanguage(code);
    },
    look: (name) => (name === "camera" ? stage.form(glasses.form, prefs.get("camera")) : dress()),
    forget: async () => {
      await unpair(prefs.get("device"), prefs.get("token"));
      prefs.set("token", "");
      location.reload();
    },
  });

  // the controls are a sheet on a narrow page
  const sheet = (yes) => {
    $("#controls").toggleAttribute("data-open", yes);
    $("#controls-open").setAttribute("aria-expanded", String(yes));
    (yes ? $("#controls-close") : $("#controls-open")).focus();
  };
  $("#controls-open").append(icon("glasses"));
  $("#controls-close").append(icon("close"));
  $("#controls-open").addEventListener("click", () => sheet(!$("#controls").hasAttribute("data-open")));
  $("#controls-close").addEventListener("click", () => sheet(false));
  $("#controls").addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !$("#controls").hasAttribute("data-open")) return;
    event.stopPropagation();
    sheet(false);
  });

  const empty = () => {
    $("#empty").hidden = glasses.talk.turns.length > 0;
    const words = t("empty.say");
    $("#empty-say").replaceChildren(
      h("button", { type: "button", onclick: () => glasses.type(words) }, quote(words)),
    );
    $("#empty-how").textContent = t(
      glasses.openMic && glasses.listening
        ? "empty.how.open"
        : inHand.matches
          ? "empty.how.touch"
          : "empty.how",
    );
  };

  let recalled = false;
  let statusTimer = 0;
  // the scroll bar's own width, so that head and foot stand in line with what scrolls between them
  const gutter = () => {
    const scroll = $("#scroll");
    document.documentElement.style.setProperty(
      "--gutter",
      `${(scroll.offsetWidth - scroll.clientWidth) / 2}px`,
    );
  };
  new ResizeObserver(gutter).observe($("#scroll"));

  const status = (name) => {
    $("#status").dataset.status = name;
    $("#status span").textContent = t(`status.${name}`);
    if (name === "version" || name === "replaced") messages.show(`status.${name}`);
  };

  Object.assign(news, {
    connection: (name) => {
      clearTimeout(statusTimer);
      if (name === "unauthorized") {
        prefs.set("token", "");
        askToPair("pair.again");
      } else if (["online", "version", "replaced"].includes(name)) status(name);
      else {
        statusTimer = setTimeout(() => {
          status(name === "busy" ? "busy" : "offline");
          stage.state("idle");
        }, PATIENCE_MS);
      }
    },
    fresh: async () => {
      power.tell();
      place.tell();
      if (recalled) return;
      recalled = true;
      glasses.talk.recall(await history(prefs.get("token")));
      $("#scroll").scrollTop = $("#scroll").scrollHeight;
      empty();
    },
    state: (name) => {
      stage.state(name);
      foot.show();
      if (name === "speaking" && sound.blocked) messages.show("sound.blocked");
    },
    listening: () => {
      foot.show();
      empty();
    },
    level: (value) => {
      stage.level(value);
      foot.level(value);
    },
    sound: (rms) => stage.sound(rms),
    caption: (caption) => stage.caption(caption),
    earcon: (name) => stage.earcon(name),
    turn: (turn) => {
      talk.update(turn);
      empty();
    },
    scene: ({ id, entry }) => {
      stage.hud.scene(id, entry);
      cards.scene(id, entry);
    },
    profile: (profile) => {
      $("#who").textContent = profile.name || t("talk.label");
      setLanguage(prefs.get("language") || profile.language);
    },
    captionsOnly: (yes) => document.documentElement.toggleAttribute("data-captions", yes),
    notice: (notice) => messages.notice(notice),
    problem: ({ code }) => code === "microphone" && messages.show("mic.denied"),
  });

  sound.onblocked = (blocked) => blocked || messages.hide("sound.blocked");
  for (const gesture of ["pointerdown", "keydown"])
    document.addEventListener(gesture, () => sound.wake(), { capture: true });
  onLanguage(() => {
    document.title = t("page.title");
    talk.redraw();
    cards.redraw();
    empty();
    status($("#status").dataset.status);
  });
  setInterval(() => {
    cards.tick();
    if (glasses.form === "ar") stage.hud.tick();
  }, TICK_MS);

  $("#page").hidden = false;
  empty();
  status("connecting");
  stage.form(glasses.form, prefs.get("camera"));
  stage.heading(look.degrees);
  $("#scroll").scrollTop = $("#scroll").scrollHeight;
  glasses.start();
}

dress();
setLanguage(prefs.get("language") || navigator.language);
welcome();
