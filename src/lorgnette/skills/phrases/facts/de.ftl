skill-does = Dinge merken
skill-example = Merk dir, dass die Schlüssel in der blauen Schale liegen.

fact-words = { $text }
fact-kept = Gemerkt: { $fact }.
fact-replaced = Jetzt: { $fact }. Vorher: { $former }.
fact-known = Das weiß ich schon: { $fact }.
fact-told = { $formal ->
    [true] Sie haben mir gesagt: { $said }.
   *[false] Du hast mir gesagt: { $said }.
}
facts-told = { $formal ->
    [true] Sie haben mir gesagt: { $said }.
   *[false] Du hast mir gesagt: { $said }.
}
fact-near = { $formal ->
    [true] Nicht genau das, aber Sie haben mir gesagt: { $said }.
   *[false] Nicht genau das, aber du hast mir gesagt: { $said }.
}
fact-from = { $who } sagt: { $said }.
somebody = jemand anderes
fact-forgotten = Vergessen: { $fact }.
fact-restored = Ich weiß es wieder: { $fact }.
fact-taken-back = Das habe ich wieder vergessen.
memory-what = Was soll ich mir merken?
memory-unknown = { $formal ->
    [true] Zu { $about } haben Sie mir nichts gesagt. Sagen Sie „merk dir, dass …“.
   *[false] Zu { $about } hast du mir nichts gesagt. Sag „merk dir, dass …“.
}
memory-forget-none = Zu { $about } habe ich mir nichts gemerkt.
memory-forget-which = Welches: { $said }?
memory-correct-what = { $formal ->
    [true] Sagen Sie den ganzen Satz, also „merk dir, dass …“.
   *[false] Sag den ganzen Satz, also „merk dir, dass …“.
}
memory-correct-whole = { $formal ->
    [true] Ich weiß nicht, was sich daran ändert; sagen Sie den ganzen Satz noch einmal.
   *[false] Ich weiß nicht, was sich daran ändert; sag den ganzen Satz noch einmal.
}
memory-off = { $formal ->
    [true] Das Merken ist ausgeschaltet. Auf der Seite Gedächtnis können Sie es einschalten.
   *[false] Das Merken ist ausgeschaltet. Auf der Seite Gedächtnis kannst du es einschalten.
}
memory-full = { $formal ->
    [true] Ich habe mir schon { $limit } Dinge gemerkt. Lassen Sie mich erst auf der Seite Gedächtnis welche vergessen.
   *[false] Ich habe mir schon { $limit } Dinge gemerkt. Lass mich erst auf der Seite Gedächtnis welche vergessen.
}
memory-long = { $formal ->
    [true] Das ist zu lang zum Merken; { $limit } Zeichen passen. Machen Sie lieber eine Notiz.
   *[false] Das ist zu lang zum Merken; { $limit } Zeichen passen. Mach lieber eine Notiz.
}
park-where = { $formal ->
    [true] Wo steht es? Ich weiß nicht, wo Sie sind.
   *[false] Wo steht es? Ich weiß nicht, wo du bist.
}
parked-mark = Hier geparkt
parked-here = Hier geparkt, gemerkt.
parked-at = Geparkt, gemerkt: { $spot }.
parked-spot = { $formal ->
    [true] Vor { $ago } haben Sie gesagt: { $spot }.
   *[false] Vor { $ago } hast du gesagt: { $spot }.
}
parked-ago = { $formal ->
    [true] Sie haben vor { $ago } geparkt, aber wie weit das ist, weiß ich nicht.
   *[false] Du hast vor { $ago } geparkt, aber wie weit das ist, weiß ich nicht.
}
parked-close = { $has ->
    [yes] { $formal ->
        [true] Sie sind fast da: { $spot }.
       *[false] Du bist fast da: { $spot }.
    }
   *[no] { $formal ->
        [true] Sie sind fast da.
       *[false] Du bist fast da.
    }
}
parked-way = Etwa { $metres } Meter nach { $towards }, Luftlinie.
parked-way-spot = { $spot }, etwa { $metres } Meter nach { $towards }, Luftlinie.
parked-way-shown = { $metres } m { $towards }
parked-nowhere = { $formal ->
    [true] Wo geparkt ist, haben Sie mir nicht gesagt. Sagen Sie nächstes Mal „ich habe hier geparkt“.
   *[false] Wo geparkt ist, hast du mir nicht gesagt. Sag nächstes Mal „ich habe hier geparkt“.
}
wind-north = Norden
wind-north-east = Nordosten
wind-east = Osten
wind-south-east = Südosten
wind-south = Süden
wind-south-west = Südwesten
wind-west = Westen
wind-north-west = Nordwesten
