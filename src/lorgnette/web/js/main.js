// The page: pairs, makes the glasses, and lays their news on what is seen.

import { battery } from "./battery.js";
import { Begin } from "./begin.js";
import { Cards } from "./cards.js";
import { Debug } from "./debug.js";
import { eyes } from "./eyes.js";
import { Glasses } from "./glasses.js";
import { HubHttp } from "./hub.js";
import { Kept } from "./kept.js";
import { Messages } from "./messages.js";
import { Prefs } from "./prefs.js";
import { Settings } from "./settings.js";
import { Shell } from "./shell.js";
import { Sound } from "./audio.js";
import { Stage } from "./stage.js";
import { TalkView } from "./talkview.js";
import { WakeLock } from "./wakelock.js";
import { codecs } from "./opus.js";
import { composer } from "./composer.js";
import { draft } from "./draft.js";
import { firstOpenToken, pair, unpair } from "./pairing.js";
import { haptics } from "./haptics.js";
import { offers } from "./offers.js";
import { history } from "./history.js";
import { heading } from "./heading.js";
import { pairView } from "./pairview.js";
import { position } from "./position.js";
import { temple } from "./temple.js";
import { worn } from "./worn.js";
import { $, $$, h, icon } from "./dom.js";
import { onLanguage, quote, setLanguage, t } from "./i18n.js";

const PATIENCE_MS = 2000; // a connection that is back by then was never away
const TICK_MS = 200;
const inHand = matchMedia("(hover: none), (max-width: 899px)");

const prefs = new Prefs();
const query = new URLSearchParams(location.search);
const tested = query.has("test");
if (tested) prefs.set("echo", query.get("test") || "hub"); // no browser gain or echo cancelling
if (query.has("worn")) {
  prefs.set("worn", true);
  prefs.set("form", "ar");
}
const kept = new Kept(prefs.storage, () => prefs.get("keep"));

function dress() {
  const root = document.documentElement;
  for (const name of ["theme", "output", "contrast", "motion", "hand"]) root.dataset[name] = prefs.get(name);
  root.style.setProperty("--size", prefs.get("size"));
}

