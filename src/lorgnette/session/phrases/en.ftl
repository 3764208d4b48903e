# What the hub itself says around the skills' answers.
did-you-say = Did you say: { $text }?
not-heard = I didn't catch that.
no-recogniser = I can't understand spoken English yet. Type to me, or add a speech model.
no-wake-word = I can't wait for a wake word yet: none is set up here. Press to talk until then.
all-right = All right.
failed = That didn't work. Please try again.
timer-title = Timer
alarm-title = Alarm
reminder-title = Reminder
timer-rings = { $label ->
    [none] Your timer is done.
   *[other] Your { $label } timer is done.
}
alarm-rings = { $label ->
    [none] It's { $time }.
   *[other] It's { $time }: { $label }.
}
reminder-rings = { $label ->
    [none] Here is your reminder.
   *[other] Remember: { $label }.
}
alarm-missed = You missed an alarm at { $time }.
timer-missed = A timer ended at { $time }.
reminder-missed = { $label ->
    [none] You missed a reminder at { $time }.
   *[other] You wanted to be reminded at { $time }: { $label }.
}
calendar-back = { $title } was changed elsewhere after you deleted it here, so it's back in your calendar.
fell-back = Part of me failed just now; I go on without it.
skill-broken = The skill { $name } can't be loaded as it is now: { $why }
ears-failed = My hearing failed for a moment. Please say it again.
model-found = I found { $model } in { $host } on this machine. If you want me to use it, say: use the local model.
wear-hello = Hello, { $name }.
wear-unknown = I don't know that name here. Whoever it is can allow it in their settings.
wear-pin = { $name } has a PIN. Please type it on the screen.
wear-wrong = That PIN is wrong.
wear-busy = Too many wrong PINs. Try again in five minutes.
wear-failed = That didn't work. Please try again.
exported = What I keep of you was copied at the hub’s machine.
pin-late = That was too late for a PIN. Please ask for it again.
notice = { $who }: { $text }
notice-bare = Something came from { $who }.
message-lost = The message to { $who } couldn't be sent.
message-unsure = I was interrupted while sending { $who } a message, and don't know whether it arrived. I won't send it again.
agent-says = { $agent } says: { $text }
agent-asks = { $agent } asks: { $text }
agent-listens = { $agent } is listening now.
agent-asking = { $agent } asks
agent-senses = { $agent } sees or hears you
agent-told = I've told { $agent }.
agent-wants-see = { $agent } would like to see through your camera. Is that all right?
agent-wants-listen = { $agent } would like to hear what you say. Is that all right?
errand-so = You wanted to know when { $what }. { $text }
errand-over = I looked for a week whether { $what }, and stop now.
errand-failed = I couldn't do this for you: { $what }.
