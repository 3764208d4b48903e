"""Who is meant by a name: as it is written or sounds, a nickname, or what somebody is to the wearer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lorgnette.sdk.people import Candidate, Person
from lorgnette.services.notes.folding import fold

LIKE_ENOUGH: Final = 74.0
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_MY: Final = re.compile(r"^(my|our|meine[rnsm]?|mein|unsere?[rnsm]?|我的|我们的|我们|我) ?(?=\S)")
_OF: Final = re.compile(r"(['’]s|s['’])$")

RELATIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "mother": (
        "mother",
        "mom",
        "mum",
        "mama",
        "mommy",
        "mummy",
        "mutter",
        "mutti",
        "妈妈",
        "妈",
        "母亲",
        "老妈",
    ),
    "father": ("father", "dad", "daddy", "papa", "pa", "vater", "vati", "爸爸", "爸", "父亲", "老爸"),
    "sister": ("sister", "sis", "schwester", "姐姐", "妹妹", "姐", "妹"),
    "brother": ("brother", "bro", "bruder", "哥哥", "弟弟", "哥", "弟"),
    "wife": ("wife", "frau", "ehefrau", "gattin", "妻子", "老婆", "太太", "爱人"),
    "husband": ("husband", "mann", "ehemann", "gatte", "丈夫", "老公", "先生"),
    "spouse": ("spouse", "partner", "partnerin", "ehepartner", "配偶", "伴侣"),
    "son": ("son", "sohn", "儿子"),
    "daughter": ("daughter", "tochter", "女儿"),
    "child": ("child", "kid", "kind", "孩子"),
    "grandmother": ("grandmother", "grandma", "granny", "nana", "oma", "großmutter", "奶奶", "外婆", "姥姥"),
    "grandfather": ("grandfather", "grandpa", "opa", "großvater", "爷爷", "外公", "姥爷"),
    "aunt": ("aunt", "auntie", "tante", "阿姨", "姑姑", "姨妈"),
    "uncle": ("uncle", "onkel", "叔叔", "舅舅", "伯伯"),
    "cousin": ("cousin", "cousine", "vetter", "表哥", "表姐", "堂哥", "堂姐"),
    "boss": ("boss", "manager", "chef", "chefin", "vorgesetzter", "vorgesetzte", "老板", "上司", "领导"),
    "doctor": ("doctor", "doc", "gp", "arzt", "ärztin", "hausarzt", "hausärztin", "医生", "大夫"),
    "friend": ("friend", "freund", "freundin", "朋友"),
}
_NARROWER: Final[Mapping[str, tuple[str, ...]]] = {
    "spouse": ("wife", "husband", "partner"),
    "wife": ("spouse", "partner"),
    "husband": ("spouse", "partner"),
    "mother": ("parent",),
    "father": ("parent",),
    "sister": ("sibling",),
    "brother": ("sibling",),
    "son": ("child",),
    "daughter": ("child",),
    "child": ("son", "daughter"),
    "boss": ("manager",),
}
_SAID: Final = {fold(word): relation for relation, words in RELATIONS.items() for word in words}


@dataclass(frozen=True, slots=True)
class Known:
    """A contact as it is looked for: folded names, and how they sound where they are Chinese."""

    person: Person
    names: tuple[str, ...]
    words: frozenset[str]
    sounds: tuple[str, ...]


def known(person: Person) -> Known:
    """Made once a contact."""
    names = tuple(dict.fromkeys(fold(name) for name in (person.name, *person.nicknames) if fold(name)))
    words = frozenset(word for name in names for word in re.split(r"[\s\-,.]+", name) if word)
    sounds = tuple(dict.fromkeys(sound for name in names if (sound := sounding(name))))
    return Known(person, names, words, sounds)


def sounding(name: str) -> str:
    """Chinese in pinyin without tones; empty for anything else."""
    if not _HAN.search(name):
        return ""
    from pypinyin import lazy_pinyin

    return " ".join(lazy_pinyin(name))


def find(name: str, everybody: Sequence[Known], me: str, limit: int) -> list[Candidate]:
    """The likeliest first. `me`: the wearer's own name, whose card says who is what to them."""
    wanted = _OF.sub("", fold(name))
    stripped = _MY.sub("", wanted)
    found: dict[str, Candidate] = {}
    for candidate in (*_related(stripped, everybody, me), *_named(stripped, everybody)):
        old = found.get(candidate.person.id)
        if old is None or old.score < candidate.score:
            found[candidate.person.id] = candidate
    ranked = sorted(found.values(), key=lambda one: (-one.score, fold(one.person.name), one.person.id))
    return _once(ranked)[:limit]


def _named(wanted: str, everybody: Sequence[Known]) -> list[Candidate]:
    from rapidfuzz import fuzz

    if not wanted:
        return []
    words, sound = wanted.split(), sounding(wanted)
    found = []
    for one in everybody:
        score = _score(wanted, words, one)
        if score < 90 and sound:
            score = max(score, *(_heard(sound, other) for other in one.sounds), 0.0)
        if score < 90 and not sound and wanted.isascii():
            squeezed = wanted.replace(" ", "")
            score = max(score, 93.0 if squeezed in {other.replace(" ", "") for other in one.sounds} else 0.0)
        if score < 90 and not sound:
            likeness = max((fuzz.ratio(wanted, name) for name in (*one.names, *one.words)), default=0.0)
            score = max(score, 0.9 * likeness)
        if score >= LIKE_ENOUGH:
            found.append(Candidate(one.person, round(score, 1)))
    return found


def _score(wanted: str, words: Sequence[str], one: Known) -> float:
    if wanted in one.names:
        return 100.0
    if one.words.issuperset(words):
        return 95.0
    if all(any(word.startswith(part) for word in one.words) for part in words) and len(wanted) > 2:
        return 86.0
    squeezed = wanted.replace(" ", "")
    if any(_HAN.search(name) and len(squeezed) > 1 and squeezed in name for name in one.names):
        return 92.0
    return 0.0


def _heard(sound: str, other: str) -> float:
    from rapidfuzz import fuzz

    if sound == other:
        return 96.0
    inside = len(sound.split()) > 1 and f" {sound} " in f" {other} "
    return 88.0 if inside else 0.88 * fuzz.ratio(sound, other)


def _related(wanted: str, everybody: Sequence[Known], me: str) -> list[Candidate]:
    """By the wearer's own card, else by who is saved under such a word."""
    relation = _SAID.get(wanted)
    if relation is None:
        return []
    wider = (relation, *_NARROWER.get(relation, ()))
    own = fold(me)
    found = []
    for one in everybody:
        if own and own in one.names:
            for other in one.person.related:
                if other.kind in wider:
                    score = 99.0 if other.kind == relation else 91.0
                    found += [Candidate(who.person, score) for who in _of(other.value, everybody)]
    if found:
        return found
    same = {fold(word) for word in RELATIONS[relation]}
    return [Candidate(one.person, 94.0) for one in everybody if same & set(one.names)]


def _of(value: str, everybody: Sequence[Known]) -> list[Known]:
    """Whom another card names, by its name or its UID."""
    wanted, uid = fold(value), value.removeprefix("urn:uuid:")
    return [one for one in everybody if wanted in one.names or uid == one.person.id]


def _once(ranked: list[Candidate]) -> list[Candidate]:
    """The same person from two address books is one."""
    seen: set[tuple[str, frozenset[str]]] = set()
    kept = []
    for one in ranked:
        ways = frozenset(reach.value for reach in (*one.person.phones, *one.person.mails))
        key = (fold(one.person.name), ways)
        if key not in seen:
            seen.add(key)
            kept.append(one)
    return kept
