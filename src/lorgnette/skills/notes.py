"""Notes, in words or as the sound of them."""

from datetime import timedelta
from typing import Any

from lorgnette.sdk import (
    Card,
    Choice,
    Context,
    FreeText,
    ListScene,
    Note,
    Notes,
    Phrase,
    Reply,
    Skill,
    SkillError,
    tool,
)

LONGEST = 200
"""Characters of a note that are shown."""


class NoteTaking(Skill):
    """Takes notes and reads them back."""

    name = "notes"

    @tool(effect="act", undo="_delete_again")
    async def take_note(self, ctx: Context, text: FreeText = "") -> Reply:
        """Write a note down. text: its words, as they were said."""
        audio = ctx.audio if not text else None
        if not text and not audio:
            return Reply("note-what", ask="text")
        note = await ctx.service(Notes).add(text, audio)
        key = "note-taken" if note.text else "note-recorded"
        return Reply(key, text=note.text, **_of(note), scene=_scene(note, ctx), undo={"id": note.id})

    @tool(effect="read")
    async def read_notes(self, ctx: Context) -> Reply:
        """Read the latest notes."""
        notes = await ctx.service(Notes).recent(10)
        if not notes:
            raise SkillError("no notes", phrase="note-none")
        return _several("notes-one" if len(notes) == 1 else "notes-several", notes, ctx)

    @tool(effect="read")
    async def read_note(self, ctx: Context, number: int) -> Reply:
        """Read one note. number: its number."""
        note = await ctx.service(Notes).get(number)
        return Reply("note-read", note=_part(note), scene=_scene(note, ctx))

    @tool(effect="read")
    async def search_notes(self, ctx: Context, words: FreeText) -> Reply:
        """Find notes. words: what they hold."""
        notes = await ctx.service(Notes).search(words, 10)
        if not notes:
            raise SkillError(f"no note with {words!r}", phrase="note-none-with", words=words)
        return _several("notes-one" if len(notes) == 1 else "notes-found", notes, ctx)

    @tool(effect="act", undo="_restore")
    async def delete_note(self, ctx: Context, number: int | None = None) -> Reply:
        """Delete a note, the last one where no number is given. number: its number."""
        service = ctx.service(Notes)
        recent = await service.recent(1)
        if number is None and not recent:
            raise SkillError("no notes", phrase="note-none")
        note = recent[0] if number is None else await service.get(number)
        await service.delete(note.id)
        return Reply("note-deleted", note=_part(note), undo={"id": note.id})

    async def _delete_again(self, ctx: Context, id: str) -> Reply:
        note = await ctx.service(Notes).delete(id)
        return Reply("note-deleted", note=_part(note))

    async def _restore(self, ctx: Context, id: str) -> Reply:
        note = await ctx.service(Notes).restore(id)
        return Reply("note-restored", note=_part(note))


def _several(key: str, notes: list[Note], ctx: Context) -> Reply:
    """At most three aloud, newest first; more are shown."""
    scene = ListScene(items=tuple(_shown(note, ctx) for note in notes), ttl=12.0)
    choices = [
        Choice({"number": note.number}, "read_note", ctx.text("note-named", number=note.number))
        for note in notes
    ]
    parts = [_part(note) for note in notes[:3]]
    return Reply(key, count=len(notes), notes=parts, scene=scene, choices=choices)


def _scene(note: Note, ctx: Context) -> Card:
    return Card(lines=(_shown(note, ctx),), ttl=8.0)


def _shown(note: Note, ctx: Context) -> str:
    return note.text[:LONGEST] or ctx.text("note-sound", **_of(note))


def _part(note: Note) -> Phrase:
    return Phrase("note-words", text=note.text) if note.text else Phrase("note-sound", **_of(note))


def _of(note: Note) -> dict[str, Any]:
    return {"number": note.number, "length": timedelta(seconds=max(1, round(note.seconds)))}
