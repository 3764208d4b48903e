skill-does = das Sprachmodell
skill-example = Nutze das lokale Modell.

model-used = Ab jetzt denke ich mit { $model }, hier auf diesem Rechner.
model-already = Ich denke schon mit { $model }.
model-not-found = Auf diesem Rechner habe ich kein Sprachmodell gefunden.
model-now = Ich denke mit { $model }.
model-none = Ich habe kein Sprachmodell, ich kann meine Befehle.
model-dropped = Ich komme wieder ohne Sprachmodell aus.
