"""`lorgnette`: one program; each command's code is loaded when it is typed."""

import logging
import sys
from typing import Annotated

import typer

from lorgnette import __version__
from lorgnette.cli.backup import backup
from lorgnette.cli.bench import bench
from lorgnette.cli.calendar import app as calendar
from lorgnette.cli.config import app as config
from lorgnette.cli.consent import app as consent
from lorgnette.cli.contacts import app as contacts
from lorgnette.cli.devices import app as devices
from lorgnette.cli.doctor import doctor
from lorgnette.cli.egress import egress
from lorgnette.cli.errands import app as errands
from lorgnette.cli.export import export
from lorgnette.cli.forget import forget
from lorgnette.cli.gallery import app as gallery
from lorgnette.cli.hear import hear
from lorgnette.cli.llm import app as llm
from lorgnette.cli.mcp import app as mcp
from lorgnette.cli.memory import app as memory
from lorgnette.cli.models import app as models
from lorgnette.cli.nlu import nlu
from lorgnette.cli.notify import notify
from lorgnette.cli.pair import pair
from lorgnette.cli.people import app as people
from lorgnette.cli.places import app as places
from lorgnette.cli.restore import restore
from lorgnette.cli.say import say
from lorgnette.cli.service import app as service
from lorgnette.cli.simulate import simulate
from lorgnette.cli.skill import app as skill
from lorgnette.cli.turns import turns
from lorgnette.cli.up import up
from lorgnette.core.errors import LorgnetteError

log = logging.getLogger(__name__)

app = typer.Typer(
    name="lorgnette",
    help="An open, self-hosted platform for AI glasses.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)
app.command("up")(up)
app.command("say")(say)
app.command("hear")(hear)
app.command("nlu")(nlu)
app.command("simulate")(simulate)
app.command("turns")(turns)
app.add_typer(devices, name="devices")
app.add_typer(people, name="people")
app.command("pair")(pair)
app.add_typer(config, name="config")
app.add_typer(llm, name="llm")
app.add_typer(gallery, name="gallery")
app.add_typer(calendar, name="calendar")
app.add_typer(contacts, name="contacts")
app.add_typer(places, name="places")
app.add_typer(memory, name="memory")
app.add_typer(mcp, name="mcp")
app.add_typer(skill, name="skill")
app.add_typer(models, name="models")
app.add_typer(service, name="service")
app.command("bench")(bench)
app.command("doctor")(doctor)
app.command("egress")(egress)
app.command("notify")(notify)
app.add_typer(consent, name="consent")
app.add_typer(errands, name="errands")
app.command("export")(export)
app.command("forget")(forget)
app.command("backup")(backup)
app.command("restore")(restore)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"lorgnette {__version__}")
        raise typer.Exit


@app.callback()
def lorgnette(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """An open, self-hosted platform for AI glasses."""
    del version


def main() -> None:
    """Run the command; an error is one sentence, and 1 is the exit code (2 for wrong usage)."""
    try:
        app()
    except LorgnetteError as error:
        from lorgnette.cli.logs import for_programs

        if for_programs():
            log.critical("%s", error.detail)
            sys.exit(1)
        from rich.console import Console
        from rich.markup import escape

        Console(stderr=True, highlight=False).print(f"[bold red]✗[/] {escape(error.detail)}", markup=True)
        sys.exit(1)
