skill-does = was ich mir merke
skill-example = Vergiss, was ich zuletzt gesagt habe.

memory-held = Ich habe { $parts } gespeichert.
memory-conversations = { $count ->
    [one] einen Satz von { $formal ->
        [true] Ihnen
       *[false] dir
    }
   *[other] { $count } Sätze von { $formal ->
        [true] Ihnen
       *[false] dir
    }
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
memory-memory = { $count ->
    [one] eine gemerkte Sache
   *[other] { $count } gemerkte Dinge
}
memory-summaries = { $count ->
    [one] die Zusammenfassung eines Gesprächs
   *[other] { $count } Zusammenfassungen von Gesprächen
}
memory-nothing = { $formal ->
    [true] Ich habe nichts von Ihnen gespeichert.
   *[false] Ich habe nichts von dir gespeichert.
}
memory-nothing-said = Es gibt nichts zu vergessen.
memory-sure-today = { $count ->
    [one] Ein Satz seit Mitternacht. Endgültig vergessen?
   *[other] { $count } Sätze seit Mitternacht. Endgültig vergessen?
}
memory-sure-ever = { $count ->
    [one] Ein Satz von { $formal ->
        [true] Ihnen
       *[false] dir
    }. Endgültig vergessen?
   *[other] { $count } Sätze von { $formal ->
        [true] Ihnen
       *[false] dir
    }. Endgültig vergessen?
}
memory-forgotten = Vergessen.
memory-left = Gut, ich vergesse nichts.
memory-not-here = Nicht an einem Gerät, das mehrere nutzen. { $formal ->
    [true] Sagen Sie es einem eigenen
   *[false] Sag es einem eigenen
}.
