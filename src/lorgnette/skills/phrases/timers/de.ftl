skill-does = Timer
skill-example = Stell einen Timer auf fünf Minuten.

timer-how-long = Wie lange?
timer-set = { $named ->
    [yes] Timer { $label }, { $duration }.
   *[no] Timer, { $duration }.
}
timer-left = { $named ->
    [yes] Noch { $left } für { $label }.
   *[no] Noch { $left }.
}
timer-left-paused = { $named ->
    [yes] Der Timer { $label } ist angehalten, noch { $left }.
   *[no] Er ist angehalten, noch { $left }.
}
timer-paused = { $named ->
    [yes] Der Timer { $label } ist angehalten, noch { $left }.
   *[no] Angehalten, noch { $left }.
}
timer-resumed = { $named ->
    [yes] Der Timer { $label } läuft weiter, noch { $left }.
   *[no] Läuft weiter, noch { $left }.
}
timer-longer = { $change } mehr, noch { $left }.
timer-shorter = { $change } weniger, noch { $left }.
timer-cancelled = { $named ->
    [yes] Der Timer { $label } ist gelöscht.
   *[no] Timer gelöscht.
}
timer-stopped = Timer gestoppt.
timers-cancelled = { $count ->
    [one] Timer gelöscht.
    [2] Beide Timer gelöscht.
   *[other] Alle { $count } Timer gelöscht.
}
timer-restored = { $named ->
    [yes] Der Timer { $label } ist wieder da, noch { $left }.
   *[no] Der Timer ist wieder da, noch { $left }.
}
timers-restored = { $count } Timer sind wieder da.
timer-part = { $named ->
    [yes] { $label } in { $left }
   *[no] einer in { $left }
}
timers-several = { $count } Timer: { $parts }.
timers-many = { $count } Timer, die nächsten drei: { $parts }.
timer-none = Es läuft kein Timer.
timer-none-running = Es läuft kein Timer.
timer-none-paused = Kein Timer ist angehalten.
timer-none-named = { $formal ->
    [true] Einen Timer für { $label } gibt es nicht; fragen Sie mich, welche Timer laufen.
   *[false] Einen Timer für { $label } gibt es nicht; frag mich, welche Timer laufen.
}
