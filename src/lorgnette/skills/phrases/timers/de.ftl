skill-does = Timer
skill-example = Stell einen Timer auf fünf Minuten.
timer-set = Timer, { $duration }.
timer-cancelled = Timer abgebrochen.
