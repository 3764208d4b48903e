skill-does = the smart home
skill-example = Turn on the light in the kitchen.

word-light = light
word-lights = the lights
word-heating = heating
home-on = { $many ->
    [yes] { $count } things are on.
   *[no] { $names } on.
}
home-off = { $many ->
    [yes] { $count } things are off.
   *[no] { $names } off.
}
home-opened = { $many ->
    [yes] { $count } are opening.
   *[no] { $names }, opening.
}
home-closed = { $many ->
    [yes] { $count } are closing.
   *[no] { $names }, closing.
}
home-dimmed = { $many ->
    [yes] { $count } lights at { $level }.
   *[no] { $names } at { $level }.
}
home-heated = { $many ->
    [yes] All { $count } at { $degrees } degrees.
   *[no] { $names } at { $degrees } degrees.
}
home-count = { $on } of { $count } are on.
home-warm = { $wished ->
    [yes] { $name }: { $measured } degrees, set to { $level }.
   *[no] { $name }: { $measured } degrees.
}
home-measured = { $name }: { $value } { $unit }.
home-state = { $state ->
    [on] { $name } is on.
    [off] { $name } is off.
    [open] { $name } is open.
    [closed] { $name } is closed.
    [locked] { $name } is locked.
    [unlocked] { $name } is not locked.
    [unavailable] { $name } doesn't answer.
   *[other] { $name }: { $state }.
}
home-as-before = As it was.
error-home-unset = No smart home is set up yet; Home Assistant goes into the hub's settings, under home.
error-home-away = Home Assistant can't be reached right now.
error-home-token = Home Assistant refuses the token; it needs a new one.
error-home-refused = Home Assistant wouldn't do that.
error-home-unknown = I know nothing called { $what } at home.
error-home-which = Which one do you mean: { $names }?
error-home-guarded = Locks, gates and alarms I leave to you.
error-home-guest = Guests have no hand in the smart home.
