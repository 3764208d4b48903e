# What the hub itself says.
no-model = I know my commands, and that wasn't one; for everything else, add a language model in the settings.
not-understood = I didn't get that.
no-answer = I found no answer to that; please ask differently.
did-you-mean = Did you mean: { $what }?
say-again = I didn't get that.
all-right = All right.
undone = Undone.
nothing-to-undo = There's nothing to undo.

error-unexpected = Something went wrong here. Please try again.
error-config = A setting is wrong; please look into the hub's settings.
error-device = The glasses sent something I can't read; please restart them.
error-media = I can't read that sound or picture; please try another one.
error-engine = A part of me isn't answering; please try again in a moment.
error-busy = I'm busy right now; please try again in a moment.
error-denied = You'd have to allow that first, in the settings.
error-not-found = I can't find that; say it again by its name.
error-store = I can't save right now; please check the hub's disk.
error-skill = That can't be done right now.
error-arguments = I didn't get all of that; please say it once more.
error-not-installed = This hub doesn't have that yet; it can be added in the settings.

error-service = That service isn't answering; please try again in a moment.
error-service-busy = That service wants no more questions for now; please try again later.
error-service-refused = That service refuses what I ask; please check its settings on the hub.
error-address-forbidden = I only open pages on the internet, and that isn't one.

error-schedule-full = You already have { $limit } timers and alarms; end one first.
error-schedule-past = That time has already passed.
error-schedule-duration = I can do anything from a second to a year.
error-schedule-rule = I can't repeat an alarm that way.
error-schedule-not-a-timer = Only a timer can do that.
error-note-empty = There was nothing to note; please say it again.
error-note-long = That's too long for a note.
error-list-name = Which list do you mean?
error-list-full = That list is full at { $limit } items; clear some first.

error-camera-absent = None of your devices that are on has a camera.
error-camera-denied = The camera isn't allowed; allow it on the device, then ask again.
error-camera-failed = The camera didn't answer; please try again.
error-camera-busy = A picture is being taken already.
error-camera-filming = A film is running; end it first.
error-camera-no-film = No film is running.
error-camera-large = That picture is too large to keep.
error-gallery-disk = The hub's disk is nearly full; make room there first.
error-gallery-unreadable = I can't read that picture, so I didn't keep it.

consent-suggested = { $source } is behind this. I would do: “{ $what }”. Shall I?
consent-behind = { $source } is behind this.
consent-no = All right, I won't.
consent-given-up = Then I'll leave it.
consent-by-hand = That needs a long press, or your PIN.
consent-pin-wrong = That PIN is wrong. Please try again.
consent-pin-busy = There were too many wrong PINs. A long press still works.
consent-only-once = I did it this once; I can't make a rule of that.
consent-always = From now on I won't ask before that, for { $who }.
source-picture = Text in the picture
source-page = { $name ->
    [none] A web page
   *[other] The web page { $name }
}
source-message = { $name ->
    [none] A message
   *[other] A message ({ $name })
}
source-notification = { $name ->
    [none] A notification
   *[other] A notification ({ $name })
}
source-meeting = Something said in a meeting
source-call = Something said in a call
source-calendar = { $name ->
    [none] A calendar entry
   *[other] The calendar entry { $name }
}
source-contact = { $name ->
    [none] A contact
   *[other] The contact { $name }
}
source-memory = Something I remember from others
source-tool = { $name ->
    [none] A service
   *[other] What { $name } answered
}
source-others = more of that kind
error-consent-guest = Guests and shared devices send and buy nothing here.
error-consent-hand = That needs a device that can be touched, or a PIN; you can set one in the settings.
error-consent-alone = I don't do that without asking you first.

error-model-limit = The money for the language model is used up for this month; my commands work on, and the owner can raise the limit.
error-model-window = That's too much for the language model at once; please ask for less.
