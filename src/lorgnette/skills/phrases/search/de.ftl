skill-does = das Web
skill-example = Such im Internet nach dem höchsten Leuchtturm.

search-found = { $by } sagt: { $text }
search-answer = { $text }
page-read = { $title }, von { $host }: { $text }

search-what = Wonach soll ich suchen?
search-nothing = { $formal ->
    [true] Zu { $query } habe ich nichts gefunden; versuchen Sie es mit anderen Worten.
   *[false] Zu { $query } habe ich nichts gefunden; versuch es mit anderen Worten.
}
search-first = { $formal ->
    [true] Lassen Sie mich erst etwas suchen; dann kann ich vorlesen, was da steht.
   *[false] Lass mich erst etwas suchen; dann kann ich vorlesen, was da steht.
}
search-no-such = Es { $count ->
    [one] gibt nur einen Treffer
   *[other] gibt nur { $count } Treffer
}; { $formal ->
    [true] nennen Sie einen anderen.
   *[false] nenn einen anderen.
}
search-unreadable = { $formal ->
    [true] Auf dieser Seite von { $host } steht nichts zum Vorlesen; nehmen Sie die nächste.
   *[false] Auf dieser Seite von { $host } steht nichts zum Vorlesen; nimm die nächste.
}
search-page-silent = { $formal ->
    [true] Diese Seite bekomme ich von { $host } nicht; nehmen Sie die nächste.
   *[false] Diese Seite bekomme ich von { $host } nicht; nimm die nächste.
}
search-pages-off = Ich darf suchen, aber keine Seiten öffnen; das ist eine Einstellung des Hubs, unter search.
search-off = Im Internet kann ich noch nicht suchen; die Adresse eines SearXNG gehört in die Einstellungen des Hubs, unter search.
error-service = { $formal ->
    [true] Die Suchmaschine antwortet nicht; versuchen Sie es gleich noch einmal.
   *[false] Die Suchmaschine antwortet nicht; versuch es gleich noch einmal.
}
error-service-busy = { $formal ->
    [true] Die Suchmaschine hat für jetzt genug Fragen; versuchen Sie es später noch einmal.
   *[false] Die Suchmaschine hat für jetzt genug Fragen; versuch es später noch einmal.
}
error-service-refused = Die Suchmaschine lehnt meine Frage ab; sie muss in ihren Einstellungen das Format JSON erlauben.
error-address-forbidden = Diese Seite öffne ich nicht: Sie liegt nicht im Internet.
