"""The dashboard, the page on operations and the image speak of what exists."""

import json
import re
import shlex
from pathlib import Path

import pytest
import yaml

from lorgnette.api.exposition import Family
from lorgnette.api.process import process_families
from lorgnette.api.reading import Reading, hub_families
from lorgnette.engines.health import Health
from lorgnette.engines.standing import Standing
from lorgnette.session.meter import Meter

HOME = Path(__file__).resolve().parents[2]
SUFFIXES = {"gauge": ("",), "counter": ("_total",), "histogram": ("_bucket", "_sum", "_count")}
NAME = re.compile(r"\b(?:lorgnette|process)_[a-z_]+\b")
COUNTS = ("sessions", "sessions_refused", "connections", "links", "tasks", "lag", "lag_worst")


@pytest.fixture
def families() -> list[Family]:
    meter = Meter()
    meter.turn("done", [("mind", 0.0, 1.0)], typed=True)
    numbers = dict.fromkeys((*COUNTS, "writes_failed", "writes_dropped"), 0)
    now = Reading(ready=True, engines=[Standing("asr", Health("x", "ready"))], meter=meter, **numbers)
    return [*hub_families(now), *process_families()]


def names(families: list[Family]) -> set[str]:
    return {family.name + suffix for family in families for suffix in SUFFIXES[family.kind]}


def test_every_metric_has_a_sentence_and_a_name_of_its_own(families) -> None:
    assert len({family.name for family in families}) == len(families)
    for family in families:
        assert family.help.endswith("."), family.name
        assert family.samples, family.name
        assert not family.name.endswith("_total"), family.name


def test_the_dashboard_asks_for_nothing_that_is_not_exported(families) -> None:
    board = json.loads((HOME / "docs" / "grafana-dashboard.json").read_text(encoding="utf-8"))
    queries = [target["expr"] for panel in board["panels"] for target in panel.get("targets", [])]
    queries += [variable.get("definition", "") for variable in board["templating"]["list"]]
    assert len(queries) > 20
    asked = {name for query in queries for name in NAME.findall(query)}
    assert asked <= names(families)
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])
    for panel in board["panels"]:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24, panel["title"]


def test_the_page_on_operations_names_every_metric_and_no_other(families) -> None:
    page = (HOME / "docs" / "operations.md").read_text(encoding="utf-8")
    told = set(NAME.findall(page))
    own = {name for name in names(families) if name.startswith("lorgnette_")}
    bases = {family.name for family in families if family.kind == "histogram"}
    missing = {name for name in own if not any(name.startswith(base) for base in bases)} - told
    assert not missing
    assert not told - own - bases - names(families)


def test_its_examples_for_prometheus_are_yaml_and_every_alert_is_explained() -> None:
    page = (HOME / "docs" / "operations.md").read_text(encoding="utf-8")
    scrape, alerts = (
        yaml.safe_load(block) for block in re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    )
    assert scrape["scrape_configs"][0]["job_name"] == "lorgnette"
    (group,) = alerts["groups"]
    explained = re.findall(r"^\| ((?:[A-Z]\w+(?:, )?)+) \|", page, re.MULTILINE)
    told = {name for names in explained for name in names.split(", ")}
    assert {rule["alert"] for rule in group["rules"]} == told


def test_the_image_is_built_from_files_that_are_there_with_hashes_and_runs_as_nobody_special() -> None:
    lines = (HOME / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    words = [shlex.split(line) for line in lines if line and not line.startswith("#")]
    copied = [
        word for line in words if line[0] == "COPY" and "--from=build" not in line for word in line[1:-1]
    ]
    ignored = (HOME / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for name in copied:
        assert (HOME / name).exists(), name
        assert f"!{name}" in ignored
    installs = [line for line in lines if "pip install" in line]
    assert all("--require-hashes" in line or "--no-deps" in line for line in installs)
    assert ["USER", "lorgnette"] in words
    assert ["VOLUME", "/data"] in words
