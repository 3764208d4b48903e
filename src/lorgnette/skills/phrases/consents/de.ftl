skill-does = was du erlaubt hast
skill-example = Was habe ich erlaubt?

consents-title = { $formal ->
    [true] Wonach Sie gefragt wurden
   *[false] Wonach du gefragt wurdest
}
consents-rules-title = Immer erlaubt
consents-none = { $formal ->
    [true] Ich habe Sie noch nicht um Erlaubnis gefragt.
   *[false] Ich habe dich noch nicht um Erlaubnis gefragt.
}
consents-log = { $first } { $second } { $third }
consents-one-yes = { $formal ->
    [true] Ja haben Sie { $at } gesagt zu: „{ $question }“.
   *[false] Ja hast du { $at } gesagt zu: „{ $question }“.
}
consents-one-no = { $formal ->
    [true] Nein haben Sie { $at } gesagt zu: „{ $question }“.
   *[false] Nein hast du { $at } gesagt zu: „{ $question }“.
}
consents-one-dropped = Ohne Antwort blieb { $at }: „{ $question }“.
consents-one-rule = { $formal ->
    [true] Nach Ihrer Regel ohne Frage getan, { $at }: „{ $question }“.
   *[false] Nach deiner Regel ohne Frage getan, { $at }: „{ $question }“.
}
consents-row-yes = Ja: { $question }
consents-row-no = Nein: { $question }
consents-row-dropped = Ohne Antwort: { $question }
consents-row-rule = Nach Regel: { $question }
consents-no-rules = Immer erlaubt ist nichts; ich frage jedes Mal.
consents-rules = { $more ->
    [0] Ohne zu fragen schreibe ich an { $names }.
   *[other] Ohne zu fragen schreibe ich an { $names } und { $more } weitere.
}
consents-always = Ab jetzt frage ich nicht mehr, bevor ich { $who } schreibe.
consents-nobody = { $person ->
    [none] Gerade eben wurde nichts erlaubt. Schick erst eine Nachricht, dann sag: das immer erlauben.
   *[other] An { $person } ging durch mich noch nichts. Schick erst eine Nachricht, dann sag: das immer erlauben.
}
consents-no-rule = { $person ->
    [none] Immer erlaubt ist nichts; ich frage jedes Mal.
   *[other] Für { $person } gibt es keine Regel; ich frage jedes Mal.
}
consents-revoked = Bevor ich { $names } schreibe, frage ich wieder.
consents-again = Dann frage ich nicht, bevor ich { $names } schreibe.
consents-not-here = Nicht an einem Gerät, das auch andere benutzen.
