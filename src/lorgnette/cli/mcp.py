"""`lorgnette mcp`: outside tools added, approved and removed; tokens for outside agents."""

import sys
from collections.abc import Sequence
from typing import Annotated, Any, Literal, get_args

import typer

from lorgnette.cli.export import PersonOption
from lorgnette.cli.local import RunningHub, run
from lorgnette.cli.options import ConfigOption, JsonOption

app = typer.Typer(help="Outside tools and agents: add, list, approve, test, rm, token.", no_args_is_help=True)
token = typer.Typer(help="Tokens of outside agents: new, list, revoke.", no_args_is_help=True)
app.add_typer(token, name="token")

Effect = Literal["read", "query", "act", "reach_out", "spend"]
Server = Annotated[str, typer.Argument(help="The server's name.", show_default=False)]
EffectOption = Annotated[
    list[str] | None,
    typer.Option(
        "--effect",
        metavar="TOOL=EFFECT",
        help="Approve a tool: read, query, act, reach_out or spend. Again for each.",
        show_default=False,
    ),
]
WordsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--words",
        metavar="TOOL=TEXT",
        help="What a model is told of a tool, in your words.",
        show_default=False,
    ),
]
TheirsOption = Annotated[
    bool,
    typer.Option(
        "--their-words", help="Show a model the server's own descriptions, too; then more is asked about."
    ),
]


@app.command()
def add(  # noqa: PLR0917 - its options
    name: Annotated[str, typer.Argument(help="What you call it: letters, digits and -.", show_default=False)],
    command: Annotated[
        list[str] | None, typer.Argument(help="After --: the program and its arguments.", show_default=False)
    ] = None,
    url: Annotated[str, typer.Option(help="Its address, of a server elsewhere.", show_default=False)] = "",
    header: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=VALUE", help="Sent along; env:NAME or file:/path hides it.", show_default=False
        ),
    ] = None,
    env: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=VALUE", help="What the program gets of the environment.", show_default=False
        ),
    ] = None,
    network: Annotated[bool, typer.Option("--network", help="The program may reach the network.")] = False,
    folder: Annotated[
        list[str] | None, typer.Option(help="A folder that the program may read.", show_default=False)
    ] = None,
    login: Annotated[bool, typer.Option("--login", help="The server asks who you are (OAuth).")] = False,
    private: Annotated[bool, typer.Option("--private", help="For this wearer alone.")] = False,
    wearer: PersonOption = "",
    effect: EffectOption = None,
    words: WordsOption = None,
    theirs: TheirsOption = False,
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Add a server and approve tools of it: lorgnette mcp add files -- my-server /srv."""
    place = {
        "command": command or [],
        "environment": _pairs(env),
        "network": network,
        "folders": folder or [],
        "url": url,
        "headers": _pairs(header),
        "login": login,
    }
    new = {
        "name": name,
        "place": place,
        "everyone": not private and not wearer,
        "wearer": _id(wearer, config),
    }
    found = run(_ask("POST", "", config, new))
    if login and not found["tools"]:
        _log_in(name, config)
        found = run(_ask("POST", f"/{name}/test", config))
    found = _choose(found, config, effect, words, theirs=theirs, quiet=json_)
    _print(found, json_)


@app.command("list")
def list_(json_: JsonOption = False, config: ConfigOption = None) -> None:
    """Show the servers, their tools, and what each may do."""
    found = run(_ask("GET", "", config))
    for one in found:
        _print(one, json_)
    if not found and not json_:
        typer.echo("There are no outside tools. Add a server: lorgnette mcp add NAME -- COMMAND")


@app.command()
def approve(
    server: Server,
    tools: Annotated[list[str] | None, typer.Argument(help="Only these.", show_default=False)] = None,
    effect: EffectOption = None,
    words: WordsOption = None,
    theirs: TheirsOption = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask; with the proposed effects.")] = False,
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Look at new and changed tools, and approve them as they are now."""
    found = run(_ask("POST", f"/{server}/test", config))
    if tools:
        found["tools"] = [one for one in found["tools"] if one["name"] in tools]
    _print(_choose(found, config, effect, words, theirs=theirs, yes=yes, quiet=json_), json_)


@app.command("test")
def try_(server: Server, json_: JsonOption = False, config: ConfigOption = None) -> None:
    """Open a server anew and see what it says."""
    _print(run(_ask("POST", f"/{server}/test", config)), json_)


