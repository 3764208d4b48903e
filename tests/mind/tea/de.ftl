water-on = Das Wasser läuft.
how-many = Wie viele Tassen?
with-milk = { $cups } mit Milch?
brewing = { $milk ->
    [true] { $cups } Tassen mit Milch.
   *[false] { $cups } Tassen.
}
no-tea = Dann keinen Tee.
taken-down = Aufgeschrieben: { $words }.
steeping = { $amount ->
    [none] Zieht { $duration }.
   *[other] { $amount } ziehen { $duration }.
}
sorts-are = Es gibt { $sorts }.
poured = Eine Tasse { $sort }.
shops-in = Läden in { $place }.
shelf-has = Das { $place } Fach ist leer.
ordered = Bestellt: { $order }.
smashed = { $count } zerschlagen.
emptied = Weggeschüttet.
error-skill = Das geht nicht.
