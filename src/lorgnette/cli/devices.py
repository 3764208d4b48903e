"""`lorgnette devices`: who may connect."""

from typing import Annotated, Any

import typer

from lorgnette.cli.local import RunningHub, run
from lorgnette.cli.options import ConfigOption, JsonOption

app = typer.Typer(help="Paired devices: list, rename, revoke.", no_args_is_help=True)

Device = Annotated[str, typer.Argument(help="The device's id or name.")]


@app.command("list")
def list_(json_: JsonOption = False, config: ConfigOption = None) -> None:
    """Show the paired devices and which are on."""
    from lorgnette.cli.output import console, print_json

    found = run(_devices(config))
    if json_:
        for one in found:
            print_json(one)
        return
    from datetime import UTC, datetime

    from rich.table import Table

    if not found:
        console().print("No device is paired yet. Pair one: [bold]lorgnette pair[/]")
        return
    table = Table(box=None, pad_edge=False)
    for title in ("device", "name", "form", "last seen", ""):
        table.add_column(title, style="dim" if title == "device" else "")
    for one in found:
        seen = datetime.fromtimestamp(one["last_seen"], UTC).astimezone().strftime("%Y-%m-%d %H:%M")
        mark = "[green]● on[/]" if one.get("online") else ""
        mark += " shared" if one.get("shared") else ""
        table.add_row(one["id"], one["name"], one.get("form", ""), seen, mark)
    console().print(table)


@app.command()
def revoke(device: Device, config: ConfigOption = None) -> None:
    """Take a device's token back; it is cut off at once."""
    name = run(_revoke(device, config))
    typer.echo(f"{name} can't connect any more.")


@app.command()
def rename(device: Device, name: Annotated[str, typer.Argument()], config: ConfigOption = None) -> None:
    """Give a device another name."""
    run(_rename(device, name, config))


@app.command()
def wear(
    device: Device,
    person: Annotated[str, typer.Argument(help="Who takes it; nobody gives it back.")] = "",
    config: ConfigOption = None,
) -> None:
    """Hand a shared device to somebody who allows that, or back to nobody."""
    typer.echo(run(_wear(device, person, config)))


async def _devices(config: Any) -> list[dict[str, Any]]:
    from lorgnette.cli.settings import load

    loaded = load(config, [], quiet=True)
    running = RunningHub(loaded.socket)
    if running.present():
        found: list[dict[str, Any]] = await running.ask("GET", "/v1/devices")
        return found
    import msgspec

    from lorgnette.cli.opened import opened

    async with opened(loaded) as (people, devices, _):
        owner = await people.owner()
        return [msgspec.to_builtins(one) for one in await devices.devices(owner.id)]


async def _named(device: str, config: Any) -> dict[str, Any]:
    from lorgnette.core.errors import NotFound

    found = await _devices(config)
    for one in found:
        if device in (one["id"], one["name"]):
            return one
    raise NotFound(f"no device {device!r}; there are: {', '.join(one['name'] for one in found) or 'none'}")


async def _revoke(device: str, config: Any) -> str:
    from lorgnette.cli.opened import opened
    from lorgnette.cli.settings import load

    one = await _named(device, config)
    loaded = load(config, [], quiet=True)
    running = RunningHub(loaded.socket)
    if running.present():
        await running.ask("DELETE", f"/v1/devices/{one['id']}")
    else:
        async with opened(loaded) as (people, devices, _):
            await devices.revoke((await people.owner()).id, one["id"])
    return str(one["name"])


async def _wear(device: str, person: str, config: Any) -> str:
    import msgspec

    from lorgnette.cli.people import find
    from lorgnette.cli.settings import load
    from lorgnette.core.errors import NotFound

    running = RunningHub(load(config, [], quiet=True).socket)
    if not running.present():
        raise NotFound("no hub runs here; start it with: lorgnette up")
    one = await _named(device, config)
    path = f"/v1/shared/{one['id']}/wear"
    if not person:
        await running.ask("DELETE", path)
        return f"{one['name']} is nobody's."
    found = await find(person, config)
    await running.ask("POST", path, msgspec.json.encode({"wearer": found["id"]}))
    return f"{one['name']} is {found['name']}'s for now."


async def _rename(device: str, name: str, config: Any) -> None:
    import msgspec

    from lorgnette.cli.opened import opened
    from lorgnette.cli.settings import load

    one = await _named(device, config)
    loaded = load(config, [], quiet=True)
    running = RunningHub(loaded.socket)
    if running.present():
        await running.ask("PATCH", f"/v1/devices/{one['id']}", msgspec.json.encode({"name": name}))
    else:
        async with opened(loaded) as (people, devices, _):
            await devices.rename((await people.owner()).id, one["id"], name)
