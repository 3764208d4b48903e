skill-does = das Zuhause
skill-example = Mach das Licht in der Küche an.

word-light = Licht
word-lights = die Lichter
word-heating = Heizung
home-on = { $many ->
    [yes] { $count } Geräte sind an.
   *[no] { $names } an.
}
home-off = { $many ->
    [yes] { $count } Geräte sind aus.
   *[no] { $names } aus.
}
home-opened = { $many ->
    [yes] { $count } gehen auf.
   *[no] { $names } auf.
}
home-closed = { $many ->
    [yes] { $count } gehen zu.
   *[no] { $names } zu.
}
home-dimmed = { $many ->
    [yes] { $count } Lampen auf { $level }.
   *[no] { $names } auf { $level }.
}
home-heated = { $many ->
    [yes] Alle { $count } auf { $degrees } Grad.
   *[no] { $names } auf { $degrees } Grad.
}
home-count = { $on } von { $count } sind an.
home-warm = { $wished ->
    [yes] { $name }: { $measured } Grad, eingestellt auf { $level }.
   *[no] { $name }: { $measured } Grad.
}
home-measured = { $name }: { $value } { $unit }.
home-state = { $state ->
    [on] { $name } ist an.
    [off] { $name } ist aus.
    [open] { $name } ist offen.
    [closed] { $name } ist zu.
    [locked] { $name } ist abgeschlossen.
    [unlocked] { $name } ist nicht abgeschlossen.
    [unavailable] { $name } antwortet nicht.
   *[other] { $name }: { $state }.
}
home-as-before = Wieder wie vorher.
error-home-unset = Noch ist kein smartes Zuhause eingerichtet; Home Assistant gehört in die Einstellungen des Hubs, unter home.
error-home-away = Home Assistant ist gerade nicht zu erreichen.
error-home-token = Home Assistant lehnt das Token ab; es braucht ein neues.
error-home-refused = Home Assistant wollte das nicht.
error-home-unknown = Zu Hause kenne ich nichts namens { $what }.
error-home-which = Was meinst du: { $names }?
error-home-guarded = Schlösser, Tore und Alarmanlagen überlasse ich dir.
error-home-guest = Gäste schalten im Haus nichts.
