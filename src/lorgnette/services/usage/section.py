"""The section of `lorgnette.toml` for what the language model costs."""

from collections.abc import Mapping
from typing import Annotated

from msgspec import Meta

from lorgnette.config import Section
from lorgnette.engines.protocols import Usage

MILLIONTHS = 1_000_000


class UsageSection(Section, frozen=True, kw_only=True):
    """What the language model is used: counted for each person, kept, and limited."""

    prices: Annotated[
        Mapping[str, tuple[Annotated[float, Meta(ge=0)], Annotated[float, Meta(ge=0)]]],
        Meta(
            description="Prices of a million tokens, read and written, by model's name, as "
            '{"qwen-plus" = [0.4, 1.2]}; a model that isn\'t here costs nothing, or what its server says.'
        ),
    ] = {}
    currency: Annotated[str, Meta(max_length=12, description="What prices and limit are in.")] = "USD"
    limit: Annotated[
        float,
        Meta(
            ge=0, description="Money that one person may use in a month (UTC); 0: no limit. Commands go on."
        ),
    ] = 0.0
    days: Annotated[float, Meta(ge=32, description="Days that it is kept.")] = 400.0

    def cost(self, usage: Usage, model: str) -> int:
        """Millionths of the currency: by the price that is set, else what the server itself has said."""
        price = self.prices.get(model) or self.prices.get(usage.model)
        if price is None:
            return usage.cost
        return round(usage.input * price[0] + usage.output * price[1])  # a million tokens, a million parts
