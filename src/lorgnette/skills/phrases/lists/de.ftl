skill-does = Listen
skill-example = Setz Milch und Eier auf die Einkaufsliste.

list-name = { $list ->
    [shopping] Einkaufsliste
    [todo] Aufgabenliste
    [packing] Packliste
    [wish] Wunschliste
   *[other] { $list }
}
list-what = Was soll auf die { list-name }?
list-added = { $items }, auf der { list-name }.
list-added-sound = { $formal ->
    [true] Ist auf der { list-name }, so wie Sie es gesagt haben.
   *[false] Ist auf der { list-name }, so wie du es gesagt hast.
}
list-all = { $count ->
    [one] Nur { $items }.
   *[other] { $items }.
}
list-many = { $count } Sachen, zuerst { $items }.
list-item = { $text }
list-sound = { $length } Ton
list-yes = Ja, { $item } steht auf der { list-name }.
list-no = Nein, { $item } steht nicht auf der { list-name }.
list-done = { $item } ist schon erledigt.
list-checked = { $item }: erledigt.
list-unchecked = { $item } ist wieder offen.
list-removed = { $items } von der { list-name } gestrichen.
list-restored = { $count ->
    [one] Ist wieder auf der { list-name }.
   *[other] { $count } Sachen sind wieder auf der { list-name }.
}
list-cleared = Die { list-name } ist jetzt leer.
list-empty = Die { list-name } ist leer.
lists-all = { $count ->
    [one] Es gibt die { $lists }.
   *[other] Es gibt { $lists }.
}
lists-many = { $count } Listen, darunter { $lists }.
list-none = Es gibt noch keine Listen.
error-not-found = { $formal ->
    [true] Das steht nicht auf der Liste; lassen Sie sie sich vorlesen.
   *[false] Das steht nicht auf der Liste; lass sie dir vorlesen.
}
