"""Notes and lists as an export hands them out: Markdown to read, and sounds as files."""

from collections.abc import Iterator, Sequence
from typing import Any

from lorgnette.store import Leaf


def notes_written(rows: Sequence[dict[str, Any]]) -> Iterator[Leaf]:
    """`notes.md` with a heading a note, and the sound of each that has one. Deleted ones are in the JSON."""
    kept = [row for row in rows if not row["deleted"]]
    if kept:
        yield Leaf("notes/notes.md", (_note(row).encode() for row in kept))
    for row in rows:
        if row["audio"]:
            yield Leaf(_sound("notes", row["number"]), blob=row["audio"], sound=True)


def lists_written(rows: Sequence[dict[str, Any]]) -> Iterator[Leaf]:
    """`lists.md`: a heading a list, a box an item."""
    lists: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if not row["deleted"]:
            lists.setdefault(row["key"], []).append(row)
    if lists:
        yield Leaf("lists/lists.md", (_list(items).encode() for items in lists.values()))
    for row in rows:
        if row["audio"]:
            yield Leaf(_sound("lists", row["id"]), blob=row["audio"], sound=True)


def _sound(folder: str, name: object) -> str:
    return f"{folder}/sound/{name}.wav"


def _note(row: dict[str, Any]) -> str:
    sound = f"\n[♪]({_sound('.', row['number'])[2:]})\n" if row["audio"] else ""
    return f"## {row['number']} · {row['created'].replace('T', ' ')[:16]}\n\n{row['text']}\n{sound}\n"


def _list(items: list[dict[str, Any]]) -> str:
    lines = [f"- [{'x' if item['done'] else ' '}] {_item(item)}\n" for item in items]
    return f"## {items[0]['list']}\n\n{''.join(lines)}\n"


def _item(item: dict[str, Any]) -> str:
    text = " ".join(item["text"].split())
    return text or f"[♪]({_sound('.', item['id'])[2:]})"
