skill-does = the calendar
skill-example = What's on my calendar tomorrow?

agenda-none = { $span ->
    [week] Nothing is on for the rest of the week.
    [next_week] Nothing is on next week.
    [weekend] Nothing is on at the weekend.
   *[other] Nothing is on { $day }.
}{ $late ->
    [none] {""}
   *[other] {" "}But I can't reach { $late }, so that may be old.
}
agenda-all = { $count ->
    [one] One thing
   *[other] { $count } things
} { $span ->
    [week] this week
    [next_week] next week
    [weekend] at the weekend
   *[other] { $day }
}: { $events }.{ $late ->
    [none] {""}
   *[other] {" "}But I can't reach { $late }, so that may be old.
}
agenda-many = { $count } things { $span ->
    [week] this week
    [next_week] next week
    [weekend] at the weekend
   *[other] { $day }
}; the first are { $events }.{ $late ->
    [none] {""}
   *[other] {" "}But I can't reach { $late }, so that may be old.
}
event-part = { $time } { $title ->
    [none] something
   *[other] { $title }
}
event-part-dated = { $at } { $title ->
    [none] something
   *[other] { $title }
}
event-part-day = { $day } { $title ->
    [none] something
   *[other] { $title }
}
event-part-whole = all day { $title ->
    [none] something
   *[other] { $title }
}
event-next = Next: { $event }.
event-none-ahead = Nothing is on in the next two months.
event-what = What shall I put into the calendar?
event-when = On which day?
event-added = { $title }, { $at }{ $place ->
    [none] {""}
   *[other] , { $place }
}: it's in the calendar.
event-added-day = { $title }, { $day }{ $place ->
    [none] {""}
   *[other] , { $place }
}: it's in the calendar, all day.
event-added-clash = { $title }, { $at }{ $place ->
    [none] {""}
   *[other] , { $place }
}: it's in the calendar. But { $clash } is on then, too.
event-delete-what = What shall I take out of the calendar?
event-which = Which one: { $events }?
event-deleted = Taken out: { $event }.
event-none-such = I find no such thing in the calendar.
event-gone = { $title } is out of the calendar again.
event-back = { $title } is back in the calendar.
free-day = Nothing is on { $day }.{ $late ->
    [none] {""}
   *[other] {" "}But I can't reach { $late }, so that may be old.
}
free-at = You are free { $at }.{ $late ->
    [none] {""}
   *[other] {" "}But I can't reach { $late }, so that may be old.
}
busy-day = There's { $events } { $day }.{ $late ->
    [none] {""}
   *[other] {" "}But I can't reach { $late }, so that may be old.
}
busy-at = There's { $event } then.{ $late ->
    [none] {""}
   *[other] {" "}But I can't reach { $late }, so that may be old.
}
calendar-span = I can look over a year at most.
calendar-too-much = That's too much to look through at once; ask for a shorter time.
calendar-read-only = I may only read { $calendar }; change it where it comes from.
calendar-invited = Others are invited to { $title }, and they would hear of it; please do that in your calendar program.
event-named = the { $title } appointment
