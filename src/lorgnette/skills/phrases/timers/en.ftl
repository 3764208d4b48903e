skill-does = timers
skill-example = Set a timer for five minutes.

timer-how-long = For how long?
timer-set = { $named ->
    [yes] { $label } timer, { $duration }.
   *[no] Timer, { $duration }.
}
timer-left = { $named ->
    [yes] { $left } left for { $label }.
   *[no] { $left } left.
}
timer-left-paused = { $named ->
    [yes] The { $label } timer is paused, with { $left } left.
   *[no] It is paused, with { $left } left.
}
timer-paused = { $named ->
    [yes] The { $label } timer is paused at { $left }.
   *[no] Paused at { $left }.
}
timer-resumed = { $named ->
    [yes] The { $label } timer goes on, { $left } left.
   *[no] It goes on, { $left } left.
}
timer-longer = { $change } more: { $left } left.
timer-shorter = { $change } less: { $left } left.
timer-cancelled = { $named ->
    [yes] The { $label } timer is cancelled.
   *[no] Timer cancelled.
}
timer-stopped = Timer stopped.
timers-cancelled = { $count ->
    [one] Timer cancelled.
    [2] Both timers cancelled.
   *[other] All { $count } timers cancelled.
}
timer-restored = { $named ->
    [yes] The { $label } timer is back, { $left } left.
   *[no] The timer is back, { $left } left.
}
timers-restored = { $count } timers are back.
timer-part = { $named ->
    [yes] { $label } in { $left }
   *[no] one in { $left }
}
timers-several = { $count } timers: { $parts }.
timers-many = { $count } timers; the next three: { $parts }.
timer-none = No timer is running.
timer-none-running = No timer is running.
timer-none-paused = No timer is paused.
timer-none-named = There's no timer for { $label }; ask me which timers there are.
