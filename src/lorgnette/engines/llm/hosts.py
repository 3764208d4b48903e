"""Model servers on this machine, found by asking the ports where they usually are. Finding isn't using."""

import asyncio
from dataclasses import dataclass
from typing import Any, Final

import msgspec

SECONDS: Final = 0.5
LARGEST: Final = 1_000_000
MOST_MODELS: Final = 50
USUAL: Final = (("Ollama", 11434), ("llama.cpp", 8080), ("vLLM", 8000), ("LM Studio", 1234))


@dataclass(frozen=True, slots=True)
class ModelHost:
    """An OpenAI-compatible server at `url` with its models; `name`: what usually answers at that port."""

    name: str
    url: str
    models: tuple[str, ...]


class _Model(msgspec.Struct):
    id: str


class _Listing(msgspec.Struct):
    data: list[_Model] | None


async def find_hosts(
    places: tuple[tuple[str, int], ...] = USUAL, seconds: float = SECONDS
) -> list[ModelHost]:
    """Those that answer on loopback within `seconds`; none of another machine is ever asked."""
    found = await asyncio.gather(
        *(models_at(f"http://127.0.0.1:{port}/v1", seconds=seconds) for _, port in places)
    )
    return [
        ModelHost(name, f"http://127.0.0.1:{port}/v1", models)
        for (name, port), models in zip(places, found, strict=True)
        if isinstance(models, tuple)
    ]


async def models_at(
    url: str, key: str = "", *, seconds: float, proxies: bool = False
) -> tuple[str, ...] | str:
    """The models that the endpoint `url` lists, or in one sentence why not. The key is in no message."""
    import httpx

    headers = {"authorization": f"Bearer {key}"} if key else {}
    address = f"{url.rstrip('/').removesuffix('/chat/completions')}/models"
    try:
        async with (
            asyncio.timeout(seconds),
            httpx.AsyncClient(trust_env=proxies, timeout=seconds, follow_redirects=False) as client,
            client.stream("GET", address, headers=headers) as answer,
        ):
            if answer.status_code != httpx.codes.OK:
                return f"it answers {answer.status_code} {answer.reason_phrase}"
            body = b""
            async for chunk in answer.aiter_bytes():
                body += chunk
                if len(body) > LARGEST:
                    return "its list of models doesn't end"
    except TimeoutError:
        return f"no answer in {seconds:g} s"
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        text = f"{type(error).__name__}: {error}".removesuffix(": ")
        return text.replace(key, "***") if key else text
    return _listed(body)


def _listed(body: bytes) -> tuple[str, ...] | str:
    try:
        listing = msgspec.json.decode(body, type=_Listing)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return "it doesn't list models as OpenAI's servers do"
    names: list[Any] = [_printable(model.id) for model in listing.data or ()]
    return tuple(name for name in names if name)[:MOST_MODELS]


def _printable(name: str) -> str:
    return "".join(letter for letter in name if letter.isprintable())[:200]
