skill-does = what I remember
skill-example = Forget the last thing I said.

memory-held = I keep { $parts }.
memory-conversations = { $count ->
    [one] one thing you said
   *[other] { $count } things you said
}
memory-notes = { $count ->
    [one] one note
   *[other] { $count } notes
}
memory-lists = { $count ->
    [one] one list item
   *[other] { $count } list items
}
memory-schedule = { $count ->
    [one] one timer or alarm
   *[other] { $count } timers and alarms
}
memory-gallery = { $count ->
    [one] one picture
   *[other] { $count } pictures
}
memory-memory = { $count ->
    [one] one thing you told me to remember
   *[other] { $count } things you told me to remember
}
memory-summaries = { $count ->
    [one] one summary of a conversation
   *[other] { $count } summaries of conversations
}
memory-nothing = I keep nothing of you.
memory-nothing-said = There's nothing to forget.
memory-sure-today = { $count ->
    [one] One thing since midnight. Forget it for good?
   *[other] { $count } things since midnight. Forget them for good?
}
memory-sure-ever = { $count ->
    [one] One thing you said. Forget it for good?
   *[other] { $count } things you said. Forget them for good?
}
memory-forgotten = Forgotten.
memory-left = All right, I forget nothing.
memory-not-here = Not at a device that several people use. Say it to one of your own.
