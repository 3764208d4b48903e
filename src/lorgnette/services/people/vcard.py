"""vCards 2.1, 3.0 and 4.0 read within bounds. What comes may be anybody's."""

import hashlib
import quopri
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec

from lorgnette.core.lines import one_line
from lorgnette.sdk.people import Person, Reach

LONGEST: Final = 64 * 1024
"""Characters of a card without its pictures; what is longer isn't read."""

MOST: Final = 20_000
VALUE: Final = 200
EACH: Final = 10
_LINE: Final = re.compile(
    r"(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)((?:;[^:\"]*(?:\"[^\"]*\"[^:\"]*)*)?):(.*)", re.DOTALL
)
_LABEL: Final = re.compile(r"_\$!<(.*)>!\$_")
_BIG: Final = ("PHOTO", "LOGO", "SOUND", "KEY")


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """As it is kept: what is understood of it, and its text without pictures."""

    uid: str
    person: Person
    text: str


def cards(text: str) -> Iterator[Card]:
    """Every card that has a name."""
    inside: list[str] = []
    size = count = 0
    for line in unfolded(text):
        word = line.strip().upper()
        if word == "BEGIN:VCARD":
            inside, size = [], 0
        elif word == "END:VCARD":
            if inside and size <= LONGEST and (card := _card(inside)) is not None:
                yield card
                count += 1
                if count >= MOST:
                    return
            inside = []
        elif not word.lstrip("ITEM0123456789.").startswith(_BIG):
            size += len(line)
            if size <= LONGEST:
                inside.append(line)


def unfolded(text: str) -> Iterator[str]:
    """Logical lines: one that begins with a blank goes on the last; so does quoted-printable after `=`."""
    held = ""
    for line in text.splitlines():
        soft = held.endswith("=") and "QUOTED-PRINTABLE" in held[:200].upper()
        if soft:
            held = held[:-1] + line
        elif line[:1] in {" ", "\t"} and held:
            held = held + line[1:] if len(held) < LONGEST else held
        else:
            if held:
                yield held
            held = line
    if held:
        yield held


def _card(lines: Sequence[str]) -> Card | None:
    values: dict[str, list[tuple[str, str]]] = {}
    labels: dict[str, str] = {}
    for line in lines:
        match = _LINE.fullmatch(line)
        if match is None:
            continue
        group = line.partition(".")[0] if "." in line.partition(":")[0].partition(";")[0] else ""
        name, parameters, value = match[1].upper(), match[2].upper(), match[3]
        if "QUOTED-PRINTABLE" in parameters:
            value = _decoded(value, parameters)
        if name == "X-ABLABEL" and group:
            found = _LABEL.fullmatch(value.strip())
            labels[group] = (found[1] if found else value).strip().lower()
        elif len(values.setdefault(name, [])) < EACH:
            values[name].append((f"{parameters};GROUP={group}" if group else parameters, value))
    name = _name(values)
    if not name:
        return None
    uid = _first(values, "UID") or hashlib.sha256("\n".join(lines).encode()).hexdigest()[:40]
    person = Person(
        id="",
        name=name,
        nicknames=tuple(_parts(_first(values, "NICKNAME"), ",")),
        organisation=_one(_split(_first(values, "ORG"), ";")[0]),
        phones=_reaches(values, "TEL", labels),
        mails=_reaches(values, "EMAIL", labels),
        addresses=tuple(
            Reach(_address(value), _kind(parameters, labels))
            for parameters, value in values.get("ADR", ())
            if _address(value)
        ),
        birthday=birthday(_first(values, "BDAY")),
        related=tuple(
            Reach(_one(value), _kind(parameters, labels))
            for key in ("RELATED", "X-ABRELATEDNAMES")
            for parameters, value in values.get(key, ())
            if _one(value)
        ),
    )
    text = "BEGIN:VCARD\r\n" + "".join(f"{line}\r\n" for line in lines) + "END:VCARD\r\n"
    return Card(uid=uid.strip()[:255], person=person, text=text)


def _name(values: dict[str, list[tuple[str, str]]]) -> str:
    if name := _one(_first(values, "FN")):
        return name
    family, given, *_ = [*(_one(part) for part in _split(_first(values, "N"), ";")), "", ""]
    return _one(f"{given} {family}") or _one(_split(_first(values, "ORG"), ";")[0])


def _reaches(values: dict[str, list[tuple[str, str]]], key: str, labels: dict[str, str]) -> tuple[Reach, ...]:
    found: dict[str, Reach] = {}
    preferred = sorted(values.get(key, ()), key=lambda one: "PREF" not in one[0])
    for parameters, value in preferred:
        plain = _one(re.sub(r"^(tel|mailto):", "", value.strip(), flags=re.IGNORECASE))
        if plain:
            found.setdefault(plain, Reach(plain, _kind(parameters, labels)))
    return tuple(found.values())


def _kind(parameters: str, labels: dict[str, str]) -> str:
    group = re.search(r"GROUP=([^;]+)", parameters)
    if group and group[1] in labels:
        return labels[group[1]][:40]
    words = {word.strip('"') for part in parameters.split(";") for word in re.split(r"[=,]", part)}
    for kind, names in (("mobile", {"CELL", "MOBILE"}), ("work", {"WORK"}), ("home", {"HOME"})):
        if words & names:
            return kind
    return next((word.lower() for word in sorted(words) if word.lower() in RELATIONS), "")


RELATIONS: Final = frozenset(
    (
        *("spouse", "partner", "wife", "husband", "child", "son", "daughter", "parent", "mother", "father"),
        *("sibling", "brother", "sister", "friend", "boss", "manager", "assistant", "doctor", "aunt"),
        *("grandmother", "grandfather", "uncle", "cousin"),
    )
)


def birthday(value: str) -> str:
    """ISO 8601; empty where it is none. The year 1604 stands for an unknown one with some."""
    match = re.match(r"(?:(\d{4})|--)-?(\d\d)-?(\d\d)", value.strip())
    if match is None or not (1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31):
        return ""
    year = match[1] if match[1] and match[1] not in {"1604", "0000"} else "-"
    return f"{year}-{match[2]}-{match[3]}"


def _first(values: dict[str, list[tuple[str, str]]], name: str) -> str:
    found = values.get(name)
    return found[0][1] if found else ""


def _split(value: str, by: str) -> list[str]:
    return re.split(rf"(?<!\\){re.escape(by)}", value)


def _parts(value: str, by: str) -> list[str]:
    return [part for one in _split(value, by)[:EACH] if (part := _one(one))]


def _address(value: str) -> str:
    parts = [_one(part) for part in _split(value, ";")]
    _, extended, street, city, region, code, country, *_ = [*parts, "", "", "", "", "", "", ""]
    town = " ".join(part for part in (code, city) if part)
    return ", ".join(part for part in (street, extended, town, region, country) if part)[:VALUE]


def _one(value: str) -> str:
    r"""`\,` and its like as they are meant, on one line without invisible letters."""
    plain = re.sub(r"\\([nN,;:\\])", lambda match: " " if match[1] in "nN" else match[1], value)
    return one_line(plain)[:VALUE]


def _decoded(value: str, parameters: str) -> str:
    charset = re.search(r"CHARSET=\"?([\w-]+)", parameters)
    raw: Any = quopri.decodestring(value.encode("ascii", "ignore"))
    try:
        return str(raw.decode(charset[1] if charset else "utf-8", "replace"))
    except LookupError:
        return str(raw.decode("utf-8", "replace"))
