skill-does = Nachrichten
skill-example = Lies mir die Schlagzeilen vor.

news-titles = { $count ->
    [one] Eine Schlagzeile: { $titles }
   *[other] { $titles }
}.
news-title = { $title }
news-more = { $title } { $summary }
news-only-title = { $title } Mehr gibt { $by } nicht her.

news-none = { $formal ->
    [true] In Ihren Feeds steht gerade nichts Neues.
   *[false] In deinen Feeds steht gerade nichts Neues.
}
news-none-about = { $formal ->
    [true] Zu { $topic } steht nichts in Ihren Feeds.
   *[false] Zu { $topic } steht nichts in deinen Feeds.
}
news-no-such = { $formal ->
    [true] Ich habe nur { $count } Schlagzeilen; nennen Sie eine andere.
   *[false] Ich habe nur { $count } Schlagzeilen; nenn eine andere.
}
news-off = Nachrichten habe ich noch keine; Adressen von Feeds gehören in die Einstellungen des Hubs, unter news.
error-service = { $formal ->
    [true] Die Nachrichten sind gerade nicht zu erreichen; versuchen Sie es gleich noch einmal.
   *[false] Die Nachrichten sind gerade nicht zu erreichen; versuch es gleich noch einmal.
}
error-service-busy = { $formal ->
    [true] Der Nachrichtendienst will gerade keine weiteren Fragen; versuchen Sie es später noch einmal.
   *[false] Der Nachrichtendienst will gerade keine weiteren Fragen; versuch es später noch einmal.
}
error-service-refused = { $formal ->
    [true] Der Nachrichtendienst gibt nichts heraus; sehen Sie bitte die Adressen in den Einstellungen nach, unter news.
   *[false] Der Nachrichtendienst gibt nichts heraus; sieh bitte die Adressen in den Einstellungen nach, unter news.
}
error-address-forbidden = { $formal ->
    [true] Dieser Feed führt zu einem Rechner zu Hause, den lese ich nicht; sehen Sie bitte in den Einstellungen nach, unter news.
   *[false] Dieser Feed führt zu einem Rechner zu Hause, den lese ich nicht; sieh bitte in den Einstellungen nach, unter news.
}
