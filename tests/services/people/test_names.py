"""Who is meant by a name: written, misheard, in pinyin, by a relation, and when it must be asked."""

import time

import pytest

from lorgnette.sdk.people import Person, Reach, meant
from lorgnette.services.people.names import Known, find, known


def person(name: str, *nicknames: str, **more) -> Person:
    return Person(id=name, name=name, nicknames=nicknames, **more)


EVERYBODY: list[Known] = [
    known(one)
    for one in (
        person("Anna Berg", "Annie"),
        person("Anna Schmidt"),
        person("Jürgen Müller"),
        person("张伟"),
        person("王小明"),
        person("Eva Berg"),
        person("Mama"),
        person("Gerda Lovelace"),
        person("Ada Lovelace", related=(Reach("Eva Berg", "sister"), Reach("Gerda Lovelace", "mother"))),
    )
]


def names(said: str, me: str = "Ada Lovelace") -> list[str]:
    return [one.person.name for one in find(said, EVERYBODY, me, 5)]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Anna Berg", "Anna Berg"),
        ("anna berg's", "Anna Berg"),
        ("annie", "Anna Berg"),
        ("Schmidt", "Anna Schmidt"),
        ("jurgen", "Jürgen Müller"),
        ("Juergen Mueller", "Jürgen Müller"),
        ("Jürgn Müller", "Jürgen Müller"),
        ("章伟", "张伟"),
        ("zhang wei", "张伟"),
        ("小明", "王小明"),
        ("my sister", "Eva Berg"),
        ("meine Schwester", "Eva Berg"),
        ("我姐姐", "Eva Berg"),
        ("my mum", "Gerda Lovelace"),
        ("Mama", "Mama"),
    ],
)
def test_the_one_who_is_meant_is_found(said: str, name: str) -> None:
    one = meant(find(said, EVERYBODY, "Ada Lovelace", 5))
    assert one is not None
    assert one.name == name


def test_where_two_may_be_meant_it_must_be_asked() -> None:
    assert names("Anna") == ["Anna Berg", "Anna Schmidt"]
    assert meant(find("Anna", EVERYBODY, "", 5)) is None


def test_nobody_is_nobody() -> None:
    assert names("a unicorn") == []
    assert names("") == []
    assert meant([]) is None


def test_without_a_card_of_ones_own_mother_is_who_is_saved_so() -> None:
    assert names("my mother", me="Somebody") == ["Mama"]
    assert names("my sister", me="Somebody") == []


def test_the_same_person_of_two_address_books_is_one() -> None:
    twice = [
        known(person("Ben", phones=(Reach("1"),))),
        known(Person(id="2", name="Ben", phones=(Reach("1"),))),
    ]
    assert len(find("Ben", twice, "", 5)) == 1


def test_ten_thousand_contacts_are_looked_through_at_once() -> None:
    many = [known(person(f"Person {n} Number{n}")) for n in range(10_000)]
    begun = time.process_time()
    assert find("Numbr77", [*many, *EVERYBODY], "", 5)
    assert time.process_time() - begun < 1
