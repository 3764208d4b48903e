skill-does = Gespräch
skill-example = Sag das noch einmal.

control-quiet = Es ist schon still.
control-all-right = Gut.
control-again = { $said }
control-nothing-said = Ich habe noch nichts gesagt.
control-slower = Ich spreche langsamer.
control-faster = Ich spreche schneller.
control-normal = Ich spreche wie gewohnt.
control-rate-back = Ich spreche wieder wie vorher.
control-nothing-to-undo = Es gibt nichts rückgängig zu machen.
control-welcome = Gern.
