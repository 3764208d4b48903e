# Was die Zentrale selbst sagt.
no-model = Das war keiner meiner Befehle; für alles andere richte in den Einstellungen ein Sprachmodell ein.
not-understood = Das habe ich nicht verstanden.
no-answer = Darauf habe ich keine Antwort gefunden; frag bitte anders.
undone = Rückgängig gemacht.
nothing-to-undo = Es gibt nichts rückgängig zu machen.

error-unexpected = Da ist etwas schiefgegangen. Versuch es bitte noch einmal.
error-config = Eine Einstellung stimmt nicht; sieh bitte in den Einstellungen nach.
error-device = Die Brille hat etwas Unlesbares geschickt; starte sie bitte neu.
error-media = Diesen Ton oder dieses Bild kann ich nicht lesen; versuch ein anderes.
error-engine = Ein Teil von mir antwortet nicht; versuch es gleich noch einmal.
error-busy = Ich bin gerade ausgelastet; versuch es gleich noch einmal.
error-denied = { $formal ->
    [true] Das müssen Sie erst in den Einstellungen erlauben.
   *[false] Das musst du erst in den Einstellungen erlauben.
}
error-not-found = Das finde ich nicht; nenn es bitte noch einmal beim Namen.
error-store = Ich kann gerade nichts speichern; prüf bitte die Festplatte.
error-skill = Das geht gerade nicht.
error-arguments = Das habe ich nicht ganz verstanden; sag es bitte noch einmal.
error-not-installed = Das kann ich hier noch nicht; in den Einstellungen lässt es sich ergänzen.

error-schedule-full = { $formal ->
    [true] Sie haben schon { $limit } Timer und Wecker; beenden Sie zuerst einen.
   *[false] Du hast schon { $limit } Timer und Wecker; beende zuerst einen.
}
error-schedule-past = Diese Zeit ist schon vorbei.
error-schedule-duration = Möglich ist alles von einer Sekunde bis zu einem Jahr.
error-schedule-rule = So kann ich einen Wecker nicht wiederholen.
error-schedule-not-a-timer = Das geht nur mit einem Timer.
error-note-empty = Da war nichts zu notieren; sag es bitte noch einmal.
error-note-long = Das ist zu lang für eine Notiz.
error-list-name = { $formal ->
    [true] Welche Liste meinen Sie?
   *[false] Welche Liste meinst du?
}
error-list-full = Diese Liste ist mit { $limit } Einträgen voll; streich zuerst welche.

error-camera-absent = { $formal ->
    [true] Keins Ihrer eingeschalteten Geräte hat eine Kamera.
   *[false] Keins deiner eingeschalteten Geräte hat eine Kamera.
}
error-camera-denied = Die Kamera ist nicht freigegeben; erlaube sie am Gerät und frag noch einmal.
error-camera-failed = Die Kamera hat nicht geantwortet; versuch es bitte noch einmal.
error-camera-busy = Es wird gerade schon ein Foto gemacht.
error-camera-filming = Gerade läuft ein Film; beende ihn zuerst.
error-camera-no-film = Es läuft kein Film.
error-camera-large = Das Bild ist zu groß zum Aufheben.
error-gallery-disk = Die Platte des Hubs ist fast voll; schaff dort zuerst Platz.
error-gallery-unreadable = Das Bild kann ich nicht lesen, deshalb ist es nicht gespeichert.
