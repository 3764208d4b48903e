"""`lorgnette places`: the places that have a name."""

from typing import TYPE_CHECKING, Annotated

import typer

from lorgnette.cli.export import PersonOption
from lorgnette.cli.local import run
from lorgnette.cli.options import ConfigOption, JsonOption
from lorgnette.cli.owned import ask

if TYPE_CHECKING:
    from lorgnette.api.app import Domain
    from lorgnette.cli.settings import Loaded
    from lorgnette.store import Store

app = typer.Typer(help="Places with a name: list, add, rm.", no_args_is_help=True)


async def made(store: "Store", loaded: "Loaded") -> "Domain":
    """Its endpoints without a hub."""
    from lorgnette.api.places import PlacesApi
    from lorgnette.services.places import PlacesService

    del loaded
    return PlacesApi(PlacesService(store))


@app.command("list")
def list_(person: PersonOption = "", json_: JsonOption = False, config: ConfigOption = None) -> None:
    """Show the places."""
    from lorgnette.cli.output import console, print_json

    found = run(ask("GET", "/v1/places", made, config, person=person))
    if json_:
        for one in found:
            print_json(one)
        return
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, pad_edge=False, show_header=False)
    for one in found:
        where = f"{one['latitude']:.5f}, {one['longitude']:.5f}"
        table.add_row(escape(one["name"]), where, f"{one['radius']:.0f} m")
    console().print(table if found else "No place has a name yet.")


@app.command(context_settings={"ignore_unknown_options": True})
def add(
    name: Annotated[str, typer.Argument(help="home, work, or any other name.")],
    latitude: Annotated[float, typer.Argument(min=-90, max=90)],
    longitude: Annotated[float, typer.Argument(min=-180, max=180)],
    radius: Annotated[float, typer.Option("--radius", "-r", min=30, max=5000, help="Metres.")] = 100.0,
    person: PersonOption = "",
    config: ConfigOption = None,
) -> None:
    """Give a place a name; the place that had it moves there."""
    import msgspec

    body = {"name": name, "latitude": latitude, "longitude": longitude, "radius": radius}
    found = run(ask("POST", "/v1/places", made, config, person=person, body=msgspec.json.encode(body)))
    typer.echo(f"{found['name']}: within {found['radius']:.0f} m of there.")


@app.command()
def rm(
    name: Annotated[str, typer.Argument(help="Its name.")],
    person: PersonOption = "",
    config: ConfigOption = None,
) -> None:
    """Forget a place; reminders that wait for it wait for good."""
    from lorgnette.core.errors import NotFound

    found = run(ask("GET", "/v1/places", made, config, person=person))
    one = next((one for one in found if name.casefold() == one["name"].casefold()), None)
    if one is None:
        raise NotFound(f"no place is called {name!r}")
    run(ask("DELETE", f"/v1/places/{one['id']}", made, config, person=person))
    typer.echo(f"{one['name']} is forgotten.")