@app.command()
def rm(server: Server, json_: JsonOption = False, config: ConfigOption = None) -> None:
    """Remove a server, with what was approved and its login."""
    found = run(_ask("DELETE", f"/{server}", config))
    if json_:
        _print(found, json_)
    else:
        typer.echo(f"{found['name']} is gone.")


@app.command()
def login(server: Server, config: ConfigOption = None) -> None:
    """Log in at a server elsewhere, in a browser on the hub's machine."""
    _log_in(server, config)


@app.command()
def switch(
    server: Server,
    state: Annotated[Literal["on", "off"], typer.Argument(help="on or off.")],
    tool: Annotated[str, typer.Option(help="One tool of it.", show_default=False)] = "",
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Switch a server, or one of its tools, on or off."""
    path = f"/{server}/tools/{tool}" if tool else f"/{server}"
    _print(run(_ask("PATCH", path, config, {"on": state == "on"})), json_)


@app.command()
def uses(
    limit: Annotated[int, typer.Option(help="How many.")] = 30,
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Show what outside tools and agents were used for lately."""
    from datetime import datetime

    from lorgnette.cli.output import print_json

    for one in run(_ask("GET", f"?limit={limit}", config, root="/v1/mcp/uses")):
        if json_:
            print_json(one)
        else:
            at = datetime.fromtimestamp(one["at"]).astimezone()
            way = "→" if one["way"] == "out" else "←"
            typer.echo(f"{at:%Y-%m-%d %H:%M}  {way} {one['who']}: {one['what']} ({one['how']})")


@app.command()
def serve(
    token: Annotated[str, typer.Option(envvar="LORGNETTE_AGENT_TOKEN", help="The agent's token.")],
    url: Annotated[str, typer.Option(help="The hub's address.", show_default="this machine's hub")] = "",
    config: ConfigOption = None,
) -> None:
    """For agents that start programs: standard input and output, handed on to the hub's /mcp."""
    if not url:
        from lorgnette.cli.settings import load

        settings = load(config, [], quiet=True).settings
        host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104
        url = f"http://{host}:{settings.port}/mcp"
    from lorgnette.cli.bridge import bridge

    run(bridge(url, token))


# ── tokens ─────────────────────────────────────────────────────────────────────────────────────────────


@token.command("new")
def new_token(
    name: Annotated[str, typer.Argument(help="What the wearer sees: Claude, Qwen Code.", show_default=False)],
    scopes: Annotated[str, typer.Option(help="What it may: see, show, say, ask, listen.")] = "show,say",
    days: Annotated[float, typer.Option(min=0, help="Days that it holds; 0: until it is revoked.")] = 0.0,
    wearer: PersonOption = "",
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Make a token for an agent; it is shown once."""
    wanted = {
        "name": name,
        "scopes": [one.strip() for one in scopes.split(",") if one.strip()],
        "days": days,
        "wearer": _id(wearer, config),
    }
    found = run(_ask("POST", "", config, wanted, root="/v1/mcp/agents"))
    if json_:
        from lorgnette.cli.output import print_json

        print_json(found)
        return
    typer.echo(f"{found['name']} may {', '.join(found['scopes'])}. Its token, shown this once:")
    typer.echo(found["token"])


@token.command("list")
def list_tokens(wearer: PersonOption = "", json_: JsonOption = False, config: ConfigOption = None) -> None:
    """Show the agents that have a token."""
    from lorgnette.cli.output import print_json

    for one in run(_ask("GET", _query(wearer, config), config, root="/v1/mcp/agents")):
        if json_:
            print_json(one)
        else:
            allowed = f"; allowed: {', '.join(one['allowed'])}" if one["allowed"] else ""
            typer.echo(f"{one['id']}  {one['name']}: {', '.join(one['scopes'])}{allowed}")


@token.command("revoke")
def revoke_token(
    agent: Annotated[str, typer.Argument(help="Name or id.", show_default=False)],
    wearer: PersonOption = "",
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Take a token back."""
    found = run(_ask("DELETE", f"/{agent}{_query(wearer, config)}", config, root="/v1/mcp/agents"))
    if json_:
        from lorgnette.cli.output import print_json

        print_json(found)
    else:
        typer.echo(f"{found['name']} has no token any more.")


# ── choosing ───────────────────────────────────────────────────────────────────────────────────────────


def _choose(
    found: dict[str, Any],
    config: Any,
    effect: Sequence[str] | None,
    words: Sequence[str] | None,
    *,
    theirs: bool = False,
    yes: bool = False,
    quiet: bool = False,
) -> dict[str, Any]:
    """Approve what is named, else what a person says to; the server as it is then."""
    seen = run(_ask("GET", f"/{found['name']}", config))["digests"]
    chosen = _pairs(effect)
    if not chosen:
        open_ = [one for one in found["tools"] if one["state"] in ("new", "changed")]
        if yes:
            chosen = {one["name"]: one["effect"] for one in open_}
        elif not quiet and sys.stdin.isatty() and sys.stdout.isatty():
            chosen = {name: said for one in open_ for name, said in _asked(one)}
    for name, said in chosen.items():
        if said not in get_args(Effect):
            raise typer.BadParameter(f"{name}={said}: an effect is one of {', '.join(get_args(Effect))}")
    if not chosen:
        return found
    approved = {
        "tools": chosen,
        "words": {name: text for name, text in _pairs(words).items() if name in chosen},
        "digests": {name: digest for name, digest in seen.items() if name in chosen},
        "theirs": theirs,
    }
    done: dict[str, Any] = run(_ask("POST", f"/{found['name']}/approve", config, approved))
    return done


def _asked(one: dict[str, Any]) -> list[tuple[str, str]]:
    """A person at the terminal says what a tool may; Enter is no."""
    typer.echo(f"\n{one['name']}({', '.join(one['parameters'])})  [{one['state']}]")
    for line in one["difference"] or one["description"].splitlines():
        typer.echo(f"  │ {line}")
    if not typer.confirm("  Approve it? Those are the server's words.", default=False):
        return []
    said = typer.prompt(f"  Its effect ({', '.join(get_args(Effect))})", default=one["effect"])
    return [(one["name"], said)]


def _print(one: dict[str, Any], as_json: bool) -> None:
    from lorgnette.cli.output import console, print_json

    if as_json:
        print_json(one)
        return
    from rich.markup import escape

    out = console()
    why = f" – {escape(one['why'])}" if one["why"] else ""
    out.print(f"[bold]{one['name']}[/]  {escape(one['place'])}  [dim]{one['state']}{why}[/]", soft_wrap=True)
    for warning in one["warnings"]:
        out.print(f"  [yellow]![/] {escape(warning)}", soft_wrap=True)
    for tool in one["tools"]:
        mark = {"on": "[green]●[/]", "changed": "[red]![/]", "new": "[yellow]?[/]"}.get(tool["state"], "○")
        out.print(f"  {mark} {escape(tool['name'])}  {tool['effect']}  [dim]{tool['state']}[/]")


def _log_in(server: str, config: Any) -> None:
    url = run(_ask("POST", f"/{server}/login", config))["url"]
    typer.echo(
        f"Open this in a browser on the hub's machine:\n{url}" if url else "Nobody has to log in there."
    )


# ── the hub ────────────────────────────────────────────────────────────────────────────────────────────


def _pairs(said: Sequence[str] | None) -> dict[str, str]:
    found = {}
    for one in said or ():
        name, equals, value = one.partition("=")
        if not equals or not name:
            raise typer.BadParameter(f"{one!r}: write NAME=VALUE")
        found[name.strip()] = value
    return found


def _id(wearer: str, config: Any) -> str:
    if not wearer:
        return ""
    from lorgnette.cli.people import find

    return str(run(find(wearer, config))["id"])


def _query(wearer: str, config: Any) -> str:
    return f"?wearer={_id(wearer, config)}" if wearer else ""


async def _ask(method: str, path: str, config: Any, values: Any = None, root: str = "/v1/mcp/servers") -> Any:
    """The running hub, else the store alone, with servers opened for as long as this takes."""
    import msgspec

    from lorgnette.cli.settings import load

    loaded = load(config, [], quiet=True)
    content = None if values is None else msgspec.json.encode(values)
    running = RunningHub(loaded.socket)
    if running.present():
        return await running.ask(method, f"{root}{path}", content)
    from lorgnette.api.alone import ask_routes
    from lorgnette.api.mcp import McpApi
    from lorgnette.core.clock import SystemClock
    from lorgnette.services.mcp import Agents, McpSection, OutsideService
    from lorgnette.store import Store

    store = await Store.open(loaded.settings.store, SystemClock())
    service = OutsideService(store, loaded.settings.section(McpSection))
    try:
        await service.start()
        api = McpApi(service, Agents(store))
        return await ask_routes(store, api.routes, method, f"{root}{path}", content)
    finally:
        await service.close()
        await store.close()
