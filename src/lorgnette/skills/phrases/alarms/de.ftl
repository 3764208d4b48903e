skill-does = Wecker
skill-example = Weck mich werktags um halb acht.

alarm-title = Wecker
alarm-when = Für wie viel Uhr?
alarm-set = Wecker, { $at }.
alarm-set-again = Wecker, { $repeat } um { $time }.
alarm-cancelled = Der Wecker für { $at } ist aus.
alarm-cancelled-again = Der Wecker { $repeat } um { $time } ist aus.
alarm-next = { $formal ->
    [true] Ihr nächster Wecker: { $alarm }.
   *[false] Dein nächster Wecker: { $alarm }.
}
alarm-off = Wecker aus.
alarms-cancelled = { $count ->
    [one] Wecker gelöscht.
    [2] Beide Wecker gelöscht.
   *[other] Alle { $count } Wecker gelöscht.
}
alarm-restored = Der Wecker für { $at } ist wieder an.
alarms-restored = { $count } Wecker sind wieder an.
alarm-snoozed = Noch einmal in { $duration }.
alarm-part = { $at }
alarm-part-again = { $repeat } um { $time }
alarms-all = { $count ->
    [one] { $formal ->
        [true] Ihr
       *[false] Dein
    } Wecker klingelt { $alarms }.
   *[other] { $count } Wecker: { $alarms }.
}
alarms-many = { $count } Wecker; die nächsten sind { $alarms }.
alarm-none = Es ist kein Wecker gestellt.
alarm-none-then = { $formal ->
    [true] Dann ist kein Wecker gestellt; fragen Sie mich, welche Wecker es gibt.
   *[false] Dann ist kein Wecker gestellt; frag mich, welche Wecker es gibt.
}
alarm-none-ringing = Es klingelt nichts.
alarm-past = { $formal ->
    [true] Diese Zeit ist schon vorbei; nennen Sie eine spätere.
   *[false] Diese Zeit ist schon vorbei; nenn eine spätere.
}
