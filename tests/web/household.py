"""What the fake hub answers by HTTP: itself, its people and their devices, as far as the page asks."""

import json
import time
from dataclasses import dataclass, field
from typing import Any

ROWS = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]
EXAMPLES = {
    "en": ("Set a timer for five minutes.", "What time is it?", "Put milk on the shopping list."),
    "de": ("Stell einen Timer auf fünf Minuten.", "Wie spät ist es?", "Setz Milch auf die Einkaufsliste."),
    "zh": ("设一个五分钟的计时器。", "现在几点了？", "把牛奶加到购物清单。"),
}


def person(name: str, role: str, **more: Any) -> dict[str, Any]:
    return {
        "id": f"w-{name.lower()}",
        "name": name,
        "role": role,
        "language": "en",
        "zone": "Europe/Helsinki",
        "shareable": False,
        "online": False,
        "devices": 1,
    } | more


@dataclass
class FakeHousehold:
    """`requests`: what was asked, in order, as (method, path, body)."""

    me: dict[str, Any] = field(
        default_factory=lambda: (
            person("Alex", "owner")
            | {
                "id": "w1",
                "volume": 0.7,
                "rate": 1.0,
                "pause": 1.0,
                "text_size": 1.0,
                "output": "both",
                "formal": False,
                "quiet": None,
                "pin": False,
                "shared": False,
                "device": "d1",
                "version": "1.2.3",
            }
        )
    )
    devices: list[dict[str, Any]] = field(
        default_factory=lambda: [
            {
                "id": "d1",
                "name": "Browser glasses",
                "online": True,
                "last_seen": time.time(),
                "revoked": False,
            },
            {
                "id": "d2",
                "name": "Old phone",
                "online": False,
                "last_seen": time.time() - 90_000,
                "revoked": False,
            },
        ]
    )
    people: list[dict[str, Any]] = field(
        default_factory=lambda: [
            person("Alex", "owner", id="w1", online=True, devices=2),
            person("Robin", "guest"),
        ]
    )
    turns: list[dict[str, Any]] = field(default_factory=list)
    requests: list[tuple[str, str, Any]] = field(default_factory=list)
    chimes: int = 0

    def answer(self, method: str, target: str, body: bytes) -> tuple[int, bytes]:
        path, _, query = target.partition("?")
        asked = json.loads(body) if body else None
        self.requests.append((method, path, asked))
        status, value = self._answer(method, path, query, asked)
        return status, json.dumps(value).encode()

    def _answer(self, method: str, path: str, query: str, asked: Any) -> tuple[int, Any]:
        name = path.rpartition("/")[2]
        match method, path.split("/")[2], asked:
            case "GET", "me", _:
                return 200, self.me
            case "PATCH", "me", dict():
                if asked.get("name") == "Robin":
                    return 403, {"error": "there is somebody named Robin already"}
                self.me |= asked
                return 200, self.me
            case "GET", "devices", _:
                return 200, self.devices
            case "PATCH", "devices", dict():
                found = next(one for one in self.devices if one["id"] == name)
                found |= asked
                return 200, found
            case "DELETE", "devices", _:
                self.devices = [one for one in self.devices if one["id"] != name]
                return 200, {}
            case "GET", "people", _:
                return 200, self.people
            case "POST", "people", dict():
                self.people.append(person(asked["name"], asked["role"], devices=0))
                return 200, self.people[-1]
            case "PATCH", "people", dict():
                found = next(one for one in self.people if one["id"] == name)
                found |= asked
                return 200, found
            case "DELETE", "people", _:
                self.people = [one for one in self.people if one["id"] != name]
                return 200, {}
            case "POST", "pairing", _:
                url = "https://192.0.2.7:8765/#first=87654321"
                trust = "http://192.0.2.7:8764/trust"
                return 200, {"code": "87654321", "seconds": 300, "url": url, "trust": trust, "qr": ROWS}
            case "POST", "chime", _:
                self.chimes += 1
                return 200, {"sounded": True}
            case "GET", "examples", _:
                texts = EXAMPLES.get(query.partition("=")[2], EXAMPLES["en"])
                skills = ("timers", "clock", "lists")
                return 200, [
                    {"skill": s, "does": "", "example": t} for s, t in zip(skills, texts, strict=True)
                ]
            case "GET", "turns", _:
                return 200, self.turns
        return 404, {"error": "not here"}
