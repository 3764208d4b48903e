"""Scenes on displays of a few lines of equal cells."""

from functools import partial

from lorgnette.core.scenes import Scene
from lorgnette.render.characters import cells, showable
from lorgnette.render.content import Content, Item, content
from lorgnette.render.wrapping import ELLIPSIS, cut, wrap

MOST_PAGES = 12

_ARROWS = "↑↗→↘↓↙←↖"
_FULL, _EMPTY = "█", "░"


def text_pages(scene: Scene, lines: int, columns: int, language: str, now: float = 0.0) -> list[list[str]]:
    """`scene` in pages of at most `lines` lines of at most `columns` cells; at least one page.

    A title is repeated on every page of a list. Words that are still being spoken show their end.
    """
    lines, columns = max(lines, 1), max(columns, 1)
    shown = content(scene, now, language)
    measure = partial(cells, language=language)
    head = _head(shown, columns, language, {"ask": "? ", "alert": "! "}.get(scene.tone, ""))
    body = [row for item in shown.items for row in _item(item, shown, columns, language)]
    if shown.code:
        body += wrap(showable(shown.code), columns, measure)
    foot = wrap(" ".join(f"[{action}]" for action in shown.actions), columns, measure, 2)
    if shown.tail:
        return [body[-lines:] or [""]]
    if shown.listed and 0 < len(head) < lines and len(head) + len(body) > lines:
        room = lines - len(head)
        pages = [head + body[start : start + room] for start in range(0, len(body), room)]
    else:
        rows = _fitted(head, body, foot, lines)
        pages = [rows[start : start + lines] for start in range(0, len(rows), lines)] or [[""]]
    if len(pages) > MOST_PAGES:
        pages = pages[:MOST_PAGES]
        pages[-1][-1] = cut(pages[-1][-1] + ELLIPSIS + " ", columns, measure) or pages[-1][-1]
    return pages


def _fitted(head: list[str], body: list[str], foot: list[str], lines: int) -> list[str]:
    """An answer's choices stay on the page of the question where they can."""
    over = len(head) + len(body) + len(foot) - lines
    if foot and over > 0 and len(head) + len(foot) < lines:
        room = lines - len(head) - len(foot)
        return [*head, *body[:room], *foot, *body[room:]]
    return [*head, *body, *foot]


def _head(shown: Content, columns: int, language: str, mark: str) -> list[str]:
    measure = partial(cells, language=language)
    arrow = f"{_ARROWS[round(shown.turn / 45) % 8]} " if shown.turn is not None else ""
    paused = "‖ " if shown.paused else ""
    value, title = f"{arrow}{paused}{shown.value}".strip(), shown.title
    rows: list[str] = []
    if title and value:
        gap = columns - measure(mark + title) - measure(value)
        rows = [mark + title + " " * gap + value] if gap >= 2 else [cut(mark + title, columns, measure)]
        rows += wrap(value, columns, measure, 2) if gap < 2 else []
    elif title or value:
        rows = wrap(mark + (title or value), columns, measure, 2)
    if shown.share is not None:
        width = columns // max(measure(_FULL), 1)
        full = round(shown.share * width)
        rows.append(_FULL * full + _EMPTY * (width - full))
    return rows


def _item(item: Item, shown: Content, columns: int, language: str) -> list[str]:
    measure = partial(cells, language=language)
    mark = ("x " if item.struck else "> " if item.chosen else "- ") if shown.listed else ""
    if not mark:
        return wrap(item.text, columns, measure)
    return [cut(mark + item.text, columns, measure)]
