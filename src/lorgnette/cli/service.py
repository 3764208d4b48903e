"""`lorgnette service`: the hub as a service of systemd that starts with the machine and comes back."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lorgnette.cli.options import ConfigOption, JsonOption

if TYPE_CHECKING:
    from lorgnette.cli.systemd import Systemd

app = typer.Typer(help="The hub as a systemd service: install, uninstall, status.", no_args_is_help=True)

SystemOption = Annotated[
    bool, typer.Option("--system", help="For the whole machine, as root; else for you alone.")
]


@app.command()
def install(
    system: SystemOption = False,
    print_: Annotated[bool, typer.Option("--print", help="Print the unit and change nothing.")] = False,
    config: ConfigOption = None,
) -> None:
    """Write the unit, start the hub now and at every start of the machine."""
    from lorgnette.cli.systemd import Systemd, program, require_public
    from lorgnette.cli.unit import unit

    command = [*program(), "up", *(["--config", str(config.absolute())] if config is not None else [])]
    text = unit(command, system=system)
    if print_:
        typer.echo(text, nl=False)
        return
    systemd = Systemd(system=system)
    systemd.require()
    if system:
        require_public(Path(command[0]))
        require_public(Path(sys.executable))
    systemd.install(text)
    typer.echo(f"Lorgnette runs as a service; its unit is {systemd.path}.")
    _hints(systemd)


@app.command()
def uninstall(system: SystemOption = False) -> None:
    """Stop the hub and take the unit away; configuration and data stay."""
    from lorgnette.cli.systemd import Systemd

    systemd = Systemd(system=system)
    systemd.require()
    systemd.uninstall()
    typer.echo("The service is gone. What the hub knows stays where it is.")


@app.command()
def status(system: SystemOption = False, json_: JsonOption = False) -> None:
    """Say whether the service is there and the hub answers; exit code 1 when it is not ready."""
    from lorgnette.cli.output import print_json
    from lorgnette.cli.systemd import Systemd

    systemd = Systemd(system=system)
    found = systemd.status() | _answer(systemd.socket)
    if json_:
        print_json(found)
    else:
        unit = f"installed, {found['active']}, {found['enabled']}" if found["installed"] else "not installed"
        typer.echo(f"service  {unit}")
        typer.echo(f"hub      {_in_words(found)}")
    if not found["ready"]:
        raise typer.Exit(1)


def _answer(socket: Path) -> dict[str, object]:
    """What the hub says on its private socket."""
    from lorgnette.cli.local import RunningHub, run

    running = RunningHub(socket)
    if not running.present():
        return {"answers": False, "ready": False, "reasons": []}
    return {"answers": True} | run(running.readiness())


def _in_words(found: dict[str, object]) -> str:
    if found["ready"]:
        return "ready"
    reasons = found["reasons"]
    if isinstance(reasons, list) and reasons:
        return "not ready: " + ", ".join(f"{one['part']} {one['why']}" for one in reasons)
    return "not ready" if found["answers"] else "doesn't answer"


def _hints(systemd: "Systemd") -> None:
    if systemd.system:
        typer.echo("Commands reach it so: sudo env XDG_RUNTIME_DIR=/run lorgnette pair")
        typer.echo("Its log: journalctl -u lorgnette")
        return
    typer.echo("Pair a device: lorgnette pair    Its log: journalctl --user -u lorgnette")
    if not systemd.lingers():
        typer.echo("It stops when you log out. To let it run on: loginctl enable-linger")
