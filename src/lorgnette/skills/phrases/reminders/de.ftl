skill-does = Erinnerungen
skill-example = Erinner mich daran, Milch zu kaufen, wenn ich die Arbeit verlasse.

reminder-title = Erinnerung
reminder-what = { $formal ->
    [true] Woran soll ich Sie erinnern?
   *[false] Woran soll ich dich erinnern?
}
reminder-when = Wann?
reminder-set = { $text ->
    [none] Erinnerung, { $at }.
   *[other] Erinnerung, { $at }: { $text }.
}
reminder-set-in = { $text ->
    [none] Erinnerung in { $duration }.
   *[other] In { $duration }: { $text }.
}
reminder-set-again = { $text ->
    [none] Erinnerung, { $repeat } um { $time }.
   *[other] Erinnerung, { $repeat } um { $time }: { $text }.
}
reminder-set-quiet = { $text ->
    [none] Erinnerung, { $at }.
   *[other] Erinnerung, { $at }: { $text }.
} Da ist Ruhezeit, deshalb sage ich es { $until }.
reminder-at-place = { $leaving ->
    [yes] { $place ->
        [home] { $formal ->
            [true] Wenn Sie von zu Hause weggehen
           *[false] Wenn du von zu Hause weggehst
        }
        [work] { $formal ->
            [true] Wenn Sie die Arbeit verlassen
           *[false] Wenn du die Arbeit verlässt
        }
       *[other] { $formal ->
            [true] Wenn Sie { $place } verlassen
           *[false] Wenn du { $place } verlässt
        }
    }
   *[no] { $place ->
        [home] { $formal ->
            [true] Wenn Sie nach Hause kommen
           *[false] Wenn du nach Hause kommst
        }
        [work] { $formal ->
            [true] Wenn Sie zur Arbeit kommen
           *[false] Wenn du zur Arbeit kommst
        }
       *[other] { $formal ->
            [true] Wenn Sie bei { $place } ankommen
           *[false] Wenn du bei { $place } ankommst
        }
    }
}: { $text ->
    [none] eine Erinnerung.
   *[other] { $text }.
}
reminder-at-place-now = { $leaving ->
    [yes] { $formal ->
        [true] Dort sind Sie gerade nicht; wenn Sie das nächste Mal
       *[false] Dort bist du gerade nicht; wenn du das nächste Mal
    } { $place ->
        [home] von zu Hause
        [work] von der Arbeit
       *[other] von { $place }
    } { $formal ->
        [true] weggehen
       *[false] weggehst
    }
   *[no] { $formal ->
        [true] Dort sind Sie gerade; wenn Sie das nächste Mal
       *[false] Dort bist du gerade; wenn du das nächste Mal
    } { $place ->
        [home] nach Hause
        [work] zur Arbeit
       *[other] zu { $place }
    } { $formal ->
        [true] kommen
       *[false] kommst
    }
}: { $text ->
    [none] eine Erinnerung.
   *[other] { $text }.
}
reminder-at-place-blind = { $leaving ->
    [yes] { $place ->
        [home] Beim Weggehen von zu Hause
        [work] Beim Verlassen der Arbeit
       *[other] Beim Verlassen von { $place }
    }
   *[no] { $place ->
        [home] Beim Heimkommen
        [work] Bei der Ankunft auf der Arbeit
       *[other] Bei der Ankunft bei { $place }
    }
}: { $text ->
    [none] eine Erinnerung.
   *[other] { $text }.
} { $formal ->
    [true] Aber keins Ihrer Geräte sagt mir, wo Sie sind; geben Sie auf einem den Standort frei.
   *[false] Aber keins deiner Geräte sagt mir, wo du bist; gib auf einem den Standort frei.
}
reminder-no-place = Einen Ort namens { $place ->
    [home] Zuhause
    [work] Arbeit
   *[other] { $place }
} kenne ich nicht; { $formal ->
    [true] sagen Sie
   *[false] sag
} dort: { $place ->
    [home] hier ist mein Zuhause
    [work] hier ist die Arbeit
   *[other] merk dir diesen Ort als { $place }
}.
reminder-no-places = Ich weiß noch nicht, wo { $place ->
    [home] { $formal ->
        [true] Ihr Zuhause
       *[false] dein Zuhause
    }
    [work] die Arbeit
   *[other] „{ $place }“
} ist; { $formal ->
    [true] sagen Sie
   *[false] sag
} dort: { $place ->
    [home] hier ist mein Zuhause
    [work] hier ist die Arbeit
   *[other] merk dir diesen Ort als { $place }
}.
reminder-past = { $formal ->
    [true] Diese Zeit ist schon vorbei; nennen Sie eine spätere.
   *[false] Diese Zeit ist schon vorbei; nenn eine spätere.
}
reminder-full = Es warten schon { $limit } Erinnerungen; { $formal ->
    [true] löschen Sie
   *[false] lösch
} zuerst eine.
reminder-part = { $text ->
    [none] { $at }
   *[other] { $at } { $text }
}
reminder-part-again = { $text ->
    [none] { $repeat } um { $time }
   *[other] { $repeat } um { $time } { $text }
}
reminder-part-place = { $text ->
    [none] eine Erinnerung
   *[other] { $text }
}, { $leaving ->
    [yes] { $place ->
        [home] beim Weggehen von zu Hause
        [work] beim Verlassen der Arbeit
       *[other] beim Verlassen von { $place }
    }
   *[no] { $place ->
        [home] beim Heimkommen
        [work] bei der Ankunft auf der Arbeit
       *[other] bei der Ankunft bei { $place }
    }
}
reminders-all = { $count ->
    [one] Eine Erinnerung: { $reminders }.
   *[other] { $count } Erinnerungen: { $reminders }.
}
reminders-many = { $count } Erinnerungen; die nächsten sind { $reminders }.
reminder-none = Es wartet keine Erinnerung.
reminder-none-then = Dann gibt es keine Erinnerung.
reminder-none-such = So eine Erinnerung finde ich nicht; { $formal ->
    [true] fragen Sie
   *[false] frag
} mich, welche es gibt.
reminder-cancelled = Gelöscht: { $reminder }.
reminder-gone = Die Erinnerung ist wieder weg.
reminder-back = Wieder da: { $reminder }.

