# Was der Hub selbst sagt.
no-model = { $formal ->
    [true] Das war keiner meiner Befehle; für alles andere richten Sie in den Einstellungen ein Sprachmodell ein.
   *[false] Das war keiner meiner Befehle; für alles andere richte in den Einstellungen ein Sprachmodell ein.
}
not-understood = Das habe ich nicht verstanden.
no-answer = { $formal ->
    [true] Darauf habe ich keine Antwort gefunden; fragen Sie bitte anders.
   *[false] Darauf habe ich keine Antwort gefunden; frag bitte anders.
}
did-you-mean = { $formal ->
    [true] Meinen Sie: { $what }?
   *[false] Meinst du: { $what }?
}
say-again = Das habe ich nicht verstanden.
all-right = Alles klar.
undone = Rückgängig gemacht.
nothing-to-undo = Es gibt nichts rückgängig zu machen.

error-unexpected = { $formal ->
    [true] Da ist etwas schiefgegangen. Versuchen Sie es bitte noch einmal.
   *[false] Da ist etwas schiefgegangen. Versuch es bitte noch einmal.
}
error-config = { $formal ->
    [true] Eine Einstellung stimmt nicht; sehen Sie bitte in den Einstellungen nach.
   *[false] Eine Einstellung stimmt nicht; sieh bitte in den Einstellungen nach.
}
error-device = { $formal ->
    [true] Die Brille hat etwas Unlesbares geschickt; starten Sie sie bitte neu.
   *[false] Die Brille hat etwas Unlesbares geschickt; starte sie bitte neu.
}
error-media = { $formal ->
    [true] Diesen Ton oder dieses Bild kann ich nicht lesen; versuchen Sie ein anderes.
   *[false] Diesen Ton oder dieses Bild kann ich nicht lesen; versuch ein anderes.
}
error-engine = { $formal ->
    [true] Ein Teil von mir antwortet nicht; versuchen Sie es gleich noch einmal.
   *[false] Ein Teil von mir antwortet nicht; versuch es gleich noch einmal.
}
error-busy = { $formal ->
    [true] Ich bin gerade ausgelastet; versuchen Sie es gleich noch einmal.
   *[false] Ich bin gerade ausgelastet; versuch es gleich noch einmal.
}
error-denied = { $formal ->
    [true] Das müssen Sie erst in den Einstellungen erlauben.
   *[false] Das musst du erst in den Einstellungen erlauben.
}
error-not-found = { $formal ->
    [true] Das finde ich nicht; nennen Sie es bitte noch einmal beim Namen.
   *[false] Das finde ich nicht; nenn es bitte noch einmal beim Namen.
}
error-store = { $formal ->
    [true] Ich kann gerade nichts speichern; prüfen Sie bitte die Festplatte des Hubs.
   *[false] Ich kann gerade nichts speichern; prüf bitte die Festplatte des Hubs.
}
error-skill = Das geht gerade nicht.
error-arguments = { $formal ->
    [true] Das habe ich nicht ganz verstanden; sagen Sie es bitte noch einmal.
   *[false] Das habe ich nicht ganz verstanden; sag es bitte noch einmal.
}
error-not-installed = Das kann ich hier noch nicht; in den Einstellungen lässt es sich ergänzen.

error-service = { $formal ->
    [true] Dieser Dienst antwortet nicht; versuchen Sie es gleich noch einmal.
   *[false] Dieser Dienst antwortet nicht; versuch es gleich noch einmal.
}
error-service-busy = { $formal ->
    [true] Dieser Dienst will gerade keine weiteren Fragen; versuchen Sie es später noch einmal.
   *[false] Dieser Dienst will gerade keine weiteren Fragen; versuch es später noch einmal.
}
error-service-refused = { $formal ->
    [true] Dieser Dienst lehnt meine Frage ab; sehen Sie bitte in den Einstellungen des Hubs nach.
   *[false] Dieser Dienst lehnt meine Frage ab; sieh bitte in den Einstellungen des Hubs nach.
}
error-address-forbidden = Ich öffne nur Seiten im Internet, und das ist keine.

error-schedule-full = { $formal ->
    [true] Sie haben schon { $limit } Timer und Wecker; beenden Sie zuerst einen.
   *[false] Du hast schon { $limit } Timer und Wecker; beende zuerst einen.
}
error-schedule-past = Diese Zeit ist schon vorbei.
error-schedule-duration = Möglich ist alles von einer Sekunde bis zu einem Jahr.
error-schedule-rule = So kann ich einen Wecker nicht wiederholen.
error-schedule-not-a-timer = Das geht nur mit einem Timer.
error-note-empty = { $formal ->
    [true] Da war nichts zu notieren; sagen Sie es bitte noch einmal.
   *[false] Da war nichts zu notieren; sag es bitte noch einmal.
}
error-note-long = Das ist zu lang für eine Notiz.
error-list-name = { $formal ->
    [true] Welche Liste meinen Sie?
   *[false] Welche Liste meinst du?
}
error-list-full = { $formal ->
    [true] Diese Liste ist mit { $limit } Einträgen voll; streichen Sie zuerst welche.
   *[false] Diese Liste ist mit { $limit } Einträgen voll; streich zuerst welche.
}

