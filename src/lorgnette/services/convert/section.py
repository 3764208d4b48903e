"""The section `convert` of `lorgnette.toml`."""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta

from lorgnette.config import Section


class ConvertSection(Section, frozen=True, kw_only=True):
    """Exchange rates. Units and arithmetic need nobody else."""

    rates: Annotated[
        bool,
        Meta(
            description="Whether exchange rates may be fetched, at most every six hours; no amounts go out."
        ),
    ] = False
    rates_url: Annotated[
        str,
        Meta(
            pattern=r"^https?://[^\s]+$",
            extra={"words": "an address as https://api.frankfurter.dev/v1/latest"},
            description="Where they come from: the daily XML of the European Central Bank, or a Frankfurter.",
        ),
    ] = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml"

    def asked(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        """Who publishes the rates, once they may be fetched."""
        if self.rates:
            yield self.rates_url, ("inquiry",)