const captionSize = (factor) => document.documentElement.style.setProperty("--caption-size", factor);

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
  if (token !== prefs.get("token")) kept.forget(); // another's words, perhaps
  prefs.set("begun", false);
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
  let desk = null;
  let sight = null; // camera, gallery and AR; the hub is not heard before it is there
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
  const place = position($("#position"), glasses, prefs, {
    changed: () => desk?.located(),
    refused: () => messages.show("sharing.denied"),
  });
  const look = heading($("#heading"), glasses, (degrees) => {
    stage.heading(degrees);
    place.look(degrees);
    sight?.heading(degrees);
  });

  const gestureButton = (name, picture, press) => {
    const label = h("span", { "data-t": name, text: t(name) });
    return h("button", { type: "button", class: "quiet", onclick: press }, icon(picture), label);
  };
  $("#gestures").append(
    gestureButton("nod.yes", "yes", () => glasses.nod("yes")),
    gestureButton("nod.no", "no", () => glasses.nod("no")),
    gestureButton("photo.take", "camera", () => sight.shutter("photo")),
  );

  const awake = new WakeLock(() => prefs.get("awake") && (glasses.form === "ar" || glasses.listening));
  const touch = haptics(() => prefs.get("haptics"));
  const setForm = (form) => {
    glasses.setForm(form);
    stage.form(form, prefs.get("camera"));
    for (const radio of $$("#forms input")) radio.checked = radio.value === form;
    awake.see();
    wear();
  };
  for (const radio of $$("#forms input")) {
    radio.checked = radio.value === glasses.form;
    radio.addEventListener("change", () => setForm(radio.value));
  }

  const hub = new HubHttp(() => prefs.get("token"));
  sight = eyes({ glasses, stage, prefs, messages, hub });
  debug.sight = sight;
  desk = new Settings($("#settings"), {
    glasses,
    prefs,
    hub,
    sharing: place.sharing,
    share: place.share,
    setForm,
    captionSize,
    setLanguage: (code) => {
      setLanguage(code);
      glasses.setLanguage(code);
    },
    look: (name) => {
      if (name === "camera") stage.form(glasses.form, prefs.get("camera"));
      else if (name === "keep") kept.keep(glasses.talk.turns);
      else if (name === "awake") awake.see();
      else if (name === "worn") wear();
      else dress();
    },
    forget: async () => {
      await unpair(prefs.get("device"), prefs.get("token"));
      forgetHere();
      location.reload();
    },
    begin: () => {
      $("#settings").close();
      begin.open();
    },
  });
  const begin = new Begin($("#begin"), desk);
  debug.begin = begin;
  const wear = worn(prefs, {
    open: () => desk.open(),
    busy: () => glasses.busy || glasses.listening || glasses.state === "asking",
  });
  draft($("#say"));
  const quiet = () =>
    !glasses.busy && !glasses.listening && !$("dialog[open]") && glasses.state === "idle";
  const shell = new Shell({ quiet });
  if (!tested) shell.start();

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
    const away = $("#status").dataset.status === "offline";
    for (const part of ["#empty .lead", "#empty-say"]) $(part).hidden = away;
    if (away) {
      $("#empty-how").textContent = t("empty.away");
      return;
    }
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
  let unsure = []; // typed just before the hub went, and nobody knows whether it arrived
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
    const words = t(`status.${name}`);
    if ($("#status").dataset.status !== name) $("#status").dataset.status = name;
    if ($("#status span").textContent !== words) $("#status span").textContent = words; // else it is read out again
    $("#stage").toggleAttribute("data-away", name === "offline" || name === "busy");
    if (name === "offline" || name === "busy") $("#state span").textContent = words;
    else stage.state(glasses.state);
    if (name === "version") messages.show("status.version");
    if (name === "replaced") {
      messages.show("status.replaced", () => glasses.takeBack());
      touch.feel("replaced");
    } else messages.hide("status.replaced");
    empty();
  };

  const whose = () => ($("#who").textContent = glasses.profile?.name || t("talk.label"));

  /** Words of which nobody knew whether they arrived go back into the field, unless the hub has them. */
  const giveBack = (turns) => {
    for (const { words, at } of unsure.splice(0)) {
      if (turns.some((turn) => turn.words === words && turn.at > at - 60_000)) continue;
      if ($("#say").value) continue;
      $("#say").value = words;
      $("#say").dispatchEvent(new Event("input"));
      messages.show("say.again");
    }
  };

  const recall = async () => {
    const turns = await history(prefs.get("token"));
    glasses.talk.recall(turns);
    giveBack(turns);
    kept.keep(glasses.talk.turns); // what the hub has forgotten is forgotten here too
    empty();
  };

  Object.assign(news, {
    connection: (name) => {
      if (["connecting", "offline", "busy"].includes(name)) {
        // counted from the moment it went, not from the last try
        statusTimer ||= setTimeout(() => {
          stage.state("idle");
          status(glasses.wire.status === "busy" ? "busy" : "offline");
        }, PATIENCE_MS);
        return;
      }
      clearTimeout(statusTimer);
      statusTimer = 0;
      if (name === "unauthorized") {
        forgetHere();
        for (const dialog of $$("dialog[open]")) dialog.close();
        askToPair("pair.again");
      } else if (name === "version" && !tested) {
        shell.renew().then((coming) => coming || status(name));
      } else status(name);
      if (name === "replaced") place.sharing.pause();
      else if (name === "online") place.sharing.start();
    },
    fresh: async () => {
      power.tell();
      place.sharing.again();
      if (recalled) {
        shell.look(); // it was started again: a newer one, perhaps
        recall();
        return;
      }
      recalled = true;
      shell.settled();
      glasses.talk.turns = glasses.talk.turns.filter((turn) => !turn.kept); // the hub's own memory is the true one
      await recall();
      $("#scroll").scrollTop = $("#scroll").scrollHeight;
      const me = await desk.load();
      if (!me) return;
      if (me.role === "owner") offers(hub, messages);
      captionSize(me.text_size ?? 1);
      glasses.setOutput(me.output ?? prefs.get("output"));
    },
    unsure: (events) => {
      unsure = events.map(({ text }) => ({ words: text, at: Date.now() }));
    },
    state: (name) => {
      stage.state(name);
      touch.state(name);
      foot.show();
      if (name === "speaking" && sound.blocked) messages.show("sound.blocked");
    },
    listening: () => {
      foot.show();
      begin.listening();
      awake.see();
      empty();
    },
    level: (value) => {
      stage.level(value);
      foot.level(value);
      begin.level(value);
    },
    sound: (rms) => stage.sound(rms),
    event: (event) => sight.event(event),
    welcome: (message) => sight.welcome(message),
    caption: (caption) => {
      stage.caption(caption);
      sight.caption(caption);
    },
    earcon: (name) => stage.earcon(name),
    turn: (turn) => {
      talk.update(turn);
      begin.turn(turn);
      if (turn?.outcome) kept.keep(glasses.talk.turns);
      empty();
    },
    scene: ({ id, entry }) => {
      stage.hud.scene(id, entry);
      sight.scene(id, entry);
      cards.scene(id, entry);
    },
    profile: (profile) => {
      setLanguage(prefs.get("language") || profile.language);
      whose();
    },
    output: dress,
    notice: (notice) => messages.notice(notice),
    forgotten: () => kept.keep(glasses.talk.turns),
    problem: ({ code }) => code === "microphone" && messages.show("mic.denied"),
  });

  sound.onblocked = (blocked) => blocked || messages.hide("sound.blocked");
  for (const gesture of ["pointerdown", "keydown"])
    document.addEventListener(gesture, () => sound.wake(), { capture: true });
  onLanguage(() => {
    document.title = t("page.title");
    whose();
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
  glasses.talk.recall(kept.read().map((turn) => ({ ...turn, kept: true })));
  empty();
  status("connecting");
  stage.form(glasses.form, prefs.get("camera"));
  stage.heading(look.degrees);
  $("#scroll").scrollTop = $("#scroll").scrollHeight;
  glasses.start();
  place.sharing.start();
  awake.see();
  wear();
  if (!prefs.get("begun") && !tested) begin.open();
  if (query.get("do") === "settings") desk.open();
  else if (query.get("do") === "talk") glasses.listen();
  if (query.has("do")) window.history.replaceState(null, "", location.pathname); // a reload doesn't do it again
}

/** Nothing of the wearer stays on a device that isn't theirs any more. */
function forgetHere() {
  prefs.set("token", "");
  kept.forget();
}

dress();
setLanguage(prefs.get("language") || navigator.language);
welcome();