error-camera-absent = { $formal ->
    [true] Keins Ihrer eingeschalteten Geräte hat eine Kamera.
   *[false] Keins deiner eingeschalteten Geräte hat eine Kamera.
}
error-camera-denied = { $formal ->
    [true] Die Kamera ist nicht freigegeben; erlauben Sie sie am Gerät und sagen Sie es noch einmal.
   *[false] Die Kamera ist nicht freigegeben; erlaube sie am Gerät und sag es noch einmal.
}
error-camera-failed = { $formal ->
    [true] Die Kamera hat nicht geantwortet; versuchen Sie es bitte noch einmal.
   *[false] Die Kamera hat nicht geantwortet; versuch es bitte noch einmal.
}
error-camera-busy = Es wird gerade schon ein Foto gemacht.
error-camera-filming = { $formal ->
    [true] Gerade läuft ein Film; beenden Sie ihn zuerst.
   *[false] Gerade läuft ein Film; beende ihn zuerst.
}
error-camera-no-film = Es läuft kein Film.
error-camera-large = Das Bild ist zu groß zum Aufheben.
error-gallery-disk = { $formal ->
    [true] Die Festplatte des Hubs ist fast voll; schaffen Sie dort zuerst Platz.
   *[false] Die Festplatte des Hubs ist fast voll; schaff dort zuerst Platz.
}
error-gallery-unreadable = Das Bild kann ich nicht lesen, deshalb ist es nicht gespeichert.

consent-suggested = Dahinter steckt { $source }. Ich würde machen: „{ $what }“. Soll ich?
consent-behind = Dahinter steckt { $source }.
consent-no = Gut, dann nicht.
consent-given-up = Dann lasse ich es.
consent-by-hand = { $formal ->
    [true] Dafür drücken Sie bitte lang, oder nennen Sie Ihre PIN.
   *[false] Dafür drück bitte lang, oder nenn deine PIN.
}
consent-pin-wrong = { $formal ->
    [true] Die PIN stimmt nicht. Versuchen Sie es noch einmal.
   *[false] Die PIN stimmt nicht. Versuch es noch einmal.
}
consent-pin-busy = Das waren zu viele falsche PINs. Lang drücken geht noch.
consent-only-once = Das gilt nur für dieses Mal; eine Regel kann ich daraus nicht machen.
consent-always = { $formal ->
    [true] Ab jetzt frage ich Sie davor nicht mehr, wenn es an { $who } geht.
   *[false] Ab jetzt frage ich dich davor nicht mehr, wenn es an { $who } geht.
}
source-picture = Text im Bild
source-page = { $name ->
    [none] eine Webseite
   *[other] die Webseite { $name }
}
source-message = { $name ->
    [none] eine Nachricht
   *[other] eine Nachricht ({ $name })
}
source-notification = { $name ->
    [none] eine Mitteilung
   *[other] eine Mitteilung ({ $name })
}
source-meeting = etwas aus einer Besprechung
source-call = etwas aus einem Anruf
source-calendar = { $name ->
    [none] ein Kalendereintrag
   *[other] der Kalendereintrag { $name }
}
source-contact = { $name ->
    [none] ein Kontakt
   *[other] der Kontakt { $name }
}
source-memory = etwas, das ich von anderen weiß
source-tool = { $name ->
    [none] ein Dienst
   *[other] die Antwort von { $name }
}
source-others = mehr davon
error-consent-guest = Gäste und geteilte Geräte verschicken und kaufen hier nichts.
error-consent-hand = { $formal ->
    [true] Dafür braucht es ein Gerät zum Berühren oder eine PIN; die richten Sie in den Einstellungen ein.
   *[false] Dafür braucht es ein Gerät zum Berühren oder eine PIN; die richtest du in den Einstellungen ein.
}
error-consent-alone = { $formal ->
    [true] Das mache ich nicht, ohne Sie vorher zu fragen.
   *[false] Das mache ich nicht, ohne dich vorher zu fragen.
}

error-model-limit = Das Geld für das Sprachmodell ist für diesen Monat aufgebraucht; meine Befehle gehen weiter, und wem der Hub gehört, kann mehr erlauben.
error-model-window = Das ist auf einmal zu viel für das Sprachmodell; { $formal ->
    [true] fragen Sie bitte nach weniger.
   *[false] frag bitte nach weniger.
}
