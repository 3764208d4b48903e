skill-does = timers
skill-example = Set a timer for five minutes.
timer-set = Timer, { $duration }.
timer-cancelled = Timer cancelled.
