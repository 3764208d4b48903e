"""`lorgnette contacts`: people by vCards in and out, and who is found by a name."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lorgnette.cli.export import PersonOption
from lorgnette.cli.local import run
from lorgnette.cli.options import ConfigOption, JsonOption
from lorgnette.cli.owned import ask

if TYPE_CHECKING:
    from lorgnette.api.app import Domain
    from lorgnette.cli.settings import Loaded
    from lorgnette.store import Store

app = typer.Typer(help="Contacts: list, find, import, export, remove, accounts.", no_args_is_help=True)


async def made(store: "Store", loaded: "Loaded") -> "Domain":
    """Its endpoints without a hub."""
    from lorgnette.api.contacts import ContactsApi
    from lorgnette.services.people import ContactsSection, PeopleService

    service = PeopleService(store, loaded.settings.section(ContactsSection))
    await service.start()
    return ContactsApi(service)


@app.command("list")
def list_(person: PersonOption = "", json_: JsonOption = False, config: ConfigOption = None) -> None:
    """Show everybody (200 at most), by name."""
    _show(run(ask("GET", "/v1/contacts", made, config, person=person)), json_)


@app.command()
def find(
    name: Annotated[str, typer.Argument(help="A name, or what somebody is to you: my sister.")],
    person: PersonOption = "",
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Show who may be meant by a name, the likeliest first."""
    _show(run(ask("GET", "/v1/contacts", made, config, person=person, find=name)), json_)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A .vcf file.", exists=True, dir_okay=False, readable=True)],
    person: PersonOption = "",
    json_: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Put in the contacts of a file; those that are there already are renewed."""
    found = run(ask("POST", "/v1/contacts", made, config, person=person, body=file.read_bytes()))
    if json_:
        from lorgnette.cli.output import print_json

        print_json(found)
    else:
        typer.echo(f"{found['new']} new, {found['renewed']} renewed.")


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="Where to, as contacts.vcf.", dir_okay=False)],
    person: PersonOption = "",
    config: ConfigOption = None,
) -> None:
    """Write all contacts into one .vcf file."""
    from lorgnette.core.errors import LorgnetteError

    text = run(ask("GET", "/v1/contacts/vcard", made, config, person=person))["text"]
    try:
        with file.open("x", encoding="utf-8", newline="") as out:
            out.write(text)
    except FileExistsError:
        raise LorgnetteError(f"{file} exists already") from None
    typer.echo(f"{text.count('BEGIN:VCARD')} contacts are in {file}.")


@app.command()
def remove(
    id: Annotated[str, typer.Argument(help="As `contacts list --json` shows it.")],
    person: PersonOption = "",
    config: ConfigOption = None,
) -> None:
    """Delete a contact that was put in here, for good."""
    run(ask("DELETE", f"/v1/contacts/{id}", made, config, person=person))
    typer.echo("Deleted.")


@app.command()
def accounts(person: PersonOption = "", json_: JsonOption = False, config: ConfigOption = None) -> None:
    """Show the accounts, and when each was last read."""
    from lorgnette.cli.calendar import show

    show(run(ask("GET", "/v1/contacts/accounts", made, config, person=person)), json_, "contacts")


def _show(found: list[dict[str, Any]], as_json: bool) -> None:
    from rich.markup import escape
    from rich.table import Table

    from lorgnette.cli.output import console, print_json

    if as_json:
        for one in found:
            print_json(one)
        return
    table = Table(box=None, pad_edge=False, show_header=False)
    for style in ("", "", "", "dim"):
        table.add_column(style=style)
    for one in found:
        phone = one["phones"][0]["value"] if one["phones"] else ""
        mail = one["mails"][0]["value"] if one["mails"] else ""
        table.add_row(escape(one["name"]), escape(phone), escape(mail), escape(one["birthday"]))
    console().print(table if found else "Nobody.")
