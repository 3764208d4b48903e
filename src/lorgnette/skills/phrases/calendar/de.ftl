skill-does = den Kalender
skill-example = Was steht morgen im Kalender?

agenda-none = { $span ->
    [week] Diese Woche steht nichts mehr an.
    [next_week] Nächste Woche steht nichts an.
    [weekend] Am Wochenende steht nichts an.
   *[other] { $day } steht nichts an.
}{ $late ->
    [none] {""}
   *[other] {" "}Aber { $late } ist nicht zu erreichen, das kann also alt sein.
}
agenda-all = { $span ->
    [week] Diese Woche
    [next_week] Nächste Woche
    [weekend] Am Wochenende
   *[other] { $day }
} { $count ->
    [one] ein Termin
   *[other] { $count } Termine
}: { $events }.{ $late ->
    [none] {""}
   *[other] {" "}Aber { $late } ist nicht zu erreichen, das kann also alt sein.
}
agenda-many = { $span ->
    [week] Diese Woche
    [next_week] Nächste Woche
    [weekend] Am Wochenende
   *[other] { $day }
} { $count } Termine; die ersten sind { $events }.{ $late ->
    [none] {""}
   *[other] {" "}Aber { $late } ist nicht zu erreichen, das kann also alt sein.
}
event-part = { $time } { $title ->
    [none] ein Termin
   *[other] { $title }
}
event-part-dated = { $at } { $title ->
    [none] ein Termin
   *[other] { $title }
}
event-part-day = { $day } { $title ->
    [none] ein Termin
   *[other] { $title }
}
event-part-whole = ganztägig { $title ->
    [none] ein Termin
   *[other] { $title }
}
event-next = Als Nächstes: { $event }.
event-none-ahead = In den nächsten zwei Monaten steht nichts an.
event-what = Was soll ich in den Kalender eintragen?
event-when = An welchem Tag?
event-added = { $title }, { $at }{ $place ->
    [none] {""}
   *[other] , { $place }
}: steht im Kalender.
event-added-day = { $title }, { $day }{ $place ->
    [none] {""}
   *[other] , { $place }
}: steht ganztägig im Kalender.
event-added-clash = { $title }, { $at }{ $place ->
    [none] {""}
   *[other] , { $place }
}: steht im Kalender. Zur selben Zeit ist aber { $clash }.
event-delete-what = Was soll ich aus dem Kalender streichen?
event-which = Was davon: { $events }?
event-deleted = Gestrichen: { $event }.
event-none-such = So etwas finde ich nicht im Kalender.
event-gone = { $title } ist wieder aus dem Kalender.
event-back = { $title } steht wieder im Kalender.
free-day = { $day } steht nichts an.{ $late ->
    [none] {""}
   *[other] {" "}Aber { $late } ist nicht zu erreichen, das kann also alt sein.
}
free-at = { $at } { $formal ->
    [true] haben Sie
   *[false] hast du
} Zeit.{ $late ->
    [none] {""}
   *[other] {" "}Aber { $late } ist nicht zu erreichen, das kann also alt sein.
}
busy-day = { $day } steht { $events } an.{ $late ->
    [none] {""}
   *[other] {" "}Aber { $late } ist nicht zu erreichen, das kann also alt sein.
}
busy-at = Da steht { $event } an.{ $late ->
    [none] {""}
   *[other] {" "}Aber { $late } ist nicht zu erreichen, das kann also alt sein.
}
calendar-span = Ich überblicke höchstens ein Jahr.
calendar-too-much = Das ist zu viel auf einmal; { $formal ->
    [true] fragen Sie
   *[false] frag
} nach einer kürzeren Zeit.
calendar-read-only = { $calendar } darf ich nur lesen; { $formal ->
    [true] ändern Sie
   *[false] ändere
} es dort, wo es herkommt.
calendar-invited = Zu { $title } sind andere eingeladen, die davon erfahren würden; { $formal ->
    [true] machen Sie
   *[false] mach
} das bitte im Kalenderprogramm.
event-named = den Termin { $title }
