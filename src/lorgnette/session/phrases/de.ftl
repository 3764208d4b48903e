# Was der Hub selbst rund um die Antworten sagt.
did-you-say = { $formal ->
    [true] Sagten Sie: { $text }?
   *[false] Hast du gesagt: { $text }?
}
not-heard = Das habe ich nicht verstanden.
no-recogniser = { $formal ->
    [true] Gesprochenes Deutsch verstehe ich noch nicht. Tippen Sie, oder fügen Sie ein Sprachmodell hinzu.
   *[false] Gesprochenes Deutsch verstehe ich noch nicht. Tipp es mir, oder füg ein Sprachmodell hinzu.
}
no-wake-word = { $formal ->
    [true] Auf ein Weckwort kann ich noch nicht warten, hier ist keines eingerichtet. Drücken Sie bis dahin zum Sprechen.
   *[false] Auf ein Weckwort kann ich noch nicht warten, hier ist keines eingerichtet. Drück bis dahin zum Sprechen.
}
all-right = In Ordnung.
failed = { $formal ->
    [true] Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.
   *[false] Das hat nicht geklappt. Versuch es bitte noch einmal.
}
timer-title = Timer
alarm-title = Wecker
reminder-title = Erinnerung
timer-rings = { $label ->
    [none] { $formal ->
        [true] Ihr
       *[false] Dein
    } Timer ist abgelaufen.
   *[other] { $formal ->
        [true] Ihr
       *[false] Dein
    } Timer { $label } ist abgelaufen.
}
alarm-rings = { $label ->
    [none] Es ist { $time }.
   *[other] Es ist { $time }: { $label }.
}
reminder-rings = { $label ->
    [none] Hier ist { $formal ->
        [true] Ihre
       *[false] deine
    } Erinnerung.
   *[other] { $formal ->
        [true] Denken Sie
       *[false] Denk
    } daran: { $label }.
}
alarm-missed = { $formal ->
    [true] Sie haben einen Wecker um { $time } verpasst.
   *[false] Du hast einen Wecker um { $time } verpasst.
}
timer-missed = Ein Timer lief um { $time } ab.
reminder-missed = { $label ->
    [none] { $formal ->
        [true] Sie haben eine Erinnerung um { $time } verpasst.
       *[false] Du hast eine Erinnerung um { $time } verpasst.
    }
   *[other] { $formal ->
        [true] Sie wollten
       *[false] Du wolltest
    } um { $time } daran erinnert werden: { $label }.
}
calendar-back = { $title } wurde anderswo geändert, nachdem es hier gelöscht war, und steht deshalb wieder im Kalender.
fell-back = Gerade ist ein Teil von mir ausgefallen; es geht ohne ihn weiter.
skill-broken = Die Fähigkeit { $name } lässt sich so nicht laden: { $why }
ears-failed = { $formal ->
    [true] Mein Gehör war kurz weg. Sagen Sie es bitte noch einmal.
   *[false] Mein Gehör war kurz weg. Sag es bitte noch einmal.
}
model-found = { $formal ->
    [true] Auf diesem Rechner gibt es { $model } in { $host }. Wenn ich es nutzen soll, sagen Sie: Nutze das lokale Modell.
   *[false] Auf diesem Rechner gibt es { $model } in { $host }. Wenn ich es nutzen soll, sag: Nutze das lokale Modell.
}
wear-hello = { $formal ->
    [true] Guten Tag, { $name }.
   *[false] Hallo { $name }.
}
wear-unknown = Diesen Namen kenne ich hier nicht. Wer so heißt, kann es in den eigenen Einstellungen erlauben.
wear-pin = { $name } hat eine PIN. Bitte auf dem Bildschirm eingeben.
wear-wrong = Diese PIN stimmt nicht.
wear-busy = Zu viele falsche PINs. In fünf Minuten geht es wieder.
wear-failed = Das hat nicht geklappt. Bitte noch einmal versuchen.
exported = Was ich über { $formal ->
    [true] Sie
   *[false] dich
} aufbewahre, wurde am Rechner des Hubs kopiert.
pin-late = { $formal ->
    [true] Für die PIN war das zu spät. Sagen Sie bitte noch einmal, was Sie möchten.
   *[false] Für die PIN war das zu spät. Sag bitte noch einmal, was du möchtest.
}
notice = { $who }: { $text }
notice-bare = Von { $who } ist etwas gekommen.
message-lost = Die Nachricht an { $who } ließ sich nicht senden.
message-unsure = Beim Senden an { $who } wurde ich unterbrochen und weiß nicht, ob die Nachricht ankam. Ich sende sie nicht noch einmal.
agent-says = { $agent } sagt: { $text }
agent-asks = { $agent } fragt: { $text }
agent-listens = { $agent } hört jetzt zu.
agent-asking = { $agent } fragt
agent-senses = { $formal ->
    [true] { $agent } sieht oder hört Sie
   *[other] { $agent } sieht oder hört dich
}
agent-told = Das habe ich { $agent } gesagt.
agent-wants-see = { $formal ->
    [true] { $agent } möchte durch Ihre Kamera sehen. Ist das in Ordnung?
   *[other] { $agent } möchte durch deine Kamera sehen. Ist das in Ordnung?
}
agent-wants-listen = { $formal ->
    [true] { $agent } möchte hören, was Sie sagen. Ist das in Ordnung?
   *[other] { $agent } möchte hören, was du sagst. Ist das in Ordnung?
}
errand-so = Du wolltest Bescheid, wenn { $what }. { $text }
errand-over = Eine Woche habe ich geschaut, ob { $what }; jetzt höre ich auf.
errand-failed = Das konnte ich nicht für dich erledigen: { $what }.
