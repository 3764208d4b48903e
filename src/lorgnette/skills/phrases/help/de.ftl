skill-does = Hilfe
skill-example = Was kannst du?

help-examples = { $formal ->
    [true] Sagen Sie zum Beispiel: { $examples }.
   *[false] Sag zum Beispiel: { $examples }.
}
help-part = „{ $example }“
help-nothing = Noch kann ich nichts; füge in den Einstellungen eine Fähigkeit hinzu.
