"""How the walk goes over each route. A route that isn't here fails the test: say what it answers.

To add one, put `(method, path)` → `Plan(…)` into `PLANS` (or `LOCAL`, for the commands' private socket):

- a route without `{…}` needs nothing: `Plan()`; it is asked by B, and nothing of A's may be in the answer;
- `of`: for each `{…}` of the path, whose kind of thing fills it ("turn", "device", "shot", … of
  `Side.things`; more kinds come into `household.live`). B asks with A's: the answer must be one of `foreign`
  (404), as if it weren't there. And B asks with their own, which must work, unless `own=False`;
- `owner=True`: 403 for everybody else, whatever they name. An owner keeps the people and devices of the
  household, so their ids (never words) may be in it;
- `body`: what is sent; `tries`: more requests that name A's things elsewhere, as (query, body, statuses).
  `{kind}` in them stands for A's thing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

type Try = tuple[str, Any, frozenset[int]]

OK = frozenset({200})
REFUSED = frozenset({403})
ABSENT = frozenset({404})
BAD = frozenset({400})
NO_TOKEN = frozenset({401})


@dataclass(frozen=True)
class Plan:
    """See above."""

    of: tuple[str, ...] = ()
    body: Any = None
    foreign: frozenset[int] = ABSENT
    answers: frozenset[int] = OK
    own: bool = True
    owner: bool = False
    tries: tuple[Try, ...] = ()


PLANS: Mapping[tuple[str, str], Plan] = {
    ("GET", "/healthz"): Plan(),
    ("GET", "/readyz"): Plan(answers=frozenset({200, 503})),
    ("GET", "/metrics"): Plan(owner=True),
    ("POST", "/v1/pair"): Plan(body={"code": "00000000"}, answers=REFUSED),
    # people
    ("GET", "/v1/me"): Plan(),
    ("PATCH", "/v1/me"): Plan(body={"text_size": 1.25}),
    ("GET", "/v1/people"): Plan(owner=True),
    ("POST", "/v1/people"): Plan(body={"name": "Cleo"}, owner=True),
    ("GET", "/v1/people/{id}"): Plan(of=("wearer",), owner=True),
    ("PATCH", "/v1/people/{id}"): Plan(of=("wearer",), body={}, owner=True),
    ("DELETE", "/v1/people/{id}"): Plan(of=("wearer",), own=False, owner=True),
    ("GET", "/v1/people/{id}/devices"): Plan(of=("wearer",), owner=True),
    ("DELETE", "/v1/people/{id}/devices/{device}"): Plan(of=("wearer", "device"), own=False, owner=True),
    ("GET", "/v1/shared"): Plan(),
    ("POST", "/v1/shared/{id}/wear"): Plan(
        of=("device",),
        own=False,
        tries=(("", {"wearer": "{wearer}"}, REFUSED),),
    ),
    ("DELETE", "/v1/shared/{id}/wear"): Plan(of=("device",), own=False),
    # devices
    ("GET", "/v1/devices"): Plan(),
    ("DELETE", "/v1/devices/{id}"): Plan(of=("device",), own=False),
    ("PATCH", "/v1/devices/{id}"): Plan(of=("device",), body={"name": "mine"}),
    ("POST", "/v1/pairing"): Plan(
        tries=(("", {"wearer": "{wearer}"}, REFUSED), ("", {"shared": True}, REFUSED))
    ),
    ("POST", "/v1/chime"): Plan(),
    ("GET", "/v1/errands"): Plan(tries=(("?wearer={wearer}", None, REFUSED),)),
    ("DELETE", "/v1/errands/{id}"): Plan(of=("errand",)),
    ("POST", "/v1/errands/{id}/restore"): Plan(of=("errand",)),
    ("POST", "/v1/notify"): Plan(
        body={"app": "Bank", "text": "Paid", "priority": "low"},
        tries=(("?wearer={wearer}", {"app": "Bank", "text": "Paid"}, REFUSED),),
    ),
    ("GET", "/v1/messages"): Plan(tries=(("?wearer={wearer}", None, REFUSED),)),
    ("POST", "/v1/messages/read"): Plan(tries=(("?wearer={wearer}", None, REFUSED),)),
    ("PATCH", "/v1/messages/{id}"): Plan(of=("received",), body={"read": False}),
    ("DELETE", "/v1/messages/{id}"): Plan(of=("received",)),
    ("GET", "/v1/examples"): Plan(),
    ("GET", "/v1/skills"): Plan(owner=True),
    ("POST", "/v1/skills"): Plan(answers=REFUSED),
    # conversations
    ("GET", "/v1/turns"): Plan(tries=(("?wearer={wearer}", None, OK),)),
    ("GET", "/v1/turns/{id}"): Plan(of=("turn",)),
    ("GET", "/v1/status"): Plan(owner=True),
    # models
    ("GET", "/v1/offers"): Plan(),
    ("POST", "/v1/offers/{id}"): Plan(of=("turn",), body={"accept": False}, own=False, owner=True),
    # pictures
    ("GET", "/v1/gallery"): Plan(tries=(("?before={shot}", None, frozenset({200, 404})),)),
    ("GET", "/v1/gallery/wishes"): Plan(),
    ("PATCH", "/v1/gallery/wishes"): Plan(body={"places": False}),
    ("GET", "/v1/gallery/{id}"): Plan(of=("shot",)),
    ("DELETE", "/v1/gallery/{id}"): Plan(of=("shot",)),
    ("POST", "/v1/gallery/{id}/restore"): Plan(of=("shot",)),
    ("POST", "/v1/gallery/{id}/link"): Plan(of=("shot",), body={}),
    ("GET", "/v1/gallery/{id}/thumb"): Plan(of=("shot",)),
    ("GET", "/v1/gallery/{id}/original"): Plan(of=("shot",)),
    # memory
    ("GET", "/v1/memory"): Plan(tries=(("?search={fact}", None, OK), ("?before=1~{fact}", None, OK))),
    ("POST", "/v1/memory"): Plan(body={"text": "the shed is green"}),
    ("GET", "/v1/memory/all"): Plan(),
    ("GET", "/v1/memory/wishes"): Plan(),
    ("PATCH", "/v1/memory/wishes"): Plan(body={"facts": True}),
    ("GET", "/v1/memory/summaries"): Plan(),
    ("DELETE", "/v1/memory/summaries/{id}"): Plan(of=("summary",)),
    ("GET", "/v1/memory/{id}"): Plan(of=("fact",)),
    ("PATCH", "/v1/memory/{id}"): Plan(of=("fact",), body={"text": "it is red"}),
    ("DELETE", "/v1/memory/{id}"): Plan(of=("fact",)),
    ("POST", "/v1/memory/{id}/restore"): Plan(of=("fact",)),
    # privacy
    ("GET", "/v1/privacy"): Plan(tries=(("?wearer={wearer}", None, REFUSED),)),
    ("PUT", "/v1/privacy/keeping"): Plan(
        body={"what": "conversations", "days": None},
        tries=(("?wearer={wearer}", {"what": "conversations", "days": 0}, REFUSED),),
    ),
    ("POST", "/v1/privacy/preview"): Plan(
        body={"what": ["all"]}, tries=(("?wearer={wearer}", {"what": ["all"]}, REFUSED),)
    ),
    ("POST", "/v1/privacy/forget"): Plan(
        body={"what": ["messages"]}, tries=(("?wearer={wearer}", {"what": ["all"]}, REFUSED),)
    ),
    ("POST", "/v1/privacy/export"): Plan(tries=(("?wearer={wearer}", None, REFUSED),)),
    ("GET", "/v1/usage"): Plan(tries=(("?wearer={wearer}", None, REFUSED),)),
    ("GET", "/v1/consents"): Plan(tries=(("?wearer={wearer}", None, REFUSED),)),
    ("GET", "/v1/consents/rules"): Plan(tries=(("?wearer={wearer}", None, REFUSED),)),
    ("DELETE", "/v1/consents/rules/{id}"): Plan(of=("rule",)),
    # outside tools and agents; each has a server of their own, where nobody answers
    ("GET", "/v1/mcp/servers"): Plan(tries=(("?wearer={wearer}", None, REFUSED),)),
    ("POST", "/v1/mcp/servers"): Plan(
        body={"name": "nobody", "place": {"url": "http://127.0.0.1:1/mcp"}}, answers=BAD, owner=True
    ),
    ("GET", "/v1/mcp/servers/{id}"): Plan(of=("server",)),
    ("PATCH", "/v1/mcp/servers/{id}"): Plan(of=("server",), body={"on": True}),
    ("DELETE", "/v1/mcp/servers/{id}"): Plan(of=("server",), own=False),
    ("POST", "/v1/mcp/servers/{id}/approve"): Plan(
        of=("server",), body={"tools": {"add": "read"}}, answers=BAD
    ),
    ("POST", "/v1/mcp/servers/{id}/test"): Plan(of=("server",), answers=BAD),
    ("POST", "/v1/mcp/servers/{id}/login"): Plan(of=("server",), answers=BAD),
    ("PATCH", "/v1/mcp/servers/{id}/tools/{tool}"): Plan(of=("server", "tool"), body={"on": True}),
    ("GET", "/v1/mcp/agents"): Plan(tries=(("?wearer={wearer}", None, REFUSED),)),
    ("POST", "/v1/mcp/agents"): Plan(
        body={"name": "Claude", "scopes": ["say"]},
        tries=(("", {"name": "Claude", "scopes": ["say"], "wearer": "{wearer}"}, REFUSED),),
    ),
    ("PATCH", "/v1/mcp/agents/{id}"): Plan(of=("agent",), body={"allowed": []}),
    ("DELETE", "/v1/mcp/agents/{id}"): Plan(of=("agent",), own=False),
    ("GET", "/v1/mcp/uses"): Plan(tries=(("?wearer={wearer}", None, REFUSED),)),
    ("GET", "/mcp"): Plan(answers=NO_TOKEN),  # a device's token is no agent's
    ("POST", "/mcp"): Plan(answers=NO_TOKEN),
    ("DELETE", "/mcp"): Plan(answers=NO_TOKEN),
    ("GET", "/v1/egress"): Plan(tries=(("?wearer={wearer}", None, REFUSED),)),
    ("POST", "/v1/egress"): Plan(body=[], answers=REFUSED),
    # places, calendar, contacts
    ("GET", "/v1/places"): Plan(tries=(("?wearer={wearer}", None, REFUSED),)),
    ("POST", "/v1/places"): Plan(body={"name": "work", "latitude": 1, "longitude": 2}),
    ("DELETE", "/v1/places/{id}"): Plan(of=("place",)),
    ("POST", "/v1/places/{id}/restore"): Plan(of=("place",)),
    ("GET", "/v1/calendar"): Plan(tries=(("?wearer={wearer}", None, REFUSED),)),
    ("GET", "/v1/calendar/accounts"): Plan(tries=(("?wearer={wearer}", None, REFUSED),)),
    ("POST", "/v1/calendar/sync"): Plan(tries=(("?wearer={wearer}", None, REFUSED),)),
    ("GET", "/v1/contacts"): Plan(tries=(("?wearer={wearer}", None, REFUSED),)),
    ("POST", "/v1/contacts"): Plan(answers=frozenset({400}), tries=(("?wearer={wearer}", None, REFUSED),)),
    ("GET", "/v1/contacts/vcard"): Plan(tries=(("?wearer={wearer}", None, REFUSED),)),
    ("GET", "/v1/contacts/accounts"): Plan(tries=(("?wearer={wearer}", None, REFUSED),)),
    ("POST", "/v1/contacts/sync"): Plan(tries=(("?wearer={wearer}", None, REFUSED),)),
    ("DELETE", "/v1/contacts/{id}"): Plan(of=("contact",)),
    ("GET", "/sw.js"): Plan(),
}

LOCAL: Mapping[tuple[str, str], str] = {
    ("POST", "/v1/model"): "the configuration alone",
    ("POST", "/v1/run"): "a turn of the owner's, who sits at the machine",
    ("POST", "/v1/snapshot"): "a copy of the file that whoever sits at the machine can read anyway",
    ("POST", "/v1/simulate"): "wearers who are made up",
    ("DELETE", "/v1/simulate"): "the same ones",
}
"""Only behind the private socket, where whoever is can read the files anyway."""
