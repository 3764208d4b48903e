"""Model servers on this machine, found by asking the ports where they usually are. Finding isn't using."""

import asyncio
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from lorgnette.config import presets

SECONDS: Final = 1.0
LARGEST: Final = 1_000_000
MOST_MODELS: Final = 50
NOT_FOR_TALKING: Final = ("embed", "bge-", "rerank", "whisper", "-asr", "-tts", "guard", "ocr")


def usual() -> tuple[tuple[str, int], ...]:
    """Names and ports of the presets that are of this machine."""
    return tuple((one.title, one.port) for one in presets().values() if one.local)


@dataclass(frozen=True, slots=True)
class ModelHost:
    """An OpenAI-compatible server at `url` with its models; `name`: what usually answers at that port."""

    name: str
    url: str
    models: tuple[str, ...]


def chat_models(models: tuple[str, ...]) -> tuple[str, ...]:
    """Those that may be for talking, by their names; Qwen's first, for which the hub is made."""
    talking = [name for name in models if not any(word in name.lower() for word in NOT_FOR_TALKING)]
    return tuple(sorted(talking, key=lambda name: ("coder" in name.lower(), "qwen" not in name.lower())))


class _Model(msgspec.Struct):
    id: str


class _Listing(msgspec.Struct):
    data: list[_Model] | None


async def find_hosts(
    places: tuple[tuple[str, int], ...] | None = None, seconds: float = SECONDS
) -> list[ModelHost]:
    """Those that answer on loopback within `seconds`; none of another machine is ever asked."""
    places = usual() if places is None else places
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
            httpx.AsyncClient(  # without TLS nobody waits for certificates to be read
                trust_env=proxies,
                timeout=seconds,
                follow_redirects=False,
                verify=address.startswith("https:"),
            ) as client,
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