place-home = Zuhause
place-work = Arbeit
place-part = { $place ->
    [home] Zuhause
    [work] die Arbeit
   *[other] { $place }
}
place-saved = { $place ->
    [home] { $formal ->
        [true] Hier ist ab jetzt Ihr Zuhause.
       *[false] Hier ist ab jetzt dein Zuhause.
    }
    [work] { $formal ->
        [true] Hier ist ab jetzt Ihre Arbeit.
       *[false] Hier ist ab jetzt deine Arbeit.
    }
   *[other] Hier ist ab jetzt { $place }.
}
place-all = { $count ->
    [one] Ich kenne einen Ort: { $places }.
   *[other] Ich kenne { $count } Orte: { $places }.
}
place-none = Ich kenne noch keine Orte; { $formal ->
    [true] sagen Sie
   *[false] sag
} daheim: hier ist mein Zuhause.
place-none-such = Einen Ort namens { $place } kenne ich nicht.
place-forgotten = { $place ->
    [home] { $formal ->
        [true] Wo Sie wohnen, habe ich vergessen.
       *[false] Wo du wohnst, habe ich vergessen.
    }
    [work] { $formal ->
        [true] Wo Ihre Arbeit ist, habe ich vergessen.
       *[false] Wo deine Arbeit ist, habe ich vergessen.
    }
   *[other] Wo { $place } ist, habe ich vergessen.
}
place-moved-back = { $place ->
    [home] Zuhause
    [work] Die Arbeit
   *[other] { $place }
} ist wieder dort, wo es vorher war.
place-back = { $place ->
    [home] Zuhause
    [work] Die Arbeit
   *[other] { $place }
} kenne ich wieder.
place-unknown-here = { $formal ->
    [true] Keins Ihrer Geräte sagt mir, wo Sie sind; geben Sie auf einem den Standort frei und sagen Sie es noch einmal.
   *[false] Keins deiner Geräte sagt mir, wo du bist; gib auf einem den Standort frei und sag es noch einmal.
}
place-vague-here = { $formal ->
    [true] Wo Sie sind, weiß ich nur auf { $metres } Meter; versuchen Sie es im Freien noch einmal.
   *[false] Wo du bist, weiß ich nur auf { $metres } Meter; versuch es im Freien noch einmal.
}
place-name = Wie soll der Ort heißen?
place-full = Es sind schon { $limit } Orte; { $formal ->
    [true] vergessen Sie
   *[false] vergiss
} zuerst einen.
reminder-named = die Erinnerung an { $text }
