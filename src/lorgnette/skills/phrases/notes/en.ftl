skill-does = notes
skill-example = Note: the spare key is under the pot.

note-what = What shall I note?
note-taken = Noted: { $text }.
note-recorded = Note { $number }, { $length }.
note-read = { $note }.
note-words = { $text }
note-sound = note { $number }, { $length } of sound
notes-one = { $notes }.
notes-several = { $count } notes; the latest: { $notes }.
notes-found = { $count } notes: { $notes }.
note-deleted = Deleted: { $note }.
note-restored = It's back: { $note }.
note-none = There are no notes yet.
note-none-with = No note has { $words } in it.
error-not-found = There's no such note; ask me to read your notes.
note-named = note { $number }
