// Outside tools and agents: what each server may, what each agent may, and what they were used for lately.

import { h } from "../dom.js";
import { ago, t } from "../i18n.js";
import { button, check, note, rule, select, text, titled, twice } from "./fields.js";

const EFFECTS = ["read", "query", "act", "reach_out", "spend"];
const SCOPES = ["show", "say", "ask", "see", "listen"];
const SENSES = ["see", "listen"];

/** What the hub has of them; null where it doesn't answer. */
export async function loadOutside(hub) {
  const quietly = (path) => hub.get(path).catch(() => null);
  const [servers, agents, uses] = await Promise.all(
    ["/v1/mcp/servers", "/v1/mcp/agents", "/v1/mcp/uses?limit=10"].map(quietly),
  );
  return servers && agents && uses ? { servers, agents, uses } : null;
}

const at = (server) => `/v1/mcp/servers/${encodeURIComponent(server.id)}`;

/** Do it, and draw what came of it. */
const doing = (desk, work, words) => async () => {
  if (await desk.ask(work)) await desk.refresh(words);
};

function effects(desk, server, tool, words) {
  const chosen = { effect: tool.effect };
  const seen = tool.difference.length > 0 ? tool.difference : tool.description ? [tool.description] : [];
  const approve = async () => {
    const path = at(server);
    const done = await desk.ask(async () => {
      const { digests } = await desk.hub.get(path);
      return desk.hub.post(`${path}/approve`, { tools: { [tool.name]: chosen.effect }, digests });
    });
    if (done) await desk.refresh(t("outside.approved", { tool: tool.name }));
  };
  return h(
    "div",
    { class: "setting outside-tool" },
    h("p", { class: "label", text: tool.name }),
    note(t(`outside.state.${tool.state}`)),
    seen.length > 0 ? h("blockquote", { class: "outside-words" }, ...seen.map((line) => h("p", { text: line }))) : null,
    select(`effect-${server.id}-${tool.name}`, {
      label: t("outside.effect"),
      options: EFFECTS.map((one) => [one, t(`outside.effect.${one}`)]),
      value: chosen.effect,
      change: (effect) => {
        chosen.effect = effect;
      },
    }),
    h("div", { class: "row-buttons" }, button(words, approve)),
  );
}

function tool(desk, server, one, may) {
  if (one.state === "new" || one.state === "changed") {
    return may ? effects(desk, server, one, t("outside.approve")) : note(`${one.name}: ${t(`outside.state.${one.state}`)}`);
  }
  const used = one.used ? t("outside.used", { time: ago(one.used * 1000) }) : t("outside.unused");
  return check(`tool-${server.id}-${one.name}`, {
    label: one.name,
    value: one.state === "on",
    disabled: !may,
    note: `${t(`outside.effect.${one.effect}`)} · ${used}`,
    change: (on) => doing(desk, () => desk.hub.patch(`${at(server)}/tools/${encodeURIComponent(one.name)}`, { on }))(),
  });
}

function server(desk, one) {
  const may = one.mine || desk.me?.role === "owner";
  const fresh = one.tools.filter((each) => each.state === "new" || each.state === "changed").length;
  const known = ["open", "closed", "opening"].includes(one.state);
  const state = fresh > 0 ? t("outside.look") : t(known ? "outside.state.on" : `outside.state.${one.state}`);
  return h(
    "li",
    { class: "entry" },
    h(
      "details",
      null,
      h(
        "summary",
        null,
        h("span", { class: "entry-name", text: one.name }),
        h("span", { class: "entry-note", "data-on": one.state === "open", text: state }),
      ),
      note(one.place),
      one.why ? note(t("outside.why", { why: one.why })) : null,
      ...one.tools.map((each) => tool(desk, one, each, may)),
      may
        ? check(`server-${one.id}`, {
            label: t("outside.server.on"),
            value: one.state !== "off",
            change: (on) => doing(desk, () => desk.hub.patch(at(one), { on }))(),
          })
        : null,
      may
        ? h(
            "div",
            { class: "row-buttons" },
            one.state === "off" ? null : button(t("outside.test"), doing(desk, () => desk.hub.post(`${at(one)}/test`))),
            twice(t("outside.remove"), t("outside.remove.sure"), doing(desk, () => desk.hub.delete(at(one)))),
          )
        : null,
    ),
  );
}

