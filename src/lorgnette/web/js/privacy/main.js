// The privacy page: who hears the wearer, what went out, what is kept; taking it along, forgetting it.

import { $, icon } from "../dom.js";
import { HubHttp } from "../hub.js";
import { language, onLanguage, setLanguage, t } from "../i18n.js";
import { Kept } from "../kept.js";
import { Prefs } from "../prefs.js";
import { Forget } from "./forget.js";
import { hears, lead } from "./hears.js";
import { kept } from "./kept.js";
import { take } from "./take.js";
import { went } from "./went.js";
import { day } from "./words.js";

const prefs = new Prefs();
const hub = new HubHttp(() => prefs.get("token"));
const LATEST = 50;
let overview = null;
let log = null;

document.documentElement.dataset.theme = prefs.get("theme");
document.documentElement.style.setProperty("--size", prefs.get("size"));

/** What to say of an error. */
function failed(error) {
  const known = { unreachable: "p.unreachable", denied: "p.denied" };
  return t(known[error.message] ?? "p.failed");
}

async function load() {
  const since = Math.floor(Date.now() / 1000 - 31 * 86_400);
  [overview, log] = await Promise.all([hub.get("/v1/privacy"), hub.get(`/v1/egress?since=${since}&limit=${LATEST}`)]);
}

async function choose(name, days) {
  let words = t("p.for.saved");
  try {
    await hub.put("/v1/privacy/keeping", { what: name, days });
    await load();
  } catch (error) {
    words = failed(error);
  }
  draw();
  $("#kept-said").textContent = words;
  $(`#for-${name}`)?.focus();
}

async function fetchFile(progress) {
  const answer = await fetch("/v1/privacy/export", {
    method: "POST",
    headers: { authorization: `Bearer ${prefs.get("token")}` },
  }).catch(() => {
    throw new Error("unreachable");
  });
  if (!answer.ok) throw new Error(answer.status === 403 ? "denied" : "failed");
  const all = Number(answer.headers.get("content-length"));
  const name = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition") ?? "")?.[1] ?? "lorgnette.zip";
  const parts = [];
  let done = 0;
  for await (const part of chunks(answer.body.getReader())) {
    parts.push(part);
    done += part.length;
    progress(done, all);
  }
  if (all && done !== all) throw new Error("failed");
  return { blob: new Blob(parts, { type: "application/zip" }), name };
}

async function* chunks(reader) {
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

const forget = new Forget($("#forget"), $("#sure"), {
  preview: async (what, since) => (await hub.post("/v1/privacy/preview", { what, since })).kept,
  forget: async (what, since) => {
    if (what.includes("conversations")) new Kept(prefs.storage, () => false).forget(); // what this browser kept
    return hub.post("/v1/privacy/forget", { what, since });
  },
  again: async (words) => {
    await load().catch(() => {});
    draw(words);
  },
  failed,
});

function draw(words = "") {
  document.title = `${t("p.title")} – Lorgnette`;
  if (!overview) return;
  $("#lead").textContent = lead(overview.listeners);
  hears($("#hears"), overview);
  went($("#went"), log);
  kept($("#kept"), overview, choose);
  take($("#take"), overview, fetchFile, failed);
  forget.draw(overview, words);
  $("#printed").textContent = t("p.printed", { name: overview.wearer.name || "Lorgnette", date: day(Date.now() / 1000) });
}

function trouble(words) {
  $("#trouble").textContent = words;
  $("#trouble").hidden = !words;
}

async function open() {
  if (!prefs.get("token")) return trouble(t("p.unpaired"));
  try {
    await load();
  } catch (error) {
    return trouble(error.message === "denied" ? t("p.unpaired") : failed(error));
  }
  trouble("");
  setLanguage(prefs.get("language") || overview.wearer.language || language());
  draw();
  $("#parts").hidden = false;
}

$("#close").append(icon("close"));
$("#close").addEventListener("click", () => {
  window.close();
  setTimeout(() => location.assign("./"), 200); // a page that nobody opened can't close itself
});
addEventListener("beforeprint", () => {
  for (const one of document.querySelectorAll("details")) one.open = true;
});
onLanguage(() => draw());
setLanguage(prefs.get("language") || navigator.language);
draw();
await open();
$("#sheet").setAttribute("aria-busy", "false");
