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


def errand(id: str, kind: str, what: str, ahead: float, **more: Any) -> dict[str, Any]:
    fixed = {"language": "en", "rule": "", "status": "active", "runs": 0, "last": ""}
    return {"id": id, "kind": kind, "what": what, "due": time.time() + ahead} | fixed | more


def message(id: str, channel: str, past: float, **more: Any) -> dict[str, Any]:
    words = {"sender": "", "title": "", "text": "", "kind": "notification", "priority": "normal"}
    return {"id": id, "channel": channel, "at": time.time() - past, "read": False} | words | more


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
    errands: list[dict[str, Any]] = field(
        default_factory=lambda: [
            errand("e1", "watch", "the rain stops", 300, runs=3, last="It’s still raining until five."),
            errand("e2", "routine", "read me the headlines", 60_000, rule="FREQ=DAILY"),
            errand("e3", "task", "tell me the weather", 200_000),
        ]
    )
    places: list[dict[str, Any]] = field(
        default_factory=lambda: [
            {"id": "p1", "name": "home", "radius": 100.0, "inside": True},
            {"id": "p2", "name": "Harbour", "radius": 250.0, "inside": None},
        ]
    )
    messages: list[dict[str, Any]] = field(
        default_factory=lambda: [
            message("r1", "Signal", 240, sender="Anna Berg", text="Concert <b>on Saturday</b>?"),
            message("r2", "Laundry", 3600, text="The washing is done."),
            message("r3", "mail", 90_000, sender="Mika", title="Boat", text="See https://x.org", read=True),
        ]
    )
    turns: list[dict[str, Any]] = field(default_factory=list)
    requests: list[tuple[str, str, Any]] = field(default_factory=list)
    chimes: int = 0

    def answer(self, method: str, target: str, body: bytes) -> tuple[int, bytes]:
        path, _, query = target.partition("?")
        asked = json.loads(body) if body else {}
        self.requests.append((method, path, asked))
        kind, _, name = path.removeprefix("/v1/").partition("/")
        work = getattr(self, f"{method.lower()}_{kind}", None)
        if work is None:
            return 404, b'{"error": "not here"}'
        try:
            return 200, json.dumps(work(name, asked, query)).encode()
        except PermissionError as error:
            return 403, json.dumps({"error": str(error)}).encode()

    def get_me(self, _name: str, _asked: Any, _query: str) -> Any:
        return self.me

    def patch_me(self, _name: str, asked: Any, _query: str) -> Any:
        if asked.get("name") == "Robin":
            raise PermissionError("there is somebody named Robin already")
        self.me |= asked
        return self.me

    def get_devices(self, _name: str, _asked: Any, _query: str) -> Any:
        return self.devices

    def patch_devices(self, name: str, asked: Any, _query: str) -> Any:
        found = next(one for one in self.devices if one["id"] == name)
        found |= asked
        return found

    def delete_devices(self, name: str, _asked: Any, _query: str) -> Any:
        self.devices = [one for one in self.devices if one["id"] != name]
        return {}

    def get_consents(self, _name: str, _asked: Any, _query: str) -> Any:
        return []

    def get_errands(self, _name: str, _asked: Any, _query: str) -> Any:
        return self.errands

    def delete_errands(self, name: str, _asked: Any, _query: str) -> Any:
        (self.ended,) = [one for one in self.errands if one["id"] == name]
        self.errands = [one for one in self.errands if one["id"] != name]
        return self.ended

    def post_errands(self, _name: str, _asked: Any, _query: str) -> Any:
        self.errands.append(self.ended)
        return self.ended

    def get_places(self, _name: str, _asked: Any, _query: str) -> Any:
        return self.places

    def delete_places(self, name: str, _asked: Any, _query: str) -> Any:
        (self.removed,) = [one for one in self.places if one["id"] == name]
        self.places = [one for one in self.places if one["id"] != name]
        return self.removed

    def post_places(self, _name: str, _asked: Any, _query: str) -> Any:
        self.places.append(self.removed)
        return self.removed

    def get_messages(self, _name: str, _asked: Any, _query: str) -> Any:
        return self.messages

    def post_messages(self, _name: str, _asked: Any, _query: str) -> Any:
        for one in self.messages:
            one["read"] = True
        return {}

    def patch_messages(self, name: str, asked: Any, _query: str) -> Any:
        found = next(one for one in self.messages if one["id"] == name)
        found |= asked
        return found

    def delete_messages(self, name: str, _asked: Any, _query: str) -> Any:
        self.messages = [one for one in self.messages if one["id"] != name]
        return {}

    def get_mcp(self, _name: str, _asked: Any, _query: str) -> Any:
        return []

    def get_people(self, _name: str, _asked: Any, _query: str) -> Any:
        return self.people

    def post_people(self, _name: str, asked: Any, _query: str) -> Any:
        self.people.append(person(asked["name"], asked["role"], devices=0))
        return self.people[-1]

    def delete_people(self, name: str, _asked: Any, _query: str) -> Any:
        self.people = [one for one in self.people if one["id"] != name]
        return {}

    def post_pairing(self, _name: str, _asked: Any, _query: str) -> Any:
        url, trust = "https://192.0.2.7:8765/#first=87654321", "http://192.0.2.7:8764/trust"
        return {"code": "87654321", "seconds": 300, "url": url, "trust": trust, "qr": ROWS}

    def post_chime(self, _name: str, _asked: Any, _query: str) -> Any:
        self.chimes += 1
        return {"sounded": True}

    def get_examples(self, _name: str, _asked: Any, query: str) -> Any:
        texts = EXAMPLES.get(query.partition("=")[2], EXAMPLES["en"])
        named = zip(("timers", "clock", "lists"), texts, strict=True)
        return [{"skill": skill, "does": "", "example": text} for skill, text in named]

    def get_offers(self, _name: str, _asked: Any, _query: str) -> Any:
        return []

    def get_turns(self, _name: str, _asked: Any, _query: str) -> Any:
        return self.turns
