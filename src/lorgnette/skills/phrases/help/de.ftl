skill-does = Hilfe
skill-example = Was kannst du?

help-examples = { $formal ->
    [true] Sagen Sie zum Beispiel: { $examples }.
   *[false] Sag zum Beispiel: { $examples }.
}
help-part = „{ $example }“
help-nothing = { $formal ->
    [true] Noch kann ich nichts; fügen Sie in den Einstellungen eine Fähigkeit hinzu.
   *[false] Noch kann ich nichts; füge in den Einstellungen eine Fähigkeit hinzu.
}
