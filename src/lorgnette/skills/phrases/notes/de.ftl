skill-does = Notizen
skill-example = Notiere: Der Ersatzschlüssel liegt unter dem Topf.

note-what = Was soll ich notieren?
note-taken = Notiert: { $text }.
note-recorded = Notiz { $number }, { $length }.
note-read = { $note }.
note-words = { $text }
note-sound = Notiz { $number }, { $length } Ton
notes-one = { $notes }.
notes-several = { $count } Notizen, die neuesten: { $notes }.
notes-found = { $count } Notizen: { $notes }.
note-deleted = Gelöscht: { $note }.
note-restored = Wieder da: { $note }.
note-none = Es gibt noch keine Notizen.
note-none-with = In keiner Notiz steht { $words }.
error-not-found = { $formal ->
    [true] Diese Notiz gibt es nicht; lassen Sie sich Ihre Notizen vorlesen.
   *[false] Diese Notiz gibt es nicht; lass dir deine Notizen vorlesen.
}
note-named = Notiz { $number }
