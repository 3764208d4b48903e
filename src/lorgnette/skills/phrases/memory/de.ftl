skill-does = was ich mir merke
skill-example = Vergiss, was ich zuletzt gesagt habe.

memory-held = Ich habe { $parts }.
memory-conversations = { $count ->
    [one] einen Satz von dir
   *[other] { $count } Sätze von dir
}
memory-notes = { $count ->
    [one] eine Notiz
   *[other] { $count } Notizen
}
memory-lists = { $count ->
    [one] einen Listeneintrag
   *[other] { $count } Listeneinträge
}
memory-schedule = { $count ->
    [one] einen Timer oder Wecker
   *[other] { $count } Timer und Wecker
}
memory-gallery = { $count ->
    [one] ein Bild
   *[other] { $count } Bilder
}
memory-nothing = Ich habe nichts von dir.
memory-nothing-said = Es gibt nichts zu vergessen.
memory-sure-today = { $count ->
    [one] Ein Satz seit Mitternacht. Endgültig vergessen?
   *[other] { $count } Sätze seit Mitternacht. Endgültig vergessen?
}
memory-sure-ever = { $count ->
    [one] Ein Satz von dir. Endgültig vergessen?
   *[other] { $count } Sätze von dir. Endgültig vergessen?
}
memory-forgotten = Vergessen.
memory-left = Gut, ich vergesse nichts.
