"""The language model: whether the configured one answers, and which others this machine has."""

import shlex
from collections.abc import AsyncGenerator
from typing import Final

from lorgnette.config import ModelSection, preset_of
from lorgnette.core.errors import ConfigError
from lorgnette.doctor.finding import Finding
from lorgnette.doctor.patient import Patient
from lorgnette.engines.egress import reach
from lorgnette.engines.llm.hosts import find_hosts, models_at

AREA: Final = "model"
SECONDS: Final = 3.0


async def check_model(
    patient: Patient, places: tuple[tuple[str, int], ...] | None = None
) -> AsyncGenerator[Finding]:
    """Asks the configured endpoint for its list of models, and the usual ports of this machine."""
    model = patient.model
    if model.url:
        yield await _configured(model)
    hosts = await find_hosts(places)
    if not model.there:
        fix = "lorgnette llm list" if not hosts else "see below"
        means = "the hub does what its skills' sentences say and answers nothing else"
        yield Finding(AREA, "endpoint", "missing", "none is configured", means, fix)
    for host in hosts:
        if host.url.rstrip("/") == model.url.rstrip("/"):
            continue
        found = f"{', '.join(host.models[:5]) or 'no model'} at {host.url}"
        if len(host.models) > 5:
            found += f" and {len(host.models) - 5} more"
        fix = f"lorgnette llm use {preset_of(host.url) or host.url}"
        if host.models:
            fix += f" {shlex.quote(host.models[0])}"
        yield Finding(AREA, host.name, "ok", found, "not used unless you say so", fix)


async def _configured(model: ModelSection) -> Finding:
    from urllib.parse import urlsplit

    try:
        key = model.key.reveal() if model.key else ""
    except ConfigError as error:
        return Finding(AREA, "endpoint", "missing", error.detail, "every thought fails", needed=True)
    host = urlsplit(model.url).hostname or ""
    found = await models_at(model.url, key, seconds=SECONDS, proxies=reach(host) != "machine")
    if isinstance(found, str):
        means = "what no skill's sentence covers isn't answered"
        fix = "lorgnette config show"
        return Finding(AREA, "endpoint", "missing", f"{host}: {found}", means, fix, needed=True)
    if model.name and found and model.name not in found:
        fix = f"lorgnette config set model.name {shlex.quote(found[0])}"
        listed = f"{host} answers; it lists {', '.join(found[:5])}, not {model.name}"
        return Finding(AREA, "endpoint", "warning", listed, "some servers take names they don't list", fix)
    return Finding(AREA, "endpoint", "ok", f"{host} answers; {model.name or 'its first model'}")
