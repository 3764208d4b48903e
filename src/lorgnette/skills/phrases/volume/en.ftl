skill-does = the volume
skill-example = Turn it up a bit.

volume-set = { $level }.
volume-most = That's as loud as it goes.
volume-muted = Muted.
volume-now = The volume is at { $level }.
