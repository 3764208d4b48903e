import grimp
import pytest
from importlinter.domain.contract import ContractCheck
from rooms import Libraries, Rooms


def graph_of(*imports: tuple[str, str]) -> grimp.ImportGraph:
    graph = grimp.ImportGraph()
    for number, (importer, imported) in enumerate(imports, 1):
        graph.add_import(importer=importer, imported=imported, line_number=number, line_contents="import")
    return graph


def check(kind: type[Rooms] | type[Libraries], table: list[str], graph: grimp.ImportGraph) -> list[str]:
    result: ContractCheck = kind("a table", {}, {"table": table}).check(graph, verbose=False)
    assert result.kept is (not result.metadata["violations"])
    return [str(violation) for violation in result.metadata["violations"]]


def test_an_import_of_a_room_that_the_table_names_is_kept():
    graph = graph_of(
        ("lorgnette.session.floor", "lorgnette.core.audio"), ("lorgnette.session.floor", "asyncio")
    )
    assert check(Rooms, ["session: core", "core: -"], graph) == []


def test_an_import_of_another_room_is_told_with_its_line_and_the_rule():
    graph = graph_of(
        ("lorgnette.core.ids", "lorgnette.core.audio"), ("lorgnette.gateways.native", "lorgnette.mind")
    )
    assert check(Rooms, ["gateways: session, core", "mind: core", "core: -"], graph) == [
        "lorgnette.gateways.native (line 2) imports lorgnette.mind: gateways may know session, core."
    ]


def test_a_room_that_is_not_in_the_table_is_refused():
    graph = graph_of(("lorgnette.attic.box", "os"))
    [line] = check(Rooms, ["core: -"], graph)
    assert "is not in the table" in line


def test_a_room_with_a_star_may_know_every_other():
    assert check(Rooms, ["cli: *", "mind: -"], graph_of(("lorgnette.cli.up", "lorgnette.mind.loop"))) == []


@pytest.mark.parametrize(("imported", "kept"), [("json", True), ("msgspec", True), ("numpy", False)])
def test_a_light_room_uses_only_the_packages_in_the_table(imported, kept):
    found = check(Libraries, ["core: msgspec"], graph_of(("lorgnette.core.audio", imported)))
    assert (not found) is kept
