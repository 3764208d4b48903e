skill-does = reminders
skill-example = Remind me to buy milk when I leave work.

reminder-title = Reminder
reminder-what = What shall I remind you of?
reminder-when = When?
reminder-set = { $text ->
    [none] Reminder, { $at }.
   *[other] Reminder, { $at }: { $text }.
}
reminder-set-in = { $text ->
    [none] Reminder in { $duration }.
   *[other] In { $duration }: { $text }.
}
reminder-set-again = { $text ->
    [none] Reminder, { $time }, { $repeat }.
   *[other] Reminder, { $time }, { $repeat }: { $text }.
}
reminder-set-quiet = { $text ->
    [none] Reminder, { $at }.
   *[other] Reminder, { $at }: { $text }.
} Those are quiet hours, so I'll say it { $until }.
reminder-at-place = { $leaving ->
    [yes] { $place ->
        [home] When you leave home
        [work] When you leave work
       *[other] When you leave { $place }
    }
   *[no] { $place ->
        [home] When you get home
        [work] When you get to work
       *[other] When you get to { $place }
    }
}: { $text ->
    [none] a reminder.
   *[other] { $text }.
}
reminder-at-place-now = { $leaving ->
    [yes] { $place ->
        [home] You aren't home now; when you next leave home
        [work] You aren't at work now; when you next leave work
       *[other] You aren't there now; when you next leave { $place }
    }
   *[no] { $place ->
        [home] You're home now; when you next come home
        [work] You're at work now; when you next come to work
       *[other] You're there now; when you next come to { $place }
    }
}: { $text ->
    [none] a reminder.
   *[other] { $text }.
}
reminder-at-place-blind = { $leaving ->
    [yes] { $place ->
        [home] When you leave home
        [work] When you leave work
       *[other] When you leave { $place }
    }
   *[no] { $place ->
        [home] When you get home
        [work] When you get to work
       *[other] When you get to { $place }
    }
}: { $text ->
    [none] a reminder.
   *[other] { $text }.
} But none of your devices tells me where you are; share your location on one.
reminder-no-place = I don't know a place called { $place ->
    [home] home
    [work] work
   *[other] { $place }
}; when you are there, say: { $place ->
    [home] this is home
    [work] this is work
   *[other] remember this place as { $place }
}.
reminder-no-places = I don't know where { $place ->
    [home] home
    [work] work
   *[other] { $place }
} is yet; when you are there, say: { $place ->
    [home] this is home
    [work] this is work
   *[other] remember this place as { $place }
}.
reminder-past = That time is over; say a later one.
reminder-full = { $limit } reminders wait already; cancel one first.
reminder-part = { $text ->
    [none] { $at }
   *[other] { $at } { $text }
}
reminder-part-again = { $text ->
    [none] { $time }, { $repeat }
   *[other] { $time } { $repeat } { $text }
}
reminder-part-place = { $text ->
    [none] a reminder
   *[other] { $text }
}, { $leaving ->
    [yes] { $place ->
        [home] when you leave home
        [work] when you leave work
       *[other] when you leave { $place }
    }
   *[no] { $place ->
        [home] when you get home
        [work] when you get to work
       *[other] when you get to { $place }
    }
}
reminders-all = { $count ->
    [one] One reminder: { $reminders }.
   *[other] { $count } reminders: { $reminders }.
}
reminders-many = { $count } reminders; the next are { $reminders }.
reminder-none = No reminder is waiting.
reminder-none-then = There's no reminder then.
reminder-none-such = I find no such reminder; ask me which there are.
reminder-cancelled = Cancelled: { $reminder }.
reminder-gone = That reminder is gone again.
reminder-back = It's back: { $reminder }.

place-home = Home
place-work = Work
place-part = { $place ->
    [home] home
    [work] work
   *[other] { $place }
}
place-saved = { $place ->
    [home] This is home from now on.
    [work] This is work from now on.
   *[other] This is { $place } from now on.
}
place-all = { $count ->
    [one] I know one place: { $places }.
   *[other] I know { $count } places: { $places }.
}
place-none = I know no places yet; where you are at home, say: this is home.
place-none-such = I don't know a place called { $place }.
place-forgotten = { $place ->
    [home] I've forgotten where home is.
    [work] I've forgotten where work is.
   *[other] I've forgotten where { $place } is.
}
place-moved-back = { $place ->
    [home] Home is where it was before.
    [work] Work is where it was before.
   *[other] { $place } is where it was before.
}
place-back = { $place ->
    [home] I know where home is again.
    [work] I know where work is again.
   *[other] I know where { $place } is again.
}
place-unknown-here = None of your devices tells me where you are; share your location on one, then say it again.
place-vague-here = I know where you are only to within { $metres } metres; try again outdoors.
place-name = What shall I call this place?
place-full = You have { $limit } places already; forget one first.
reminder-named = the reminder about { $text }
