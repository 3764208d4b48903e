// The memory page: what the hub remembers of its wearer; searched, corrected, forgotten, taken along.

import { $, h, icon } from "../dom.js";
import { HubHttp } from "../hub.js";
import { language, number, onLanguage, setLanguage, t } from "../i18n.js";
import { Prefs } from "../prefs.js";
import { Facts } from "./facts.js";
import { begun, day, listed } from "./words.js";

const WAIT_MS = 200;
const prefs = new Prefs();
const hub = new HubHttp(() => prefs.get("token"));
let facts = [];
let next = "";
let earlier = [];
let wishes = null;
let me = null;
let waiting = 0;

document.documentElement.dataset.theme = prefs.get("theme");
document.documentElement.style.setProperty("--size", prefs.get("size"));

/** What to say of an error: our own words, or the hub's where it refused. */
function failed(error) {
  const known = { unreachable: "m.unreachable", denied: "m.denied" };
  return t(known[error.message] ?? "m.failed");
}

function say(words) {
  $("#facts-said").textContent = words;
}

/** Do it and say what came of it; true where it worked. */
async function tried(work, words) {
  try {
    await work();
  } catch (error) {
    say(failed(error));
    return false;
  }
  say(words);
  return true;
}

async function load() {
  const search = $("#search").value.trim();
  const page = await hub.get(`/v1/memory${search ? `?search=${encodeURIComponent(search)}` : ""}`);
  facts = page.facts;
  next = page.next;
}

const list = new Facts($("#facts"), {
  correct: async (id, text) => {
    let now = null;
    await tried(async () => {
      now = await hub.patch(`/v1/memory/${id}`, { text });
      await load();
      draw();
    }, t("m.said.changed"));
    return now?.id;
  },
  forget: (id) => tried(() => hub.delete(`/v1/memory/${id}`), t("m.said.gone")),
  restore: (id) => tried(() => hub.post(`/v1/memory/${id}/restore`), t("m.said.back")),
  more: () =>
    tried(async () => {
      const page = await hub.get(`/v1/memory?before=${encodeURIComponent(next)}`);
      facts = [...facts, ...page.facts];
      next = page.next;
      draw();
    }, ""),
});

async function choose(name, wanted) {
  await tried(async () => {
    wishes = await hub.patch("/v1/memory/wishes", { [name]: wanted });
    if (name === "summaries") earlier = await hub.get("/v1/memory/summaries");
  }, "");
  draw();
  $(`#wish-${name}`)?.focus();
}

function wish(name) {
  const box = h("input", { type: "checkbox", id: `wish-${name}`, checked: wishes[name], disabled: !wishes.hub[name] });
  box.addEventListener("change", () => choose(name, box.checked));
  return h(
    "div",
    { class: "wish" },
    box,
    h("label", { for: `wish-${name}`, text: t(`m.wish.${name}`) }),
    h("span", { class: "small", text: t(wishes.hub[name] ? `m.wish.${name}.note` : "m.wish.off") }),
  );
}

function summary(one) {
  const drop = h("button", {
    type: "button",
    class: "round",
    "aria-label": t("m.drop"),
    title: t("m.drop"),
    onclick: () =>
      tried(async () => {
        await hub.delete(`/v1/memory/summaries/${one.id}`);
        earlier = earlier.filter((other) => other !== one);
        draw();
      }, ""),
  });
  drop.append(icon("bin"));
  const others = one.others.length ? h("span", { class: "mark others", text: t("m.others", { who: named(one.others) }) }) : null;
  return h(
    "li",
    { class: "fact" },
    h("span", { class: "text", text: begun(one.text) }),
    h("span", { class: "small" }, others, day(one.ended)),
    h("span", { class: "acts" }, drop),
  );
}

/** A source that nobody knows any more has no name. */
const named = (others) => listed(others.map((one) => (one === "memory" ? t("m.somebody") : one)));

function draw() {
  document.title = `${t("m.title")} – Lorgnette`;
  if (!wishes) return;
  const count = facts.length;
  const lead = count ? (next ? "m.lead.many" : count === 1 ? "m.lead.one" : "m.lead") : "m.lead.none";
  if (!$("#search").value.trim()) $("#lead").textContent = t(lead, { count: number(count) });
  list.draw(facts, { searched: Boolean($("#search").value.trim()), more: Boolean(next) });
  const words = h("p", { class: "empty", text: t("m.earlier.none") });
  $("#earlier").replaceChildren(earlier.length ? h("ul", { class: "rows" }, ...earlier.map(summary)) : words);
  $("#wishes").replaceChildren(wish("facts"), wish("summaries"));
}

function trouble(words) {
  $("#trouble").textContent = words;
  $("#trouble").hidden = !words;
}

async function open() {
  if (!prefs.get("token")) return trouble(t("m.unpaired"));
  try {
    [me, wishes, earlier] = await Promise.all([hub.get("/v1/me"), hub.get("/v1/memory/wishes"), hub.get("/v1/memory/summaries")]);
    await load();
  } catch (error) {
    return trouble(error.message === "denied" ? t("m.unpaired") : failed(error));
  }
  trouble("");
  setLanguage(prefs.get("language") || me.language || language());
  draw();
  $("#parts").hidden = false;
}

$("#tell").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = $("#new").value.trim();
  if (!text) return;
  let how = "";
  const done = await tried(async () => {
    ({ how } = await hub.post("/v1/memory", { text, language: language() }));
    await load();
  }, "");
  if (!done) return;
  say(t(`m.said.${how}`));
  $("#new").value = "";
  draw();
});

$("#search").addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => tried(async () => (await load(), draw()), ""), WAIT_MS);
});

$("#take").addEventListener("click", () =>
  tried(async () => {
    const everything = JSON.stringify(await hub.get("/v1/memory/all"), null, 2);
    const address = URL.createObjectURL(new Blob([everything], { type: "application/json" }));
    h("a", { href: address, download: `lorgnette-memory-${new Date().toISOString().slice(0, 10)}.json` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }, ""),
);

$("#close").append(icon("close"));
$("#close").addEventListener("click", () => {
  window.close();
  setTimeout(() => location.assign("./"), 200); // a page that nobody opened can't close itself
});
onLanguage(() => draw());
setLanguage(prefs.get("language") || navigator.language);
draw();
await open();
$("#sheet").setAttribute("aria-busy", "false");
