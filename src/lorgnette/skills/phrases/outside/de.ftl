skill-does = fremde Werkzeuge
skill-example = Welche fremden Werkzeuge hast du?

outside-none = Noch gibt es keine fremden Werkzeuge. So kommt eins dazu: lorgnette mcp add.
outside-tools = { $count ->
    [1] Ein fremdes Werkzeug: { $names }.
   *[other] { $count } fremde Werkzeuge, zum Beispiel { $names }.
}
outside-answer = { $server } sagt: { $text }
outside-done = { $server } hat es erledigt.
outside-offer = Soll { $server } „{ $tool }“ ausführen, mit { $arguments }?
outside-offer-bare = Soll { $server } „{ $tool }“ ausführen?
error-outside-off = { $formal ->
    [true] Dieses fremde Werkzeug ist aus; Sie schalten es in den Einstellungen ein.
   *[other] Dieses fremde Werkzeug ist aus; du schaltest es in den Einstellungen ein.
}
error-outside-changed = { $formal ->
    [true] Das Werkzeug ist nicht mehr das, was Sie erlaubt haben. Sehen Sie es sich in den Einstellungen an, bevor ich es nutze.
   *[other] Das Werkzeug ist nicht mehr das, was du erlaubt hast. Sieh es dir in den Einstellungen an, bevor ich es nutze.
}
error-outside-unreached = Das fremde Werkzeug erreiche ich gerade nicht.
error-outside-faulty = Das fremde Werkzeug hat nichts Brauchbares geantwortet.
error-outside-refused = { $server } konnte das nicht.
error-outside-login = { $formal ->
    [true] Dort müssen Sie sich erst anmelden; wie, steht in den Einstellungen.
   *[other] Dort musst du dich erst anmelden; wie, steht in den Einstellungen.
}
error-outside-unusable = So, wie dieses fremde Werkzeug beschrieben ist, kann ich es nicht nutzen.
error-arguments = { $formal ->
    [true] Das fremde Werkzeug will es anders wissen; sagen Sie es noch einmal.
   *[other] Das fremde Werkzeug will es anders wissen; sag es noch einmal.
}
