skill-does = Nachrichten
skill-example = Habe ich neue Nachrichten?

messages-title = Nachrichten
message-part = { $who }: { $text }.
message-part-whole = { $who }: { $text }
message-part-bare = { $who } hat etwas geschickt, das ich nicht lesen kann.
messages-new = { $count ->
    [one] Eine neue: { $parts }
   *[other] { $count } neue. { $parts }
}
messages-many = { $count } neue; die letzten: { $parts }
messages-old = Nichts Neues. Die letzte kam { $at }. { $message }
message-last = { $message }
messages-none = Keine Nachrichten.
messages-none-from = Nichts von { $who }.
message-ask = Soll ich { $who } schreiben: „{ $text }“?
message-ask-at = Soll ich { $who }, { $place }, schreiben: „{ $text }“?
message-what = Was soll ich { $who } schreiben?
message-sent = An { $who } geschickt.
message-later = Der Server ist gerade nicht zu erreichen; ich schicke es { $who }, sobald es geht.
message-nothing-to-answer = Es gibt keine Nachricht zu beantworten.
error-message-nobody = Ich kenne niemanden namens { $who }, dem ich schreiben kann.
error-message-which = Wen meinst du: { $names }?
error-message-unset = Noch ist kein Konto für Nachrichten eingerichtet; es gehört in die Einstellungen des Hubs, unter mail oder matrix.
error-message-account = Das Konto { $way } wird abgewiesen; sein Passwort oder Token braucht einen Blick.
error-message-failed = Der Server hat die Nachricht an { $who } nicht angenommen.
error-message-address = An diese Adresse kann ich nicht schreiben.
error-message-empty = In der Nachricht steht nichts.
error-message-long = Die Nachricht ist zu lang.
error-message-many = Es warten schon zu viele Nachrichten.
error-message-unsure = Ich weiß nicht, ob die Nachricht an { $who } ankam; ich sende sie nicht noch einmal.