function agent(desk, one) {
  const path = `/v1/mcp/agents/${encodeURIComponent(one.id)}`;
  const allow = (sense, on) => {
    const allowed = one.allowed.filter((each) => each !== sense);
    return desk.hub.patch(path, { allowed: on ? [...allowed, sense] : allowed });
  };
  return h(
    "li",
    { class: "entry" },
    h(
      "details",
      null,
      h(
        "summary",
        null,
        h("span", { class: "entry-name", text: one.name }),
        h("span", { class: "entry-note", text: one.used ? ago(one.used * 1000) : t("outside.unused") }),
      ),
      note(one.scopes.map((scope) => t(`outside.scope.${scope}`)).join(" · ")),
      ...SENSES.filter((sense) => one.scopes.includes(sense)).map((sense) =>
        check(`allow-${one.id}-${sense}`, {
          label: t(`outside.allow.${sense}`),
          value: one.allowed.includes(sense),
          change: (on) => doing(desk, () => allow(sense, on))(),
        }),
      ),
      h(
        "div",
        { class: "row-buttons" },
        twice(t("outside.revoke"), t("outside.revoke.sure"), doing(desk, () => desk.hub.delete(path))),
      ),
    ),
  );
}

/** A token for one more agent; it is shown once. */
function another(desk) {
  const wanted = { name: "", scopes: ["show", "say"] };
  const given = h("div", { "aria-live": "polite" });
  const make = async () => {
    const made = await desk.ask(() => desk.hub.post("/v1/mcp/agents", wanted));
    if (!made?.token) return;
    given.replaceChildren(
      note(t("outside.token", { name: made.name })),
      h("code", { class: "outside-token", text: made.token }),
      note(t("outside.token.where", { address: `${location.origin}/mcp` })),
    );
  };
  return h(
    "div",
    null,
    text("agent-name", {
      label: t("outside.agent.name"),
      value: "",
      max: 40,
      change: (name) => {
        wanted.name = name;
        return true;
      },
    }),
    ...SCOPES.map((scope) =>
      check(`scope-${scope}`, {
        label: t(`outside.scope.${scope}`),
        value: wanted.scopes.includes(scope),
        change: (on) => {
          wanted.scopes = SCOPES.filter((each) => (each === scope ? on : wanted.scopes.includes(each)));
        },
      }),
    ),
    h("div", { class: "row-buttons" }, button(t("outside.agent.new"), make)),
    given,
  );
}

function use(one) {
  const words = t(one.way === "out" ? "outside.use.out" : "outside.use.in", { who: one.who, what: one.what });
  return h(
    "li",
    { class: "entry outside-use" },
    h("span", { text: words }),
    h("span", { class: "entry-note", text: `${ago(one.at * 1000)} · ${t(`outside.how.${one.how}`)}` }),
  );
}

export function outside(desk) {
  if (!desk.outside) return [desk.waiting()];
  const { servers, agents, uses } = desk.outside;
  return [
    note(t("outside.note")),
    servers.length > 0 ? h("ul", { class: "entries" }, ...servers.map((one) => server(desk, one))) : note(t("outside.none")),
    rule(),
    titled(
      t("outside.agents"),
      note(t("outside.agents.note")),
      agents.length > 0 ? h("ul", { class: "entries" }, ...agents.map((one) => agent(desk, one))) : null,
      desk.me?.role === "guest" ? null : another(desk),
    ),
    rule(),
    titled(
      t("outside.uses"),
      uses.length > 0 ? h("ul", { class: "entries" }, ...uses.map(use)) : note(t("outside.uses.none")),
    ),
  ];
}
