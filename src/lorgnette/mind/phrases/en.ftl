# What the hub itself says.
no-model = I know my commands, and that wasn't one; for everything else, add a language model in the settings.
not-understood = I didn't get that.
no-answer = I found no answer to that; please ask differently.
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
