"""`lorgnette config`: show, set and check `lorgnette.toml`."""

from typing import Annotated

import typer

from lorgnette.cli.options import ConfigOption, JsonOption, SetOption

app = typer.Typer(help="The configuration: show, set, check, docs.", no_args_is_help=True)


@app.command()
def show(config: ConfigOption = None, set_: SetOption = None, json_: JsonOption = False) -> None:
    """Show every setting, its value and where it comes from; secrets are masked."""
    import msgspec
    from rich.table import Table

    from lorgnette.cli.output import console, print_json
    from lorgnette.cli.settings import files_of
    from lorgnette.config import Config

    found = Config.load(files_of(config), overrides=set_ or ()).show()
    if json_:
        for one in found:
            print_json(msgspec.to_builtins(one))
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in ("setting", "value", "from"):
        table.add_column(title, overflow="fold")
    for one in found:
        origin = "[dim]default[/]" if one.origin == "default" else one.origin
        table.add_row(f"{one.section}.{one.key}", one.value, origin)
    console().print(table)


@app.command("set")
def set_(
    name: Annotated[str, typer.Argument(metavar="SECTION.KEY")],
    value: Annotated[str, typer.Argument()],
    config: ConfigOption = None,
) -> None:
    """Write one setting into lorgnette.toml; comments and everything else stay as they are."""
    from lorgnette.cli.settings import files_of
    from lorgnette.config import Paths, set_value

    files = files_of(config)
    path = files[0] if files else Paths.of().file
    set_value(path, name, value)
    typer.echo(f"{name} is set in {path}. A running hub takes it at its next start.")


@app.command()
def check(config: ConfigOption = None, json_: JsonOption = False) -> None:
    """Check the configuration; exit code 1 when something is wrong."""
    import msgspec

    from lorgnette.cli.output import console, print_json
    from lorgnette.cli.settings import files_of
    from lorgnette.config import Config

    problems = Config.check(files_of(config))
    for problem in problems:
        if json_:
            print_json(msgspec.to_builtins(problem))
        else:
            mark = "[red]✗[/]" if problem.level == "error" else "[yellow]![/]"
            console().print(mark, end=" ")
            console().print(str(problem), markup=False)
    if any(problem.level == "error" for problem in problems):
        raise typer.Exit(1)
    if not json_ and not problems:
        typer.echo("The configuration is fine.")


@app.command()
def docs() -> None:
    """Print the manual of every setting as Markdown."""
    from lorgnette.config import docs as manual

    typer.echo(manual())
